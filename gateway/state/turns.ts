/** Whose turn it is in each round, for strategies that go round. */
import type { Turns } from '../routing/memory.ts';

export function createTurns(): Turns {
  const taken = new Map<string, number>();
  const look = (round: string): number => taken.get(round) ?? 0;
  return {
    look,
    take(round) {
      const turn = look(round);
      taken.set(round, turn + 1);
      return turn;
    },
  };
}
