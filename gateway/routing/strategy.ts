/** In which order the targets of an alias are tried (DESIGN section 5). Pure. */
import type { Choices, RankedTarget } from './choices.ts';
import { rotated, weightedOrder } from './order.ts';
import type { AliasTarget, RoutableAlias, Target } from './snapshot.ts';

/**
 * @param name of the alias, for its turns
 * @param placesOf where a target leads; of an alias among the targets its best place counts
 */
export function rankTargets(
  name: string,
  { strategy, targets }: RoutableAlias,
  placesOf: (model: string) => readonly Target[],
  choices: Choices,
): readonly RankedTarget[] {
  switch (strategy) {
    case 'priority':
      return targets.map(asWritten);
    case 'weighted':
      return weightedOrder(targets, choices.random).map((target) => ranked(target, 'drawn', null));
    case 'round-robin':
      return rotated(targets, choices.turn(`alias ${name}`)).map((target) => ranked(target, 'turn', null));
    case 'least-latency':
      return byFigure(targets, (model) => least(placesOf(model), choices.latency)).map(({ target, figure }) =>
        // First, so that it is measured; a chain behind it catches its failure.
        figure === null ? ranked(target, 'unmeasured', null) : ranked(target, 'measured', figure),
      );
    case 'cheapest': {
      const all = byFigure(targets, (model) => least(placesOf(model), choices.cost));
      const priced = all.filter(({ figure }) => figure !== null);
      const unknown = all.filter(({ figure }) => figure === null);
      return [
        ...priced.map(({ target, figure }) => ranked(target, 'price', figure)),
        ...unknown.map(({ target }) => ranked(target, 'no-price', null)),
      ];
    }
    case 'complexity':
      return byScore(targets, choices.complexity());
  }
}

const ranked = (
  target: AliasTarget,
  because: RankedTarget['because'],
  figure: number | null,
): RankedTarget => ({ target, because, figure });

const asWritten = (target: AliasTarget): RankedTarget => ranked(target, 'written', null);

/** The first whose range holds the score, then the others as they are written: a chain like any other. */
function byScore(targets: readonly AliasTarget[], score: number): readonly RankedTarget[] {
  const chosen = targets.find(({ range: [from, to] }) => score >= from && (score < to || to >= 1));
  if (chosen === undefined) return targets.map(asWritten);
  return [ranked(chosen, 'range', score), ...targets.filter((target) => target !== chosen).map(asWritten)];
}

/** Smallest first; those without a figure before all others. Equals stay as written. */
function byFigure(
  targets: readonly AliasTarget[],
  figureOf: (model: string) => number | null,
): readonly { readonly target: AliasTarget; readonly figure: number | null }[] {
  return targets
    .map((target) => ({ target, figure: figureOf(target.model) }))
    .sort((left, right) => (left.figure ?? -1) - (right.figure ?? -1));
}

function least(places: readonly Target[], figureOf: (target: Target) => number | undefined): number | null {
  let best: number | null = null;
  for (const place of places) {
    const figure = figureOf(place);
    if (figure !== undefined && (best === null || figure < best)) best = figure;
  }
  return best;
}
