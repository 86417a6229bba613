import { expect, it } from 'vitest';
import { createAnswers } from './answers.ts';
import { newConversation } from './conversation.ts';

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
