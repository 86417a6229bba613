/** Settings of routing that must fit each other: ranges, thresholds, conditions of rules. */
import type { Config } from '../../contract/config/schema.ts';
import type { RuleConfig, TargetConfig } from '../../contract/config/routing.ts';
import type { FieldPath } from './problem.ts';
import type { Fault } from './validate.ts';

export function routingFaults({ models, rules, routing }: Config): readonly Fault[] {
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
            message: 'medium begins at or below high',
          },
        ]),
  ];
}

/**
 * Targets that are aliases, in all aliases together. Every request that asks for one may have to follow each of them
 * several times; with hundreds of aliases that all name each other it would hold up all others for seconds.
 */
const MOST_LINKS = 500;

function tangled(models: Config['models']): readonly Fault[] {
  const aliases = new Set(models.flatMap((model) => ('targets' in model ? [model.id] : [])));
  let links = 0;
  for (const [index, model] of models.entries()) {
    if (!('targets' in model)) continue;
    links += model.targets.filter((target) => aliases.has(target.model)).length;
    if (links <= MOST_LINKS) continue;
    const message = `aliases name other aliases more than ${MOST_LINKS} times; name models instead`;
    return [{ path: ['models', index, 'targets'], message }];
  }
  return [];
}

function targetFaults({ from, to }: TargetConfig, path: FieldPath): readonly Fault[] {
  if ((from ?? 0) < (to ?? 1)) return [];
  return [{ path: [...path, 'to'], message: 'the range is empty: to has to be above from' }];
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

function ruleFaults({ when }: RuleConfig, path: FieldPath): readonly Fault[] {
  const faults: Fault[] = [];
  for (const name of Object.keys(when.header ?? {})) {
    const at = [...path, 'when', 'header', name];
    if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)) {
      faults.push({ path: at, message: 'a header has a name of letters, digits and dashes' });
    } else if (SECRET_HEADERS.has(name.toLowerCase())) {
      faults.push({ path: at, message: 'this header holds a credential; tell clients apart with client' });
    }
  }
  const { over = 0, under = Infinity } = when.size ?? {};
  if (over >= under) {
    faults.push({ path: [...path, 'when', 'size', 'under'], message: 'under has to be above over' });
  }
  return faults;
}
