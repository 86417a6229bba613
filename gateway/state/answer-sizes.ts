/** How many tokens the answers of a key with a model had lately, for limits that are spent before an answer ends. */

export interface AnswerSize {
  /** About as many as the next one has. */
  readonly usual: number;
  /** Hardly any has more. */
  readonly most: number;
}

export interface AnswerSizes {
  of(name: string): AnswerSize;
  /** @param allowed as many as its request let it have; null where it did not say */
  learn(name: string, tokens: number, allowed: number | null): void;
}

interface Known {
  readonly usual: number;
  /** Of those that might be as long as they liked; null before the first of them. */
  readonly most: number | null;
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
  const known = new Map<string, Known>();
  return {
    of(name) {
      const size = known.get(name);
      if (size === undefined) return UNKNOWN;
      return { usual: size.usual, most: size.most ?? Math.max(UNKNOWN.most, size.usual) };
    },
    learn(name, tokens, allowed) {
      const before = known.get(name);
      // It would have been longer, so it tells something only where others are shorter.
      const cut = allowed !== null && tokens >= allowed;
      if (cut && tokens <= (before?.usual ?? UNKNOWN.usual)) return;
      known.delete(name);
      known.set(name, {
        usual: usualAfter(tokens, before?.usual, cut),
        most: mostAfter(tokens, before?.most ?? null, allowed),
      });
      const [oldest] = known.keys();
      if (known.size > MOST && oldest !== undefined) known.delete(oldest);
    },
  };
}

function usualAfter(tokens: number, before: number | undefined, cut: boolean): number {
  return before === undefined || cut ? tokens : Math.ceil(before + SHARE * (tokens - before));
}

/** What requests allow says nothing of the answers to those that do not. */
function mostAfter(tokens: number, before: number | null, allowed: number | null): number | null {
  if (allowed !== null) return before === null ? null : Math.max(before, tokens);
  return Math.max(tokens, Math.ceil((before ?? 0) * FADING));
}
