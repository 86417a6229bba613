import { flushPromises } from '@vue/test-utils';
import { expect, it } from 'vitest';
import { h, ref } from 'vue';
import { createFakeRpc } from '../../../testing/fake-rpc.ts';
import { mountPage } from '../../../testing/with-app.ts';
import TurnEditor from './TurnEditor.vue';

it('sends nothing by keyboard while an answer is under way, and keeps what was written', async () => {
  const busy = ref(true);
  const sent: string[] = [];
  const component = {
    render: () =>
      h(TurnEditor, { text: 'Hi', files: [], busy: busy.value, onSend: (text: string) => sent.push(text) }),
  };
  const { page } = await mountPage({ rpc: createFakeRpc({}), route: { path: '/', component }, at: '/' });
  const field = page.get('textarea');
  await field.setValue('Hello');
  await field.trigger('keydown', { key: 'Enter', ctrlKey: true });
  expect(sent).toEqual([]);
  busy.value = false;
  await flushPromises();
  await field.trigger('keydown', { key: 'Enter', ctrlKey: true });
  expect(sent).toEqual(['Hello']);
});
