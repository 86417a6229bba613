/** Requests that are under way against budgets, and what they will probably cost. */

/** Of one scope. */
export interface UnderWay {
  readonly count: number;
  /** What they were taken to cost together before they were sent, of those whose price is known. */
  readonly guessed: bigint;
  /** Those whose price nobody knows. */
  readonly unknown: number;
}

export interface UnderWayCounter {
  of(scope: string): UnderWay;
  /** @param guess null where no price is known @returns ends it, once */
  begin(scopes: readonly string[], guess: bigint | null): () => void;
}

const NOTHING: UnderWay = { count: 0, guessed: 0n, unknown: 0 };

export function createUnderWay(): UnderWayCounter {
  const known = new Map<string, UnderWay>();
  const of = (scope: string): UnderWay => known.get(scope) ?? NOTHING;

  function change(scope: string, by: 1 | -1, guess: bigint | null): void {
    const before = of(scope);
    const count = before.count + by;
    if (count === 0) return void known.delete(scope);
    known.set(scope, {
      count,
      guessed: before.guessed + BigInt(by) * (guess ?? 0n),
      unknown: before.unknown + (guess === null ? by : 0),
    });
  }

  return {
    of,
    begin(scopes, guess) {
      const counted = [...new Set(scopes)];
      for (const scope of counted) change(scope, 1, guess);
      let over = false;
      return () => {
        if (over) return;
        over = true;
        for (const scope of counted) change(scope, -1, guess);
      };
    },
  };
}
