/** Procedures on the playground's conversations. What is kept holds no registered secret, whoever wrote it. */
import { RpcError } from '../../contract/rpc/errors.ts';
import type { Handlers } from '../../contract/rpc/procedures.ts';
import type { Conversation, TurnFigures } from '../../contract/rpc/procedures/conversations.ts';
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

/** Every text but the conversation's own id is one that somebody wrote. */
function withoutSecrets(conversation: Conversation, clean: (text: string) => string): Conversation {
  const { parameters, turns } = conversation;
  // What stands for a secret may be longer than it, and what is longer than allowed is not read again.
  const at = (most: number, text: string): string => clean(text).slice(0, most);
  return {
    ...conversation,
    title: at(200, conversation.title),
    model: at(200, conversation.model),
    system: at(1_000_000, conversation.system),
    parameters:
      parameters.stop === undefined
        ? parameters
        : { ...parameters, stop: parameters.stop.map((word) => at(200, word)) },
    turns: turns.map((turn) => ({
      ...turn,
      id: at(64, turn.id),
      text: at(4_000_000, turn.text),
      reasoning: at(4_000_000, turn.reasoning),
      refusal: at(4_000_000, turn.refusal),
      figures: turn.figures === null ? null : cleanFigures(turn.figures, clean),
    })),
  };
}

function cleanFigures(figures: TurnFigures, clean: (text: string) => string): TurnFigures {
  const maybe = (text: string | null): string | null => (text === null ? null : clean(text));
  const { error } = figures;
  return {
    ...figures,
    requestId: maybe(figures.requestId),
    provider: maybe(figures.provider),
    model: maybe(figures.model),
    keyFingerprint: maybe(figures.keyFingerprint),
    finishReason: maybe(figures.finishReason),
    error: error === null ? null : { code: clean(error.code), message: clean(error.message) },
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
