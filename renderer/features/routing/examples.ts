/** What an empty page suggests, made of the models that can be used now. Pure. */
import type { ModelCatalogue } from '../../../contract/rpc/procedures/models.ts';
import type { Example } from './store.ts';
import { newTarget } from './targets.ts';

/** Of a short question: some thousand words. */
const SHORT = '20KB';

/** @returns null where there is no model to send to */
export function fallbackExample(catalogue: ModelCatalogue | null): Example | null {
  const usable = (catalogue?.models ?? []).filter((model) => model.usable);
  const [first] = usable;
  if (first === undefined) return null;
  // Another provider answers where the first one is down; another model of it does where there is no other.
  const second = usable.find(({ provider }) => provider !== first.provider) ?? usable[1];
  const targets = [first, ...(second === undefined ? [] : [second])].map(({ id }) => newTarget(id));
  return { alias: { id: 'fast', strategy: 'priority', targets }, rule: null };
}

/** @returns null where there is no model to send to */
export function shortExample(catalogue: ModelCatalogue | null, name: string): Example | null {
  const [cheapest] = (catalogue?.models ?? [])
    .filter((model) => model.usable)
    .map(({ id, price, local }) => ({ id, cost: local ? 0 : (price?.input ?? Infinity) }))
    .toSorted((left, right) => (left.cost < right.cost ? -1 : left.cost > right.cost ? 1 : 0));
  if (cheapest === undefined) return null;
  return { alias: null, rule: { name, under: SHORT, target: cheapest.id } };
}
