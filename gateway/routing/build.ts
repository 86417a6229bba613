/** The configuration's aliases and rules as routing decides over them. Pure; done once per configuration. */
import {
  DAYS,
  type ComplexityConfig,
  type RuleConfig,
  type TargetConfig,
} from '../../contract/config/routing.ts';
import type { AliasConfig } from '../../contract/config/schema.ts';
import { patternOf } from './pattern.ts';
import type { RoutingRule, RuleCheck, RuleTime } from './rules.ts';
import type { AliasTarget, RoutableAlias } from './snapshot.ts';

export function routableAlias(
  { strategy, targets }: AliasConfig,
  { thresholds }: ComplexityConfig,
): RoutableAlias {
  return { strategy, targets: targets.map((target) => aliasTarget(target, thresholds)) };
}

function aliasTarget(
  { model, weight = 1, level, from, to }: TargetConfig,
  { medium, high }: ComplexityConfig['thresholds'],
): AliasTarget {
  const levels = { low: [0, medium], medium: [medium, high], high: [high, 1] } as const;
  const [least, most] = level === undefined ? [0, 1] : levels[level];
  return { model, weight, range: [from ?? least, to ?? most] };
}

export function routingRule({ when, then, enabled }: RuleConfig, index: number): RoutingRule {
  return {
    number: index + 1,
    enabled,
    // Its name and its switch say nothing of what it does: its hits stay.
    hits: `rule ${JSON.stringify([when, then])}`,
    when: checksOf(when),
    model: then.model,
  };
}

/** Only those there are, so that a request is not asked for the others. What has to be searched comes last. */
function checksOf({
  model,
  client,
  header,
  size,
  time,
  tools,
  images,
}: RuleConfig['when']): readonly RuleCheck[] {
  const checks: RuleCheck[] = [];
  if (model !== undefined) checks.push({ on: 'model', is: patternOf(model) });
  if (client !== undefined) checks.push({ on: 'client', is: patternOf(client) });
  if (header !== undefined) {
    const are = Object.entries(header).map(
      ([name, value]) => [name.toLowerCase(), patternOf(value)] as const,
    );
    checks.push({ on: 'header', are });
  }
  if (size !== undefined) checks.push({ on: 'size', from: size.over ?? 0, to: size.under ?? Infinity });
  if (time !== undefined) checks.push({ on: 'time', ...ruleTime(time) });
  if (tools !== undefined) checks.push({ on: 'tools', there: tools });
  if (images !== undefined) checks.push({ on: 'images', there: images });
  return checks;
}

function ruleTime({ from, to, days }: NonNullable<RuleConfig['when']['time']>): RuleTime {
  return { from: minuteOf(from), to: minuteOf(to), days: days.map((day) => DAYS.indexOf(day)) };
}

/** `22:30` is 1350. */
function minuteOf(text: string): number {
  const [hours, minutes] = text.split(':');
  return Number(hours) * 60 + Number(minutes);
}
