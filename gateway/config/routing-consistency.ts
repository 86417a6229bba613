/** Settings of routing that must fit each other: ranges, thresholds, conditions of rules. */
import type { Config } from '../../contract/config/schema.ts';
import type { RuleConfig, TargetConfig } from '../../contract/config/routing.ts';
import { fault } from '../../contract/rpc/fault-words.ts';
import type { FieldFault, FieldPath } from './problem.ts';

export function routingFaults({ models, rules, routing }: Config): readonly FieldFault[] {
  const { medium, high } = routing.complexity.thresholds;
  return [
    ...models.flatMap((model, index) =>
      'targets' in model
        ? model.targets.flatMap((target, position) =>
            targetFaults(target, ['models', index, 'targets', position]),
          )
        : [],
    ),
    ...tangled(models),
    ...rules.flatMap((rule, index) => ruleFaults(rule, ['rules', index])),
    ...(medium <= high
      ? []
      : [
          {
            path: ['routing', 'complexity', 'thresholds', 'medium'],
            told: fault('medium-high'),
          },
        ]),
  ];
}

/**
 * Targets that are aliases, in all aliases together. Every request that asks for one may have to follow each of them
 * several times; with hundreds of aliases that all name each other it would hold up all others for seconds.
 */
const MOST_LINKS = 500;

function tangled(models: Config['models']): readonly FieldFault[] {
  const aliases = new Set(models.flatMap((model) => ('targets' in model ? [model.id] : [])));
  let links = 0;
  for (const [index, model] of models.entries()) {
    if (!('targets' in model)) continue;
    links += model.targets.filter((target) => aliases.has(target.model)).length;
    if (links <= MOST_LINKS) continue;
    return [{ path: ['models', index, 'targets'], told: fault('alias-links', { most: MOST_LINKS }) }];
  }
  return [];
}

function targetFaults({ from, to }: TargetConfig, path: FieldPath): readonly FieldFault[] {
  if ((from ?? 0) < (to ?? 1)) return [];
  return [{ path: [...path, 'to'], told: fault('range-empty') }];
}

/** What a rule must not look at: it would stand in the configuration in clear. */
const SECRET_HEADERS: ReadonlySet<string> = new Set([
  'authorization',
  'proxy-authorization',
  'cookie',
  'x-api-key',
  'api-key',
  'x-goog-api-key',
]);

function ruleFaults({ when }: RuleConfig, path: FieldPath): readonly FieldFault[] {
  const faults: FieldFault[] = [];
  for (const name of Object.keys(when.header ?? {})) {
    const at = [...path, 'when', 'header', name];
    if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)) {
      faults.push({ path: at, told: fault('header-name') });
    } else if (SECRET_HEADERS.has(name.toLowerCase())) {
      faults.push({ path: at, told: fault('secret-header') });
    }
  }
  const { over = 0, under = Infinity } = when.size ?? {};
  if (over >= under) {
    faults.push({ path: [...path, 'when', 'size', 'under'], told: fault('under-over') });
  }
  return faults;
}
