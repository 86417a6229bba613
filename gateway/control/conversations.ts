/** Procedures on the playground's conversations. What is kept holds no registered secret, whoever wrote it. */
import { refusal, type RpcErrorCode } from '../../contract/rpc/errors.ts';
import type { Handlers } from '../../contract/rpc/procedures.ts';
import type {
  ConversationColumn,
  ConversationToPut,
  ConversationTurn,
  TurnFigures,
} from '../../contract/rpc/procedures/conversations.ts';
import { ConversationError } from '../state/conversations.ts';
import { cleanAsk, cleanParameters, cutting, type Cut } from './chat-secrets.ts';
import type { ControlPorts } from './ports.ts';
import { redactTold } from '../core/redact-told.ts';
import { refused } from '../core/refusals.ts';

type Names = 'conversations.list' | 'conversations.get' | 'conversations.put' | 'conversations.remove';

export function conversationHandlers({ playground }: ControlPorts): Pick<Handlers, Names> {
  const { conversations, values } = playground;
  return {
    'conversations.list': () => told(conversations.list()),
    async 'conversations.get'({ id }) {
      const found = await told(conversations.get(id));
      if (found === undefined) throw refused('no-conversation', { id });
      return found;
    },
    'conversations.put': (conversation) => told(conversations.put(withoutSecrets(conversation, values))),
    async 'conversations.remove'({ id }) {
      await told(conversations.remove(id));
      return null;
    },
  };
}

/** Every text but the conversation's own id and the ids that join its turns is one that somebody wrote. */
function withoutSecrets(conversation: ConversationToPut, clean: (text: string) => string): ConversationToPut {
  const at = cutting(clean);
  return {
    ...cleanAsk(conversation, clean),
    title: at(200, conversation.title),
    system: at(1_000_000, conversation.system),
    columns: conversation.columns.map((column) => cleanColumn(column, at, clean)),
    turns: conversation.turns.map((turn) => cleanTurn(turn, at, clean)),
  };
}

function cleanColumn(
  column: ConversationColumn,
  at: Cut,
  clean: (text: string) => string,
): ConversationColumn {
  return {
    ...column,
    id: at(64, column.id),
    model: at(200, column.model),
    parameters: cleanParameters(column.parameters, clean),
    leaf: column.leaf === null ? null : at(64, column.leaf),
    chosen: Object.fromEntries(
      Object.entries(column.chosen).map(([parent, child]) => [at(64, parent), at(64, child)]),
    ),
  };
}

function cleanTurn(turn: ConversationTurn, at: Cut, clean: (text: string) => string): ConversationTurn {
  return {
    ...turn,
    id: at(64, turn.id),
    parent: turn.parent === null ? null : at(64, turn.parent),
    column: at(64, turn.column),
    text: at(4_000_000, turn.text),
    reasoning: at(4_000_000, turn.reasoning),
    refusal: at(4_000_000, turn.refusal),
    files: turn.files.map((file) => ({ ...file, name: at(200, file.name), mime: at(100, file.mime) })),
    calls: turn.calls.map((call) => ({
      id: at(200, call.id),
      name: at(200, call.name),
      arguments: at(4_000_000, call.arguments),
    })),
    results: turn.results.map((result) => ({
      ...result,
      callId: at(200, result.callId),
      text: at(1_000_000, result.text),
    })),
    model: at(200, turn.model),
    figures: turn.figures === null ? null : cleanFigures(turn.figures, clean),
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
    warnings: figures.warnings.map((warning) => redactTold(warning, clean)),
    finishReason: maybe(figures.finishReason),
    error:
      error === null
        ? null
        : {
            code: clean(error.code),
            message: clean(error.message),
            ...(error.told !== undefined && { told: redactTold(error.told, clean) }),
          },
  };
}

async function told<Answer>(answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof ConversationError)) throw error;
    throw refusal(codes[error.problem] ?? 'unavailable', error.told);
  }
}

const codes: Readonly<Partial<Record<ConversationError['problem'], RpcErrorCode>>> = {
  'too-large': 'invalid_input',
  changed: 'conflict',
};
