/** Rules: conditions on a request, and the model it is sent to when all of them hold. Pure. */
import type { Asked } from './asked.ts';
import { namesMatch, type Pattern } from './pattern.ts';

/** Conditions that a rule does not have are null. */
export interface RoutingRule {
  /** Its place in the configuration, from 1: how it is called in log and messages. */
  readonly number: number;
  /** Off: it is passed over. */
  readonly enabled: boolean;
  /** Tells it from others over changes of the configuration, so that its hits are kept. */
  readonly identity: string;
  readonly when: {
    readonly model: readonly Pattern[] | null;
    /** Ids of clients, or names of programs with dashes for spaces: `laptop`, `claude-code`. */
    readonly client: readonly Pattern[] | null;
    readonly header: readonly (readonly [name: string, value: Pattern])[] | null;
    /** Bytes of the body: from the first (included) to the second (excluded). */
    readonly size: readonly [from: number, to: number] | null;
    readonly time: RuleTime | null;
    readonly tools: boolean | null;
    readonly images: boolean | null;
  };
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

export type RuleCondition = keyof RoutingRule['when'];

const CONDITIONS: readonly RuleCondition[] = ['model', 'client', 'header', 'size', 'time', 'tools', 'images'];

/** The first condition that does not hold; undefined when the rule applies. The dearest are looked at last. */
export function failedCondition(rule: RoutingRule, asked: Asked): RuleCondition | undefined {
  return CONDITIONS.find((condition) => !holds(rule, condition, asked));
}

function holds({ when }: RoutingRule, condition: RuleCondition, asked: Asked): boolean {
  switch (condition) {
    case 'model':
      return when.model === null || namesMatch(when.model, asked.model);
    case 'client':
      return (
        when.client === null ||
        (asked.client !== null && namesMatch(when.client, asked.client)) ||
        (asked.app !== null && namesMatch(when.client, asked.app.replaceAll(' ', '-')))
      );
    case 'header':
      return when.header?.every(([name, value]) => namesMatch([value], asked.header(name) ?? '')) ?? true;
    case 'size':
      return when.size === null || (asked.bytes >= when.size[0] && asked.bytes < when.size[1]);
    case 'time':
      return when.time === null || within(when.time, asked.time());
    case 'tools':
      return when.tools === null || when.tools === asked.tools();
    case 'images':
      return when.images === null || when.images === asked.images();
  }
}

const DAY = 1_440;

function within({ from, to, days }: RuleTime, { day, minute }: ReturnType<Asked['time']>): boolean {
  const span = to > from ? to - from : to - from + DAY;
  const today = minute - from;
  if (today >= 0 && today < span) return days.length === 0 || days.includes(day);
  const since = minute + DAY - from;
  return since < span && (days.length === 0 || days.includes((day + 6) % 7));
}
