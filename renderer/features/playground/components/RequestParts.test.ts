import { expect, it } from 'vitest';
import { h } from 'vue';
import { createFakeRpc } from '../../../testing/fake-rpc.ts';
import { mountPage } from '../../../testing/with-app.ts';
import { newConversation } from '../conversation.ts';
import RequestParts from './RequestParts.vue';

it.each([
  ['tool:sum', 'tool:sum'],
  // Renamed, or gone.
  ['tool:total', 'auto'],
])('shows the choice of tools that is sent (%s)', async (toolChoice, shown) => {
  const tools = [{ name: 'sum', description: '', schema: '', canned: null }];
  const conversation = { ...newConversation('c-12345678', ['m'], 1), tools, toolChoice };
  const component = { render: () => h(RequestParts, { conversation, capabilities: null }) };
  const { page } = await mountPage({ rpc: createFakeRpc({}), route: { path: '/', component }, at: '/' });
  expect(page.get<HTMLSelectElement>('select').element.value).toBe(shown);
});

it.each([
  [{ capabilities: [] }, true],
  [{ capabilities: [], unknown: ['structured-output' as const] }, false],
  [{ capabilities: null }, false],
])('warns of a schema only where the model is known not to keep to one (%j)', async (known, warned) => {
  const format = { kind: 'schema', name: 'sum', schema: '{}', strict: true } as const;
  const conversation = { ...newConversation('c-12345678', ['m'], 1), format };
  const component = { render: () => h(RequestParts, { conversation, ...known }) };
  const { page } = await mountPage({ rpc: createFakeRpc({}), route: { path: '/', component }, at: '/' });
  expect(page.text().includes('not known to hold to a schema')).toBe(warned);
});
