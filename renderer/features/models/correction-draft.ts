/** The form that corrects a model: from facts to text, and back with what is wrong. Pure. */
import type { ModelCapability } from '../../../contract/rpc/model-fields.ts';
import type { PriceTier } from '../../../contract/log/cost.ts';
import type { ModelPrice } from '../../../contract/rpc/procedures/models.ts';
import { CAPABILITIES } from './filter.ts';
import { PRICE_FIELDS, priceInput, samePrice, type Correction } from './price-input.ts';
import type { ModelRow } from './rows.ts';

/** As typed; empty: not known. */
export interface Draft {
  readonly name: string;
  readonly context: string;
  readonly maxOutput: string;
  readonly capabilities: readonly ModelCapability[];
  readonly input: string;
  readonly output: string;
  readonly cacheRead: string;
  readonly cacheWrite: string;
  readonly tiers: readonly DraftTier[];
}
export interface DraftTier {
  readonly fromTokens: string;
  readonly input: string;
  readonly output: string;
  /** What else the tier says, and the form does not show. */
  readonly rest: Partial<PriceTier>;
}

export type DraftProblem = 'tokens' | 'price' | 'priceNeeded' | 'tier';
export type DraftProblems = Readonly<Partial<Record<keyof Draft, DraftProblem>>>;

/** Most tokens and most dollars that the configuration takes. */
const MOST_TOKENS = 1_000_000_000;
const MOST_DOLLARS = 1_000_000;

export function draftOf({ name, contextTokens, maxOutputTokens, capabilities, price }: ModelRow): Draft {
  return {
    name: name ?? '',
    context: text(contextTokens),
    maxOutput: text(maxOutputTokens),
    capabilities: capabilities ?? [],
    input: text(price?.input),
    output: text(price?.output),
    cacheRead: text(price?.cacheRead),
    cacheWrite: text(price?.cacheWrite),
    tiers: (price?.tiers ?? []).map((tier) => ({
      fromTokens: text(tier.fromTokens),
      input: text(tier.input),
      output: text(tier.output),
      rest: tier,
    })),
  };
}

export const NEW_TIER: DraftTier = { fromTokens: '', input: '', output: '', rest: {} };

const text = (value: number | null | undefined): string =>
  value === null || value === undefined ? '' : String(value);

/** Commas and spaces between digits are read over. @returns NaN for what is no number */
function numberOf(typed: string): number | null {
  const plain = typed.replaceAll(/[\s,_]/g, '');
  return plain === '' ? null : /^\d+(?:\.\d+)?$/.test(plain) ? Number(plain) : Number.NaN;
}
const isTokens = (value: number): boolean => Number.isInteger(value) && value >= 1 && value <= MOST_TOKENS;
const isDollars = (value: number): boolean => value >= 0 && value <= MOST_DOLLARS;

export function problemsOf(draft: Draft): DraftProblems {
  const wrong = (typed: string, fits: (value: number) => boolean): boolean => {
    const value = numberOf(typed);
    return value !== null && !fits(value);
  };
  const priced = PRICE_FIELDS.some((field) => draft[field].trim() !== '') || draft.tiers.length > 0;
  const unpriced = draft.input.trim() === '' && draft.output.trim() === '';
  return {
    ...(wrong(draft.context, isTokens) ? { context: 'tokens' } : {}),
    ...(wrong(draft.maxOutput, isTokens) ? { maxOutput: 'tokens' } : {}),
    ...(priced && unpriced ? { input: 'priceNeeded' } : {}),
    ...Object.fromEntries(
      PRICE_FIELDS.filter((field) => wrong(draft[field], isDollars)).map((field) => [field, 'price']),
    ),
    ...(draft.tiers.every(isTier) ? {} : { tiers: 'tier' }),
  };
}

function isTier({ fromTokens, input, output }: DraftTier): boolean {
  const [from, into, out] = [numberOf(fromTokens), numberOf(input), numberOf(output)];
  const dollars = [into, out].filter((value) => value !== null);
  return from !== null && isTokens(from) && from > 1 && dollars.length > 0 && dollars.every(isDollars);
}

/**
 * What has changed, for the gateway; what is emptied, or as it is known otherwise, is taken back.
 * @returns null where nothing has
 */
export function correctionIn(draft: Draft, row: ModelRow): Correction | null {
  const { corrected } = row;
  const changes: Correction = {
    model: row.id,
    ...change('name', draft.name.trim() === '' ? null : draft.name.trim(), row.name, corrected?.name),
    ...change('contextTokens', numberOf(draft.context), row.contextTokens, corrected?.contextTokens),
    ...change('maxOutputTokens', numberOf(draft.maxOutput), row.maxOutputTokens, corrected?.maxOutputTokens),
    ...capabilityChange(draft, row),
    ...priceChange(draft, row),
  };
  return Object.keys(changes).length === 1 ? null : changes;
}

/** @param told what holds without a correction; undefined where there is none */
function change<Value>(
  name: string,
  next: Value | null,
  now: Value | null,
  told: Value | null | undefined,
): Readonly<Record<string, Value | null>> {
  if (next === now) return {};
  return { [name]: next === told ? null : next };
}

function capabilityChange(draft: Draft, { capabilities, corrected }: ModelRow): Partial<Correction> {
  const inOrder = (names: readonly ModelCapability[]): string =>
    CAPABILITIES.filter((name) => names.includes(name)).join();
  const next = inOrder(draft.capabilities);
  if (next === inOrder(capabilities ?? [])) return {};
  const told = corrected?.capabilities;
  const back = told !== undefined && told !== null && next === inOrder(told);
  return { capabilities: back ? null : CAPABILITIES.filter((name) => draft.capabilities.includes(name)) };
}

function priceChange(draft: Draft, { price, corrected }: ModelRow): Partial<Correction> {
  const next = priceOf(draft, price);
  if (samePrice(next, price)) return {};
  if (next === null || samePrice(next, corrected?.price ?? null)) return { price: null };
  return { price: priceInput(next) };
}

/** What the form does not show stays as it is. */
function priceOf(draft: Draft, price: ModelPrice | null): ModelPrice | null {
  const [input, output] = [numberOf(draft.input), numberOf(draft.output)];
  if (input === null && output === null) return null;
  const tiers = draft.tiers
    .map(({ rest, ...tier }): PriceTier => ({
      cacheRead: null,
      cacheWrite: null,
      ...rest,
      fromTokens: numberOf(tier.fromTokens) ?? 0,
      input: numberOf(tier.input),
      output: numberOf(tier.output),
    }))
    .toSorted((left, right) => left.fromTokens - right.fromTokens);
  return {
    ...price,
    input,
    output,
    cacheRead: numberOf(draft.cacheRead),
    cacheWrite: numberOf(draft.cacheWrite),
    source: 'override',
    tiered: tiers.length > 0,
    tiers: tiers.length > 0 ? tiers : undefined,
  };
}
