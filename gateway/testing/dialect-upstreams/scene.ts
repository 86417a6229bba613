/**
 * What the four stand-ins for real APIs have in common: what they understood of a request and what they are to
 * answer, in words of neither the wire formats nor the gateway's own canonical form.
 */
import type { JsonObject } from '../../core/json.ts';

export interface SeenCall {
  readonly id: string | null;
  readonly name: string;
  /** Parsed arguments; the plain text of a custom tool. */
  readonly input: unknown;
  readonly custom: boolean;
}

export interface SeenResult {
  /** Null where the API tells by name and order. */
  readonly id: string | null;
  readonly name: string | null;
  readonly text: string;
  readonly images: readonly string[];
  readonly failed: boolean;
}

export interface SeenTool {
  readonly name: string;
  readonly description: string;
  readonly schema: JsonObject | null;
  readonly custom: boolean;
}

/** One request, understood. */
export interface Seen {
  /** The word behind `SCENARIO` in the last user text, without what follows a colon. */
  readonly scenario: string;
  /** What follows the colon: which of several like requests this is. */
  readonly argument: string;
  readonly model: string;
  readonly streamed: boolean;
  /** All instructions, in order, joined with line feeds. */
  readonly system: string;
  /** Texts of the user since the model last spoke. */
  readonly text: string;
  /** `image/png 95 bytes` or the address, of the user since the model last spoke. */
  readonly media: readonly string[];
  readonly tools: readonly SeenTool[];
  /** `auto`, `required`, `none`, `only get_weather`; null when nothing was said. */
  readonly choice: string | null;
  readonly parallel: boolean | null;
  /** Schema of the answer; null when free text is wanted. */
  readonly schema: JsonObject | null;
  readonly maxTokens: number | null;
  /** The model may think: it was asked to, or does so by itself. */
  readonly thinking: boolean;
  /** How hard it is to think, in the API's own word; null when nothing was said. */
  readonly effort: string | null;
  /** Thoughts are to be seen, not only signed. */
  readonly shown: boolean;
  /** Calls and results since the last user text. */
  readonly calls: readonly SeenCall[];
  readonly results: readonly SeenResult[];
  /** How many thoughts of this upstream came back exactly as they were given, in the whole conversation. */
  readonly thoughts: number;
}

export type Piece =
  | { readonly kind: 'text'; readonly deltas: readonly string[] }
  /** The signature is made where it is written. */
  | { readonly kind: 'thinking'; readonly deltas: readonly string[] }
  /** `deltas`: in how many pieces the arguments come where the API streams them. */
  | { readonly kind: 'call'; readonly name: string; readonly input: JsonObject; readonly deltas: number }
  | { readonly kind: 'custom-call'; readonly name: string; readonly input: string }
  | { readonly kind: 'refusal'; readonly text: string };

export type Finish = 'stop' | 'length' | 'calls' | 'refused' | 'filtered';

/** `input` holds the cached part, `output` the reasoning. */
export interface Spent {
  readonly input: number;
  readonly cached: number;
  readonly output: number;
  readonly reasoning: number;
}

export interface Answer {
  readonly pieces: readonly Piece[];
  readonly finish: Finish;
  readonly spent: Spent;
}

/** What an upstream does with a request. A stream that breaks does so behind the first event with that text. */
export type Play =
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'error'; readonly status: number }
  | { readonly kind: 'error-after'; readonly answer: Answer; readonly text: string }
  /** The connection is reset. */
  | { readonly kind: 'cut-after'; readonly answer: Answer; readonly text: string }
  /** HTTP's own end, as if all had been said. */
  | { readonly kind: 'short-after'; readonly answer: Answer; readonly text: string }
  /** Waits for the test before it goes on. */
  | { readonly kind: 'pause-after'; readonly answer: Answer; readonly text: string };

/** What a request is refused with; each stand-in puts it into its own envelope. */
export class Refused extends Error {
  readonly status: number;
  readonly code: string | null;
  /** The member at fault, in the API's own way of naming it. */
  readonly param: string | null;

  constructor(status: number, message: string, code: string | null = null, param: string | null = null) {
    super(message);
    this.name = 'Refused';
    this.status = status;
    this.code = code;
    this.param = param;
  }
}

/** The scenario a text names; `text` where it names none. */
export function scenarioOf(text: string): { readonly scenario: string; readonly argument: string } {
  const found = /SCENARIO ([a-z0-9-]+)(?::([\w.@/-]+))?/.exec(text);
  return { scenario: found?.[1] ?? 'text', argument: found?.[2] ?? '' };
}
