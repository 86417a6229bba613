/** The schema's judgement as data: what is wrong, and what is allowed. */
import * as z from 'zod/mini';
import { configSchema, PLANNED_FIELDS, type Config } from '../../contract/config/schema.ts';
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import { fault } from '../../contract/rpc/fault-words.ts';
import { isMapping } from './field-names.ts';
import { nearestField } from './known-fields.ts';
import { patternOf, type FieldFault, type FieldPath } from './problem.ts';
import { issueSayings, type IssueSayings } from './issue-sayings.ts';

export type Validation =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly faults: readonly FieldFault[] };

/** @param value under our names, variables expanded; undefined means a configuration of defaults */
export function validate(value: unknown): Validation {
  const sayings = issueSayings();
  const result = z.safeParse(configSchema, value ?? {}, { error: sayings.error });
  if (result.success) return { ok: true, config: result.data };
  return { ok: false, faults: result.error.issues.flatMap((issue) => faultsOf(issue, [], value, sayings)) };
}

function faultsOf(
  issue: z.core.$ZodIssue,
  above: FieldPath,
  value: unknown,
  sayings: IssueSayings,
): readonly FieldFault[] {
  const path = [...above, ...issue.path.map((step) => (typeof step === 'number' ? step : String(step)))];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((name) => ({ path: [...path, name], told: unknownField([...path, name]) }));
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    if (path[0] === 'guards') {
      const form = isMapping(at(value, path)) ? 1 : 0;
      return (issue.errors[form] ?? []).flatMap((inner) => faultsOf(inner, path, value, sayings));
    }
    // `models` has two forms; the one whose own members are there was meant. Alias first, as in the schema.
    const entry = at(value, path);
    if (isMapping(entry) && !MODEL_FORMS.some((member) => member in entry)) {
      return [{ path, told: fault('model-form') }];
    }
    const form = isMapping(entry) && ('provider' in entry || 'api_key' in entry) ? 1 : 0;
    return (issue.errors[form] ?? []).flatMap((inner) => faultsOf(inner, path, value, sayings));
  }
  return [{ path, told: sayings.told(issue.message) }];
}

/** Members that tell the two forms of a model apart. */
const MODEL_FORMS = ['targets', 'strategy', 'provider', 'api_key'];

function unknownField(path: FieldPath): Told {
  const name = patternOf(path);
  if (PLANNED_FIELDS.has(name)) return fault('in-no-version');
  const near = nearestField(name);
  return near === undefined ? fault('unknown') : fault('unknown-near', { near });
}

function at(value: unknown, path: FieldPath): unknown {
  return path.reduce<unknown>((node, step) => {
    if (Array.isArray(node)) return node[Number(step)];
    return isMapping(node) ? node[step] : undefined;
  }, value);
}
