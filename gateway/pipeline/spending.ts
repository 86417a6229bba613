/** The way of a request that costs money: refused where a budget is spent, charged when it has ended. */
import { remark } from '../../contract/rpc/remarks/remark.ts';
import type { BudgetBlock, Spending } from '../core/budgets.ts';
import { attemptCost } from '../core/cost.ts';
import type { GatewayError } from '../core/errors.ts';
import { toldError } from '../core/told-error.ts';
import { dollarsOf, dollarText } from '../core/money.ts';
import type { PlanGroup } from '../routing/plan.ts';
import { settleBill } from './bill.ts';
import type { Conducted } from './conduct.ts';
import type { JourneyEnd } from './failover.ts';
import type { PipelinePorts } from './ports.ts';
import { travel, type Itinerary } from './travel.ts';

/** Seconds after which requests under way have probably ended. */
const SOON = 5;
/** Tokens of an answer whose request sets no limit. */
const USUAL_ANSWER = 1_000;
/** Tools ask for 32,000 tokens and more and use few of them: to keep so much free would refuse what a budget allows. */
const LONG_ANSWER = 4_000;

export async function travelPaid(
  conducted: Conducted,
  itinerary: Itinerary,
  ports: PipelinePorts,
): Promise<JourneyEnd> {
  const { spending } = ports;
  if (!spending.active) {
    const end = await travel(conducted, itinerary, ports);
    settleBill(end, conducted, itinerary, ports, null);
    return end;
  }
  const { exchange, record } = conducted;
  const { groups, names } = itinerary;
  const scopes = scopesOf(names, exchange.client?.id ?? null);
  // Nothing is awaited between the check and the beginning: a burst would pass the check as one.
  const guesses = await guessesOf(scopes, itinerary, ports);
  const { closed, open, error } = budgetCheck(scopes, groups, spending);
  if (error !== undefined) throw error;
  const [first] = open;
  for (const provider of closed.keys()) record.warn(remark('provider-budget-spent', { provider }));

  const guess = first === undefined ? 0n : (guesses.get(first) ?? null);
  const done = spending.begin(
    [...scopes, ...(first === undefined ? [] : [`provider:${first.provider}`])],
    guess,
  );
  try {
    const end = await travel(conducted, { ...itinerary, groups: open }, ports);
    settleBill(end, conducted, itinerary, ports, { scopes, done });
    return end;
  } catch (error) {
    done();
    throw error;
  }
}

/** What the request would probably cost at each place; none where budgets know already what others cost. */
async function guessesOf(
  scopes: readonly string[],
  { groups, snapshot }: Itinerary,
  ports: PipelinePorts,
): Promise<ReadonlyMap<PlanGroup, bigint>> {
  const guesses = new Map<PlanGroup, bigint>();
  if (!ports.spending.unmeasured([...scopes, ...groups.map(({ provider }) => `provider:${provider}`)])) {
    return guesses;
  }
  const at = ports.clock.wall();
  for (const group of groups) {
    const provider = snapshot.providers.get(group.provider);
    if (provider === undefined) continue;
    const { input, output } = group.need();
    const answer = Math.min(output ?? USUAL_ANSWER, LONG_ANSWER);
    const tokens = { input, output: answer, cacheRead: 0, cacheWrite: 0, reasoning: 0 };
    const sheet = await ports.prices.find(provider, group.model).catch(() => null);
    const { pico } = attemptCost({ tokens, details: undefined, reported: undefined, at }, sheet);
    if (pico !== null) guesses.set(group, BigInt(pico));
  }
  return guesses;
}

/** Whose budgets a request is up against, wherever it goes. @param names asked for, and what a rule made of them */
export const scopesOf = (names: readonly string[], client: string | null): readonly string[] => [
  'all',
  ...names.map((name) => `alias:${name}`),
  ...(client === null ? [] : [`client:${client}`]),
];

export interface BudgetCheck {
  /** Lets the request go nowhere. */
  readonly block: BudgetBlock | undefined;
  /** Providers that are left out. */
  readonly closed: ReadonlyMap<string, BudgetBlock>;
  readonly open: readonly PlanGroup[];
  /** What the client is told where nowhere is left. */
  readonly error: GatewayError | undefined;
}

export function budgetCheck(
  scopes: readonly string[],
  groups: readonly PlanGroup[],
  spending: Pick<Spending, 'blocking'>,
): BudgetCheck {
  const block = spending.blocking(scopes);
  const closed = new Map<string, BudgetBlock>();
  for (const provider of new Set(groups.map((group) => group.provider))) {
    const own = spending.blocking([`provider:${provider}`]);
    if (own !== undefined) closed.set(provider, own);
  }
  const open = groups.filter(({ provider }) => !closed.has(provider));
  const [closedFirst] = closed.values();
  const refusing = block ?? (open.length === 0 ? closedFirst : undefined);
  return { block, closed, open, error: refusing === undefined ? undefined : budgetExceeded(refusing) };
}

function budgetExceeded({ rule, spent, resetsAt, reserved }: BudgetBlock): GatewayError {
  const budget = `The budget of ${dollarText(rule.pico)} per ${rule.per} for ${rule.scope}`;
  const of = { limitDollars: dollarsOf(rule.pico), per: rule.per, scope: rule.scope };
  if (reserved) {
    return toldError(
      'budget_exceeded',
      `${budget} has ${dollarText(rule.pico - spent)} left, which requests under way will probably spend. Try again when they have ended, or raise the budget.`,
      'budget-reserved',
      { ...of, leftDollars: dollarsOf(rule.pico - spent) },
      { retryAfter: SOON },
    );
  }
  return toldError(
    'budget_exceeded',
    `${budget} is spent (${dollarText(spent)}). It begins anew at ${localTime(resetsAt)}. Raise it in the configuration, or reset it.`,
    'budget-spent',
    { ...of, spentDollars: dollarsOf(spent), at: localTime(resetsAt) },
  );
}

/** `2026-12-01 00:00` by this machine's clock. */
function localTime(wall: number): string {
  const at = new Date(wall);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}`;
}
