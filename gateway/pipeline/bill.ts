/**
 * What a request cost: summed up once, for its row and for its budgets. The price was looked up while the upstream
 * worked, so that a request that ends has its cost at once; where it is not there yet, or the tokens are still being
 * counted, the row is told again.
 */
import type { RequestCost } from '../../contract/log/cost.ts';
import type { TokenCounts } from '../../contract/log/row.ts';
import { attemptCost, costOf, sumOf } from '../core/cost.ts';
import { dollarDecimal } from '../core/money.ts';
import type { PriceSheet } from '../core/price-sheet.ts';
import { isCounted, type ResponseFacts } from '../core/usage.ts';
import type { Conducted } from './conduct.ts';
import type { JourneyEnd } from './failover.ts';
import type { CountedAttempt } from './ledger.ts';
import { findPrice, heldPrice, type Place } from './place-price.ts';
import type { PipelinePorts } from './ports.ts';
import type { Itinerary } from './travel.ts';

/** Budgets that pay. */
export interface Payers {
  /** Those of the whole request; each provider's own pays for its attempts. */
  readonly scopes: readonly string[];
  /** Ends what was reserved. */
  readonly done: () => void;
}

/** To be called before the upstream is: the first price of a catalogue takes a while. */
export function lookUpPrice(
  [first]: Itinerary['groups'],
  snapshot: Itinerary['snapshot'],
  ports: PipelinePorts,
): void {
  const provider = first === undefined ? undefined : snapshot.providers.get(first.provider);
  if (first === undefined || provider === undefined) return;
  if (ports.prices.held(provider, first.model) !== undefined) return;
  // Told when it is needed.
  ports.prices.find(provider, first.model).catch(() => undefined);
}

/** At once where counts came; else when they were estimated, or never will be. */
export function settleBill(
  end: JourneyEnd,
  { record }: Conducted,
  { snapshot }: Itinerary,
  ports: PipelinePorts,
  payers: Payers | null,
): void {
  const { attempts, counted } = record.ledger;
  const served = attempts.at(-1);
  const provider = served === undefined ? undefined : snapshot.providers.get(served.provider);
  const facts = 'facts' in end ? end.facts : undefined;
  const told = facts !== undefined && (isCounted(facts) || facts.cost !== undefined);
  const began =
    end.kind === 'delivered' || (facts !== undefined && (served?.firstContentAt ?? null) !== null);
  const asked = facts !== undefined && facts.usage !== null;
  if (served === undefined || provider === undefined || !(told || asked || began || counted.length > 0)) {
    return payers?.done();
  }
  const at = ports.clock.wall();
  const places = [...counted.map(placeOf), { provider, model: served.model, answered: facts?.model ?? null }];
  // A last attempt that failed is among the counted ones, where it was.
  const own = facts !== undefined && (told || asked || began) ? facts : null;
  const pay = (cost: RequestCost): RequestCost => {
    if (payers === null) return cost;
    const total = picoOf(costOf(cost));
    const alone = cost.earlier === undefined;
    ports.spending.charge(alone ? [...payers.scopes, `provider:${provider.id}`] : payers.scopes, total);
    const shares = alone ? [] : sharesOf(cost, own === null ? null : provider.id);
    for (const [id, share] of shares) ports.spending.charge([`provider:${id}`], picoOf(share));
    payers.done();
    return cost;
  };
  /** @param tokens in place of those that were told */
  const settle = (tokens: TokenCounts | null): RequestCost | undefined => {
    const sum = (sheets: readonly (PriceSheet | null)[]): RequestCost =>
      billOf(counted, sheets, own, tokens ?? facts?.usage ?? null, at);
    const held = places.map((place) => heldPrice(place, ports.prices));
    if (held.every((sheet) => sheet !== undefined)) return pay(sum(held));
    record.charged = Promise.all(places.map((place) => found(place, ports))).then((sheets) => {
      record.priced(pay(sum(sheets)));
    });
    return undefined;
  };
  if (!told && own !== null) {
    record.uncounted = settle;
    return;
  }
  const cost = settle(null);
  if (cost !== undefined) record.priced(cost);
}

const picoOf = (cost: number | null): bigint | null => (cost === null ? null : BigInt(cost));

/** What each provider did of it. @param served whose the last attempt is; null where it cost nothing */
function sharesOf(
  { earlier = [], ...last }: RequestCost,
  served: string | null,
): ReadonlyMap<string, number | null> {
  const attempts = [...earlier, ...(served === null ? [] : [{ ...last, provider: served }])];
  const byProvider = Map.groupBy(attempts, ({ provider }) => provider);
  return new Map(Array.from(byProvider, ([id, own]) => [id, sumOf(own)]));
}

const placeOf = ({ provider, model, facts }: CountedAttempt): Place => ({
  provider,
  model,
  answered: facts.model,
});

/** A catalogue that cannot be read leaves a request without a cost. */
async function found(place: Place, ports: PipelinePorts): Promise<PriceSheet | null> {
  try {
    return await findPrice(place, ports.prices);
  } catch (error) {
    ports.logger.warn('the cost of a request could not be found', { error: ports.redact(String(error)) });
    return null;
  }
}

/** @param sheets of the counted attempts, then of the one that served */
function billOf(
  counted: readonly CountedAttempt[],
  sheets: readonly (PriceSheet | null)[],
  own: ResponseFacts | null,
  tokens: TokenCounts | null,
  at: number,
): RequestCost {
  const earlier = counted.map(({ provider, model, facts }, index) => ({
    provider: provider.id,
    model,
    ...attemptCost(
      { tokens: facts.usage, details: facts.details, reported: facts.cost, at },
      sheets[index] ?? null,
    ),
  }));
  const others = earlier.length === 0 ? {} : { earlier };
  if (own === null) return { pico: 0, price: null, lines: [], reported: null, ...others };
  const counts = { tokens, details: own.details, reported: own.cost, at };
  return { ...attemptCost(counts, sheets.at(-1) ?? null), ...others };
}

/** The header of an answer whose cost is known before its head goes out. */
export function costHeader(
  served: Pick<Place, 'provider' | 'model'>,
  facts: ResponseFacts,
  counted: readonly CountedAttempt[],
  ports: PipelinePorts,
): Readonly<Record<string, string>> {
  if (facts.usage === null && facts.cost === undefined) return {};
  const places = [...counted.map(placeOf), { ...served, answered: facts.model }];
  const sheets = places.map((place) => heldPrice(place, ports.prices));
  const known = sheets.map((sheet) => sheet ?? null);
  const total = costOf(billOf(counted, known, facts, facts.usage, ports.clock.wall()));
  return total === null ? {} : { [COST_HEADER]: dollarDecimal(BigInt(total)) };
}

/** US dollars as a decimal number. */
export const COST_HEADER = 'x-switchyard-cost';

/** Nothing was asked of a provider. */
export const NO_COST: RequestCost = {
  pico: 0,
  price: null,
  lines: [],
  reported: null,
  notes: [{ code: 'cached' }],
};
