/** Calls go out whole, in their own order, since Gemini's arguments are an object and not a text. */
import { argumentsObject } from '../../core/canonical/call-arguments.ts';
import type { StreamPart } from '../../core/canonical/stream-parts.ts';
import type { JsonObject } from '../../core/json.ts';

type CallStart = Extract<StreamPart, { kind: 'tool-call-start' }>;

interface PendingCall {
  readonly start: CallStart;
  readonly members: JsonObject;
  input: string;
  closed: boolean;
}

export interface CallWriter {
  /** @param members of the part beside the call */
  open(start: CallStart, members: JsonObject): void;
  add(index: number, text: string): void;
  close(index: number): void;
  /** Nothing comes any more: a call that never ended was cut, and is none. */
  dropOpen(): void;
  /** Calls that are whole, as long as no earlier one is still open. */
  ready(): readonly { readonly candidate: number; readonly part: JsonObject }[];
  /** The first call of an answer whose arguments nobody can read, and which is never sent. */
  broken(candidate: number): string | undefined;
}

export function createCallWriter(): CallWriter {
  let waiting: PendingCall[] = [];
  const broken = new Map<number, string>();

  const find = (index: number): PendingCall | undefined => waiting.find(({ start }) => start.index === index);

  function write({ start, members, input }: PendingCall): readonly JsonObject[] {
    const { id, name, custom, candidate = 0 } = start;
    const args = custom ? { input } : argumentsObject(input);
    if (args !== undefined) return [{ functionCall: { id, name, args }, ...members }];
    if (!broken.has(candidate)) broken.set(candidate, `${name}(${input})`);
    return [];
  }

  return {
    open(start, members) {
      waiting.push({ start, members, input: '', closed: false });
    },
    add(index, text) {
      const call = find(index);
      if (call !== undefined) call.input += text;
    },
    close(index) {
      const call = find(index);
      if (call !== undefined) call.closed = true;
    },
    dropOpen() {
      waiting = waiting.filter(({ closed }) => closed);
    },
    ready() {
      const open = waiting.findIndex(({ closed }) => !closed);
      const whole = waiting.splice(0, open === -1 ? waiting.length : open);
      return whole.flatMap((call) =>
        write(call).map((part) => ({ candidate: call.start.candidate ?? 0, part })),
      );
    },
    broken: (candidate) => broken.get(candidate),
  };
}
