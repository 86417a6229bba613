/** Collects text, reasoning and calls of tools while the pieces of an answer go by. */
import type { AssembledAnswer } from '../../../contract/log/answer.ts';
import { isObject } from '../json.ts';

export interface Gatherer {
  text(value: unknown): void;
  reasoning(value: unknown): void;
  /** A whole call, or the beginning of one whose arguments follow at that place. */
  begin(call: CallPiece, place?: string): void;
  /** A piece of a call, which may be its first. @param place undefined: of the last one that began */
  more(piece: CallPiece, place: string | undefined): void;
  /** Forgets everything: what comes says it all again. */
  restart(): void;
  answer(): AssembledAnswer;
}

export interface CallPiece {
  readonly id?: unknown;
  readonly name?: unknown;
  /** JSON text or a part of it, or an object. */
  readonly arguments?: unknown;
  /** Pieces of texts among the arguments, by the path of each. */
  readonly texts?: readonly (readonly [path: string, text: string])[];
}

interface Call {
  id: string | null;
  name: string;
  written: string;
  readonly texts: Map<string, string>;
}

export function createGatherer(): Gatherer {
  let text: string[] = [];
  let reasoning: string[] = [];
  let calls: Call[] = [];
  const places = new Map<string | undefined, Call>();

  function add(call: Call, piece: CallPiece): void {
    if (typeof piece.id === 'string') call.id = piece.id;
    if (typeof piece.name === 'string' && call.name === '') call.name = piece.name;
    if (typeof piece.arguments === 'string') call.written += piece.arguments;
    else if (isObject(piece.arguments)) call.written += JSON.stringify(piece.arguments);
    for (const [path, text] of piece.texts ?? []) call.texts.set(path, (call.texts.get(path) ?? '') + text);
  }

  return {
    text(value) {
      if (typeof value === 'string') text.push(value);
    },
    reasoning(value) {
      if (typeof value === 'string') reasoning.push(value);
    },
    begin(piece, place) {
      const call: Call = { id: null, name: '', written: '', texts: new Map() };
      calls.push(call);
      places.set(place, call).set(undefined, call);
      add(call, piece);
    },
    more(piece, place) {
      const call = places.get(place);
      if (call === undefined) this.begin(piece, place);
      else add(call, piece);
    },
    restart() {
      text = [];
      reasoning = [];
      calls = [];
      places.clear();
    },
    answer: () => ({
      text: text.join(''),
      reasoning: reasoning.join(''),
      calls: calls.map(({ id, name, written, texts: pieces }) => ({
        id,
        name,
        arguments: written === '' && pieces.size > 0 ? JSON.stringify(Object.fromEntries(pieces)) : written,
      })),
    }),
  };
}
