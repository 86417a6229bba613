import { expect, it } from 'vitest';
import { h } from 'vue';
import { createFakeRpc } from '../../testing/fake-rpc.ts';
import { mountPage } from '../../testing/with-app.ts';
import CodeBlock from './CodeBlock.vue';

it.each([
  ['json', 'Code: json'],
  ['', 'Code'],
])('code in “%s” is named by what it is, not by its button', async (language, name) => {
  const component = { render: () => h(CodeBlock, { code: '{}', language }) };
  const { page } = await mountPage({ rpc: createFakeRpc({}), at: '/', route: { path: '/', component } });
  expect(page.get('figure').attributes('aria-label')).toBe(name);
  page.unmount();
});
