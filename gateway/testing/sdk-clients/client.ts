/** Official SDKs behind one face, so that a test says what it wants once and runs it with each of them. */
import type { DialectId } from '../../../contract/config/provider.ts';
import type { JsonObject } from '../../core/json.ts';

export interface Place {
  /** `http://host:port`; each SDK adds its own path. */
  readonly root: string;
  readonly key: string;
}

export interface ToolSpec {
  readonly name: string;
  readonly description: string;
  readonly schema: JsonObject;
  /** Takes free text; only OpenAI's SDKs can say so. */
  readonly custom?: boolean;
}

export interface Wishes {
  readonly model: string;
  readonly streamed: boolean;
  readonly system?: string;
  readonly tools?: readonly ToolSpec[];
  readonly choice?: 'auto' | 'required' | 'none' | { readonly name: string };
  /** One call at a time. */
  readonly oneByOne?: boolean;
  readonly schema?: JsonObject;
  readonly thinking?: boolean;
  readonly maxTokens?: number;
}

export interface UserTurn {
  readonly text: string;
  readonly image?: { readonly mediaType: string; readonly base64: string };
}

export interface ToolResult {
  readonly id: string;
  readonly name: string;
  readonly text: string;
  readonly custom?: boolean;
}

export interface ReceivedCall {
  readonly id: string;
  readonly name: string;
  /** The text itself of a custom tool. */
  readonly input: unknown;
  readonly custom?: boolean;
}

/** What the SDK's user sees of one answer. Figures an SDK does not tell are null. */
export interface Reply {
  readonly text: string;
  readonly thinking: string;
  readonly refusal: string;
  readonly calls: readonly ReceivedCall[];
  /** `stop`, `length`, `calls`, `filtered`, `refused`, or the SDK's own word. */
  readonly finish: string;
  readonly usage: {
    readonly input: number | null;
    readonly cached: number | null;
    readonly output: number | null;
    readonly reasoning: number | null;
  };
  /** Pieces in which text and arguments came; 0 where they came at once. */
  readonly textPieces: number;
  readonly inputPieces: number;
}

/** Keeps its history in the SDK's own objects, unchanged, as programs do. */
export interface Conversation {
  readonly say: (turn: UserTurn) => Promise<Reply>;
  readonly answer: (results: readonly ToolResult[]) => Promise<Reply>;
}

/** What a program learns of a failure. */
export interface Failure {
  /** Name of the error's class. */
  readonly name: string;
  readonly status: number | null;
  readonly message: string;
  /** What the answer said about waiting, where the SDK tells. */
  readonly retryAfter: string | null;
}

export interface SdkClient {
  readonly id: string;
  readonly dialect: DialectId;
  /** How it names a model in a path or a body. */
  readonly begin: (place: Place, wishes: Wishes) => Conversation;
  readonly explain: (error: unknown) => Failure;
}

/** A stream that stopped without its end, which the SDK let pass: the program believes it has everything. */
export class CleanEnd extends Error {
  constructor() {
    super('the stream ended without a finish and the SDK said nothing');
    this.name = 'CleanEnd';
  }
}

/** SDKs do not say what their errors hold as headers. */
export const headerOf = (headers: unknown, name: string): string | null =>
  headers instanceof Headers ? headers.get(name) : null;

interface Answered {
  readonly status: number | undefined;
  readonly retryAfter: string | null | undefined;
}

/** @param answered what an error of this SDK says of the HTTP answer behind it; null where there was none */
export function explainWith(answered: (error: Error) => Answered | null): SdkClient['explain'] {
  return (error) => {
    if (!(error instanceof Error)) {
      return { name: typeof error, status: null, message: String(error), retryAfter: null };
    }
    const { status, retryAfter } = answered(error) ?? {};
    return {
      name: error.constructor.name,
      status: status ?? null,
      message: error.message,
      retryAfter: retryAfter ?? null,
    };
  };
}

export interface Sent<Native> {
  readonly reply: Reply;
  /** What goes into the history. */
  readonly back: readonly Native[];
}

export function converse<Native>(
  send: (history: readonly Native[]) => Promise<Sent<Native>>,
  user: (turn: UserTurn) => Native,
  results: (results: readonly ToolResult[]) => readonly Native[],
): Conversation {
  const history: Native[] = [];
  const next = async (added: readonly Native[]): Promise<Reply> => {
    history.push(...added);
    const { reply, back } = await send([...history]);
    history.push(...back);
    return reply;
  };
  return { say: (turn) => next([user(turn)]), answer: (given) => next(results(given)) };
}
