import { flushPromises } from '@vue/test-utils';
import { expect, it } from 'vitest';
import { RpcError } from '../../../contract/rpc/errors.ts';
import type { ConversationTurn } from '../../../contract/rpc/procedures/conversations.ts';
import { createAnswers } from './answers.ts';
import { newConversation } from './conversation.ts';

it('an answer that the gateway refused keeps the reason as data, for a page in another language', async () => {
  const told = { code: 'file-forgotten' as const, values: {}, text: 'This file is not kept any more.' };
  const ended: ConversationTurn[] = [];
  const answers = createAnswers({
    chat: () => Promise.reject(new RpcError('not_found', told.text, undefined, told)),
    failureText: () => 'In the language of the page',
    settle: () => undefined,
    save: () => Promise.resolve(),
  });
  const conversation = newConversation('c-12345678', ['m'], 1);
  const { follow } = answers.begin({ conversation, column: conversation.columns[0]?.id ?? '' }, 'q');
  void follow({ model: 'm', messages: [], parameters: {} }, (turn) => ended.push(turn));
  await flushPromises();
  const error = { code: 'not_found', message: 'This file is not kept any more.', told };
  expect(ended[0]?.figures?.error).toEqual(error);
});

it.each([{ kind: 'text' }, { kind: 'json' }] as const)(
  'an answer says that it was asked to have the form %j',
  (format) => {
    const answers = createAnswers({
      chat: () => Promise.reject(new Error('Nothing is sent.')),
      failureText: String,
      settle: () => undefined,
      save: () => Promise.resolve(),
    });
    const conversation = { ...newConversation('c-12345678', ['m'], 1), format };
    const column = conversation.columns[0]?.id ?? '';
    expect(answers.begin({ conversation, column }, 'q').turn.format).toBe(format.kind);
  },
);
