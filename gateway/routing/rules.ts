/** Rules: conditions on a request, and the model it is sent to when all of them hold. Pure. */
import type { Asked } from './asked.ts';
import { nameMatches, type Pattern } from './pattern.ts';

/** One condition on a request. */
export type RuleCheck =
  | { readonly on: 'model'; readonly is: Pattern }
  /** Ids of clients, or names of programs with dashes for spaces: `laptop`, `claude-code`. */
  | { readonly on: 'client'; readonly is: Pattern }
  | { readonly on: 'header'; readonly are: readonly (readonly [name: string, value: Pattern])[] }
  /** Bytes of the body: from the first (included) to the second (excluded). */
  | { readonly on: 'size'; readonly from: number; readonly to: number }
  | ({ readonly on: 'time' } & RuleTime)
  | { readonly on: 'tools' | 'images'; readonly there: boolean };

export interface RoutingRule {
  /** Its place in the configuration, from 1: how it is called in log and messages. */
  readonly number: number;
  /** One that is off never applies. */
  readonly enabled: boolean;
  /** The name its hits are counted under: tells it from others over changes of the configuration. */
  readonly hits: string;
  /** All must hold. The dearest come last. */
  readonly when: readonly RuleCheck[];
  /** What the request is sent to: a model or an alias. */
  readonly model: string;
}

/** Hours of the local day. Where `to` is before `from`, the span goes over midnight. */
export interface RuleTime {
  /** Minutes since midnight: `from` is included, `to` is not. Equal: the whole day. */
  readonly from: number;
  readonly to: number;
  /** Days on which the span begins, 0 for Sunday; empty: every day. */
  readonly days: readonly number[];
}

export type RuleCondition = RuleCheck['on'];

/** The first condition that does not hold; undefined when the rule applies. */
export function failedCondition(
  { when }: Pick<RoutingRule, 'when'>,
  asked: Asked,
): RuleCondition | undefined {
  for (const check of when) if (!holds(check, asked)) return check.on;
  return undefined;
}

function holds(check: RuleCheck, asked: Asked): boolean {
  switch (check.on) {
    case 'model':
      return nameMatches(check.is, asked.model);
    case 'client':
      return (
        (asked.client !== null && nameMatches(check.is, asked.client)) ||
        (asked.app !== null && nameMatches(check.is, asked.app.replaceAll(' ', '-')))
      );
    case 'header':
      return headersMatch(check.are, asked);
    case 'size':
      return asked.bytes >= check.from && asked.bytes < check.to;
    case 'time':
      return within(check, asked.time());
    case 'tools':
      return check.there === asked.tools();
    case 'images':
      return check.there === asked.images();
  }
}

/** A header that did not come has no value, not even for `*`. A loop: with each request every rule is asked. */
function headersMatch(are: Extract<RuleCheck, { on: 'header' }>['are'], asked: Asked): boolean {
  for (const [name, value] of are) {
    const sent = asked.header(name);
    if (sent === undefined || !nameMatches(value, sent)) return false;
  }
  return true;
}

const DAY = 1_440;

function within({ from, to, days }: RuleTime, { day, minute }: ReturnType<Asked['time']>): boolean {
  const span = to > from ? to - from : to - from + DAY;
  const today = minute - from;
  if (today >= 0 && today < span) return days.length === 0 || days.includes(day);
  const since = minute + DAY - from;
  return since < span && (days.length === 0 || days.includes((day + 6) % 7));
}
