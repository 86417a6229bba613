/** Answers of all kinds for property tests: what a model may say, and the parts it comes in. */
import fc from 'fast-check';
import type { Signature } from '../core/canonical/signature.ts';
import type { FinishReason, StreamPart } from '../core/canonical/stream-parts.ts';
import type { TokenCounts } from '../../contract/log/row.ts';

/** In pieces, as they come. */
type Pieces = readonly string[];

export type Block =
  | { readonly kind: 'text'; readonly texts: Pieces }
  | { readonly kind: 'refusal'; readonly texts: Pieces }
  | { readonly kind: 'reasoning'; readonly texts: Pieces; readonly signature: Signature | null }
  /** Calls that are open at once. */
  | {
      readonly kind: 'calls';
      readonly calls: readonly { readonly custom: boolean; readonly texts: Pieces }[];
    };

export interface SaidAnswer {
  readonly blocks: readonly Block[];
  readonly finish: FinishReason;
  readonly usage: TokenCounts;
}

const words = fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' });
const texts = fc.array(words, { minLength: 1, maxLength: 4 });
const signature: fc.Arbitrary<Signature | null> = fc.option(
  fc.record({
    format: fc.constant('anthropic' as const),
    value: words,
    id: fc.constant(null),
    origin: fc.constant(null),
  }),
);
const call = fc.record({ custom: fc.boolean(), texts: fc.array(words, { maxLength: 4 }) });
const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ kind: fc.constant('text' as const), texts }),
  fc.record({ kind: fc.constant('refusal' as const), texts }),
  fc.record({ kind: fc.constant('reasoning' as const), texts: fc.array(words, { maxLength: 3 }), signature }),
  fc.record({ kind: fc.constant('calls' as const), calls: fc.array(call, { minLength: 1, maxLength: 3 }) }),
);

export const anyAnswer: fc.Arbitrary<SaidAnswer> = fc.record({
  blocks: fc.array(block, { maxLength: 5 }),
  finish: fc.constantFrom<FinishReason>('stop', 'length', 'tool-calls', 'filtered', 'refused', 'paused'),
  usage: fc.record({
    input: fc.nat(9_999),
    cacheRead: fc.nat(99),
    cacheWrite: fc.nat(99),
    output: fc.nat(9_999),
    reasoning: fc.nat(99),
  }),
});

/** Names of the called tools. */
export const CALLED = { custom: 'free', function: 'weather' };

export function partsOf({ blocks, finish, usage }: SaidAnswer): readonly StreamPart[] {
  let index = 0;
  const content = blocks.flatMap((one): readonly StreamPart[] => {
    switch (one.kind) {
      case 'text':
        return one.texts.map((text) => ({ kind: 'text-delta', text }));
      case 'refusal':
        return one.texts.map((text) => ({ kind: 'refusal-delta', text }));
      case 'reasoning':
        return [
          { kind: 'reasoning-start' },
          ...one.texts.map((text) => ({ kind: 'reasoning-delta' as const, text })),
          { kind: 'reasoning-end', signature: one.signature },
        ];
      case 'calls': {
        const first = index;
        index += one.calls.length;
        return callsFrom(first, one.calls);
      }
    }
  });
  return [
    { kind: 'response-start', id: 'up_1', model: 'some-model' },
    ...content,
    { kind: 'usage', usage },
    { kind: 'finish', reason: finish },
  ];
}

/** All begin, then each gets a piece in turn, then all end. */
function callsFrom(
  first: number,
  calls: readonly { readonly custom: boolean; readonly texts: Pieces }[],
): readonly StreamPart[] {
  const rounds = Math.max(...calls.map((one) => one.texts.length));
  const starts = calls.map(({ custom }, at): StreamPart => {
    const name = custom ? CALLED.custom : CALLED.function;
    return { kind: 'tool-call-start', index: first + at, id: `call_${first + at}`, name, custom };
  });
  const pieces = Array.from({ length: rounds }).flatMap((_, round) =>
    calls.flatMap((one, at): readonly StreamPart[] => {
      const text = one.texts[round];
      return text === undefined ? [] : [{ kind: 'tool-call-delta', index: first + at, text }];
    }),
  );
  const ends = calls.map((_, at): StreamPart => ({ kind: 'tool-call-end', index: first + at }));
  return [...starts, ...pieces, ...ends];
}
