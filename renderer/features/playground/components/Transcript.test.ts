import { flushPromises } from '@vue/test-utils';
import { expect, it } from 'vitest';
import { h, shallowRef } from 'vue';
import type { Conversation } from '../../../../contract/rpc/procedures/conversations.ts';
import { createFakeRpc } from '../../../testing/fake-rpc.ts';
import { mountPage } from '../../../testing/with-app.ts';
import { makeTurn, newConversation } from '../conversation.ts';
import { addTurn, pathOf } from '../tree.ts';
import Transcript from './Transcript.vue';

async function show(first: Conversation) {
  const shown = shallowRef(first);
  const component = {
    render() {
      const conversation = shown.value;
      return conversation.columns.map((column) =>
        h(Transcript, { conversation, column, path: pathOf(conversation, column.id), running: null }),
      );
    },
  };
  const { page } = await mountPage({ rpc: createFakeRpc({}), route: { path: '/', component }, at: '/' });
  await flushPromises();
  return { page, shown };
}

it('keeps the results given so far while anything else of the conversation changes', async () => {
  const empty = newConversation('c-12345678', ['m'], 1);
  const column = empty.columns[0]?.id ?? '';
  const calls = ['a', 'b'].map((id) => ({ id, name: 'sum', arguments: '{}' }));
  const { page, shown } = await show(
    addTurn(empty, makeTurn('assistant', null, 1, { column, calls }), [column]),
  );
  const cards = page.findAll('section[aria-label^="Call "]');
  await cards[0]?.get('textarea').setValue('seven');
  await cards[0]?.get('form').trigger('submit');
  expect(cards.map((card) => card.find('textarea').exists())).toEqual([false, true]);
  shown.value = { ...shown.value, title: 'Another' };
  await flushPromises();
  expect(cards.map((card) => card.find('textarea').exists())).toEqual([false, true]);
  expect(cards[0]?.text()).toContain('seven');
});
