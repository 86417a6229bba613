/** How many tokens the answers of a key with a model had lately, for limits that are spent before an answer ends. */

export interface AnswerSize {
  /** About as many as the next one has. */
  readonly usual: number;
  /** Hardly any has more. */
  readonly most: number;
}

export interface AnswerSizes {
  of(name: string): AnswerSize;
  learn(name: string, tokens: number): void;
}

/** Before the first answer. */
const UNKNOWN: AnswerSize = { usual: 1_000, most: 1_000 };
/** What each answer weighs in the mean. */
const SHARE = 0.2;
/** How much of a long answer is remembered with each shorter one. */
const FADING = 0.95;
/** Keys and models remembered. */
const MOST = 1_000;

export function createAnswerSizes(): AnswerSizes {
  const known = new Map<string, AnswerSize>();
  return {
    of: (name) => known.get(name) ?? UNKNOWN,
    learn(name, tokens) {
      const before = known.get(name) ?? { usual: tokens, most: tokens };
      known.delete(name);
      known.set(name, {
        usual: Math.ceil(before.usual + SHARE * (tokens - before.usual)),
        most: Math.max(tokens, Math.ceil(before.most * FADING)),
      });
      const [oldest] = known.keys();
      if (known.size > MOST && oldest !== undefined) known.delete(oldest);
    },
  };
}
