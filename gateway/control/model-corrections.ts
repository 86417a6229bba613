/** Edits of the configuration that correct facts of one model, or mark it as a favourite. */
import type { Config } from '../../contract/config/schema.ts';
import { MOST_FAVOURITES } from '../../contract/config/corrections.ts';
import type { InputOf } from '../../contract/rpc/define.ts';
import type { Procedures } from '../../contract/rpc/procedures.ts';
import type { ArrangedEntry, Changes } from '../config/edit.ts';
import type { ConfigEdit } from '../config/store.ts';
import type { ControlPorts } from './ports.ts';
import { refused } from '../core/refusals.ts';

type Correction = InputOf<Procedures['models.correct']>;
type Written = Pick<Config, 'corrections' | 'prices'>;

export async function markFavourite(
  { model, favourite }: InputOf<Procedures['models.favourite']>,
  { config, edit }: Pick<ControlPorts, 'config' | 'edit'>,
): Promise<{ readonly favourites: readonly string[] }> {
  await edit(({ config: { favourites } }) => {
    if (favourites.includes(model) === favourite) return [];
    if (favourite && favourites.length >= MOST_FAVOURITES) {
      throw refused('most-favourites', { most: MOST_FAVOURITES }, 'model');
    }
    const next = favourite ? [...favourites, model] : favourites.filter((id) => id !== model);
    return [
      next.length === 0
        ? { op: 'delete', path: ['favourites'] }
        : { op: 'set', path: ['favourites'], value: next },
    ];
  });
  return { favourites: config().favourites };
}

/** What has to be written so that the correction holds; empty where it does already. */
export function correctionEdits(input: Correction, written: Written): readonly ConfigEdit[] {
  return [...factEdits(input, written), ...priceEdits(input, written)];
}

function factEdits(input: Correction, { corrections }: Written): readonly ConfigEdit[] {
  const changes: Changes = {
    ...given('name', input.name),
    ...given('context', input.contextTokens),
    ...given('max_output', input.maxOutputTokens),
    ...given('capabilities', input.capabilities),
  };
  if (Object.keys(changes).length === 0) return [];
  const mine = (id: string): boolean => same(id, input.model);
  const rest = corrections.flatMap((entry, was): readonly ArrangedEntry[] => {
    if (!mine(entry.model)) return [{ was, changes: {} }];
    const left = Object.keys(defined({ ...entry, ...changes }));
    // Nothing but its name is left of it.
    return left.length <= 1 ? [] : [{ was, changes }];
  });
  const known = corrections.some(({ model }) => mine(model));
  const sets = Object.values(changes).some((value) => value !== undefined);
  if (!known && !sets) return [];
  const entries = known
    ? rest
    : [...rest, { was: null, changes: { model: input.model, ...defined(changes) } }];
  return [list('corrections', entries)];
}

/** An entry of its own stands first, since the first that fits counts. */
function priceEdits({ model, price }: Correction, { prices }: Written): readonly ConfigEdit[] {
  if (price === undefined) return [];
  const others = prices.flatMap((entry, was): readonly ArrangedEntry[] =>
    same(entry.model, model) ? [] : [{ was, changes: {} }],
  );
  if (price === null) return others.length === prices.length ? [] : [list('prices', others)];
  const { tiers, ...rates } = price;
  const changes = { model, ...rates, ...(tiers.length === 0 ? {} : { tiers }) };
  return [list('prices', [{ was: null, changes }, ...others])];
}

const list = (name: 'corrections' | 'prices', entries: readonly ArrangedEntry[]): ConfigEdit =>
  entries.length === 0 ? { op: 'delete', path: [name] } : { op: 'arrange', path: [name], entries };

/** Null takes the member out, which an edit says as undefined. */
const given = (name: string, value: unknown): Changes =>
  value === undefined ? {} : { [name]: value ?? undefined };

const defined = (changes: Changes): Changes =>
  Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));

const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
