import { flushPromises } from '@vue/test-utils';
import { expect, it } from 'vitest';
import { h, ref } from 'vue';
import { createFakeRpc } from '../../../testing/fake-rpc.ts';
import { mountPage } from '../../../testing/with-app.ts';
import ToolCallCard from './ToolCallCard.vue';

it('gives no result by keyboard while an answer is under way, and keeps what was written', async () => {
  const busy = ref(true);
  const given: string[] = [];
  const component = {
    render: () =>
      h(ToolCallCard, {
        name: 'sum',
        place: 1,
        input: '{}',
        result: null,
        canned: null,
        open: true,
        busy: busy.value,
        onGive: ({ text }: { readonly text: string }) => given.push(text),
      }),
  };
  const { page } = await mountPage({ rpc: createFakeRpc({}), route: { path: '/', component }, at: '/' });
  const field = page.get('textarea');
  await field.setValue('seven');
  await field.trigger('keydown', { key: 'Enter', metaKey: true });
  expect(given).toEqual([]);
  busy.value = false;
  await flushPromises();
  await field.trigger('keydown', { key: 'Enter', metaKey: true });
  expect(given).toEqual(['seven']);
});
