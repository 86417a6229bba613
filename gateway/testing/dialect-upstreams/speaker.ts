/** One wire format, as its own API speaks it. Written from the APIs' references, not from the gateway's codecs. */
import type { JsonObject } from '../../core/json.ts';
import type { Memory } from './memory.ts';
import type { Answer, Refused, Seen } from './scene.ts';

export interface SpokenRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  /** Empty where the request had none. */
  readonly body: JsonObject;
}

export type Asked = 'chat' | 'count' | 'list' | null;

export interface Speaker {
  /** What is appended to the host in the form the SDK takes as its base address. */
  readonly basePath: string;
  /** @throws Refused with 401 or 403 */
  readonly admit: (request: SpokenRequest, key: string) => void;
  /** Null: there is nothing at this address. */
  readonly route: (request: SpokenRequest) => Asked;
  /** @throws Refused */
  readonly read: (request: SpokenRequest, memory: Memory) => Seen;
  readonly answer: (answer: Answer, seen: Seen, request: SpokenRequest, memory: Memory) => JsonObject;
  /** The whole stream, one text per event. */
  readonly events: (answer: Answer, seen: Seen, request: SpokenRequest, memory: Memory) => readonly string[];
  readonly streamType: string;
  readonly refusal: (refused: Refused) => {
    readonly headers: Readonly<Record<string, string>>;
    readonly body: JsonObject;
  };
  /** What the API says when it breaks in mid-stream. */
  readonly errorEvents: (seen: Seen) => readonly string[];
  /** What it says with each status; the scenario `error-NNN`. */
  readonly failure: (status: number) => Refused;
  readonly list: (models: readonly string[]) => JsonObject;
  readonly count: (tokens: number) => JsonObject;
}
