import { expect, it } from 'vitest';
import { h } from 'vue';
import { createFakeRpc } from '../../testing/fake-rpc.ts';
import { mountPage } from '../../testing/with-app.ts';
import CopyButton from './CopyButton.vue';

it.each([
  ['/etc/tool.json', 'Path', 'Copy path'],
  // A name is no word: it stays as it is written.
  ['Fast', 'Fast', 'Copy Fast'],
])('of %s is named in sentence case', async (text, what, label) => {
  const component = { render: () => h(CopyButton, { text, what }) };
  const { page } = await mountPage({ rpc: createFakeRpc({}), at: '/', route: { path: '/', component } });
  expect(page.get('button').attributes('aria-label')).toBe(label);
  page.unmount();
});
