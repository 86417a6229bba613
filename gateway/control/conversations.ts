/** Procedures on the playground's conversations. What is kept holds no registered secret, whoever wrote it. */
import { RpcError } from '../../contract/rpc/errors.ts';
import type { Handlers } from '../../contract/rpc/procedures.ts';
import type {
  Conversation,
  ConversationColumn,
  ConversationTurn,
  TurnFigures,
} from '../../contract/rpc/procedures/conversations.ts';
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

/** Every text but the conversation's own id and the ids that join its turns is one that somebody wrote. */
function withoutSecrets(conversation: Conversation, clean: (text: string) => string): Conversation {
  // What stands for a secret may be longer than it, and what is longer than allowed is not read again.
  const at = (most: number, text: string): string => clean(text).slice(0, most);
  const { format } = conversation;
  return {
    ...conversation,
    title: at(200, conversation.title),
    system: at(1_000_000, conversation.system),
    columns: conversation.columns.map((column) => cleanColumn(column, at)),
    toolChoice: choiceOf(conversation.toolChoice, clean),
    tools: conversation.tools.map((tool) => ({
      ...tool,
      name: nameOf(tool.name, clean),
      description: at(10_000, tool.description),
      schema: at(200_000, tool.schema),
      canned: tool.canned === null ? null : at(1_000_000, tool.canned),
    })),
    format:
      format.kind === 'schema'
        ? { ...format, name: nameOf(format.name, clean), schema: at(200_000, format.schema) }
        : format,
    turns: conversation.turns.map((turn) => cleanTurn(turn, at, clean)),
  };
}

/** A name has so few kinds of characters that what stands for a secret is no name. */
const nameOf = (name: string, clean: (text: string) => string): string =>
  clean(name)
    .replaceAll(/[^\w-]/g, '')
    .slice(0, 64) || 'name';

const choiceOf = (choice: string, clean: (text: string) => string): string =>
  choice.startsWith('tool:') ? `tool:${nameOf(choice.slice(5), clean)}` : choice;

type Cut = (most: number, text: string) => string;

function cleanColumn(column: ConversationColumn, at: Cut): ConversationColumn {
  const { parameters, chosen } = column;
  return {
    ...column,
    id: at(64, column.id),
    model: at(200, column.model),
    parameters:
      parameters.stop === undefined
        ? parameters
        : { ...parameters, stop: parameters.stop.map((word) => at(200, word)) },
    leaf: column.leaf === null ? null : at(64, column.leaf),
    chosen: Object.fromEntries(
      Object.entries(chosen).map(([parent, child]) => [at(64, parent), at(64, child)]),
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
    warnings: figures.warnings.map((warning) => clean(warning)),
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
