/** What the user corrected of a model beside what holds without that, and how each is taken back. Pure. */
import type { ModelPrice } from '../../../contract/rpc/procedures/models.ts';
import { PRICE_FIELDS, priceInput, samePrice, type Correction, type PriceField } from './price-input.ts';
import type { ModelRow } from './rows.ts';

export type CorrectedField = PriceField | 'tiers' | 'name' | 'context' | 'maxOutput' | 'capabilities';

/** Fields whose own value is another than the one known otherwise, in the order of the screen. */
export function correctedFields(row: ModelRow): readonly CorrectedField[] {
  const { corrected } = row;
  if (corrected === undefined) return [];
  return [
    ...(corrected.name === undefined ? [] : ['name' as const]),
    ...(corrected.contextTokens === undefined ? [] : ['context' as const]),
    ...(corrected.maxOutputTokens === undefined ? [] : ['maxOutput' as const]),
    ...(corrected.price === undefined ? [] : priceFields(row.price, corrected.price)),
    ...(corrected.capabilities === undefined ? [] : ['capabilities' as const]),
  ];
}

function priceFields(own: ModelPrice | null, told: ModelPrice | null): readonly CorrectedField[] {
  const changed = PRICE_FIELDS.filter((name) => (own?.[name] ?? null) !== (told?.[name] ?? null));
  const tiers = JSON.stringify(own?.tiers ?? []) !== JSON.stringify(told?.tiers ?? []);
  const fields: readonly CorrectedField[] = [...changed, ...(tiers ? ['tiers' as const] : [])];
  // An entry that says the same is one all the same.
  return fields.length === 0 ? ['input'] : fields;
}

/** What to tell the gateway so that one field is again as it is known otherwise. */
export function undoOf(row: ModelRow, field: CorrectedField): Correction {
  const model = row.id;
  switch (field) {
    case 'name':
      return { model, name: null };
    case 'context':
      return { model, contextTokens: null };
    case 'maxOutput':
      return { model, maxOutputTokens: null };
    case 'capabilities':
      return { model, capabilities: null };
    default:
      return { model, price: restoredPrice(row, field) };
  }
}

/** @returns null where nothing of one's own is left of it */
function restoredPrice({ price, corrected }: ModelRow, field: PriceField | 'tiers'): Correction['price'] {
  const told = corrected?.price ?? null;
  if (price === null || told === null) return null;
  const next: ModelPrice = { ...price, [field]: told[field] };
  const input = priceInput(next);
  const empty = input.input === undefined && input.output === undefined;
  return empty || samePrice(next, told) ? null : input;
}
