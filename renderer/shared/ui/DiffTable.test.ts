import { expect, it } from 'vitest';
import { h } from 'vue';
import { createFakeRpc } from '../../testing/fake-rpc.ts';
import { mountPage } from '../../testing/with-app.ts';
import DiffTable from './DiffTable.vue';

it('draws a long change part by part', async () => {
  const after = Array.from({ length: 1_200 }, (_, line) => `line ${line}`).join('\n');
  const change = { path: '/home/me/notes.txt', target: null, before: '', after };
  const { page: table } = await mountPage({
    rpc: createFakeRpc({}),
    route: { path: '/', component: () => h(DiffTable, { change }) },
    at: '/',
  });
  expect(table.findAll('code')).toHaveLength(500);
  const more = table.findAll('button').at(-1);
  expect(more?.text()).toBe('700 more lines');
  await more?.trigger('click');
  expect(table.findAll('code')).toHaveLength(1_000);
  await table.findAll('button').at(-1)?.trigger('click');
  expect(table.findAll('code')).toHaveLength(1_200);
  expect(table.findAll('button')).toHaveLength(0);
});
