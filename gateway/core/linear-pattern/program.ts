/** From a read pattern to a list of small steps that can be followed side by side (Thompson's construction). Pure. */
import { PatternError, type Assertion, type PatternNode } from './parse.ts';
import type { Range } from './ranges.ts';

export type Step =
  | { readonly op: 'set'; readonly ranges: readonly Range[]; readonly next: number }
  | { readonly op: 'split'; readonly ways: readonly number[] }
  | { readonly op: 'assertion'; readonly what: Assertion; readonly next: number }
  | { readonly op: 'match' };

export interface Program {
  readonly steps: readonly Step[];
  readonly start: number;
}

/** Bounds what one character of a text can cost. */
const MOST_STEPS = 1_000;

/** @throws PatternError for what is too large */
export function compile(node: PatternNode): Program {
  const steps: Step[] = [{ op: 'match' }];

  const add = (step: Step): number => {
    if (steps.length >= MOST_STEPS) {
      throw new PatternError('pattern-large');
    }
    return steps.push(step) - 1;
  };

  /** @returns where the node begins when `next` comes after it */
  function place(part: PatternNode, next: number): number {
    switch (part.kind) {
      case 'set':
        return add({ op: 'set', ranges: part.ranges, next });
      case 'assertion':
        return add({ op: 'assertion', what: part.what, next });
      case 'sequence':
        return part.items.reduceRight((after, item) => place(item, after), next);
      case 'choice':
        return add({ op: 'split', ways: part.options.map((option) => place(option, next)) });
      case 'repeat': {
        let after = Number.isFinite(part.most) ? next : loop(part.item, next);
        const optional = Number.isFinite(part.most) ? part.most - part.least : 0;
        for (let count = 0; count < optional; count += 1) {
          after = add({ op: 'split', ways: [place(part.item, after), next] });
        }
        for (let count = 0; count < part.least; count += 1) after = place(part.item, after);
        return after;
      }
    }
  }

  function loop(item: PatternNode, next: number): number {
    const ways: number[] = [next];
    const turn = add({ op: 'split', ways });
    ways.push(place(item, turn));
    return turn;
  }

  const start = place(node, 0);
  return { steps, start };
}
