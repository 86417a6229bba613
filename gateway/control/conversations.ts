/** Procedures on the playground's conversations. What is kept holds no registered secret, whoever wrote it. */
import { RpcError } from '../../contract/rpc/errors.ts';
import type { Handlers } from '../../contract/rpc/procedures.ts';
import type { Conversation } from '../../contract/rpc/procedures/conversations.ts';
import { ConversationError } from '../state/conversations.ts';
import type { ControlPorts } from './ports.ts';

type Names = 'conversations.list' | 'conversations.get' | 'conversations.put' | 'conversations.remove';

export function conversationHandlers({ playground }: ControlPorts): Pick<Handlers, Names> {
  const { conversations, values } = playground;
  return {
    'conversations.list': () => told(conversations.list()),
    async 'conversations.get'({ id }) {
      const found = await told(conversations.get(id));
      if (found === undefined) throw new RpcError('not_found', `There is no conversation ${id}.`);
      return found;
    },
    'conversations.put': (conversation) => told(conversations.put(withoutSecrets(conversation, values))),
    async 'conversations.remove'({ id }) {
      await told(conversations.remove(id));
      return null;
    },
  };
}

function withoutSecrets(conversation: Conversation, clean: (text: string) => string): Conversation {
  return {
    ...conversation,
    title: clean(conversation.title).slice(0, 200),
    system: clean(conversation.system),
    turns: conversation.turns.map((turn) => ({
      ...turn,
      text: clean(turn.text),
      reasoning: clean(turn.reasoning),
      refusal: clean(turn.refusal),
    })),
  };
}

async function told<Answer>(answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof ConversationError)) throw error;
    throw new RpcError(error.problem === 'too-large' ? 'invalid_input' : 'unavailable', error.message);
  }
}
