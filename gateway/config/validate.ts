/** The schema's judgement in sentences: what is wrong, and what is allowed. */
import * as z from 'zod/mini';
import { configSchema, PLANNED_FIELDS, type Config } from '../../contract/config/schema.ts';
import { isMapping } from './field-names.ts';
import { nearestField } from './known-fields.ts';
import { patternOf, type FieldPath } from './problem.ts';

export interface Fault {
  readonly path: FieldPath;
  readonly message: string;
}

export type Validation =
  { readonly ok: true; readonly config: Config } | { readonly ok: false; readonly faults: readonly Fault[] };

/** @param value under our names, variables expanded; undefined means a configuration of defaults */
export function validate(value: unknown): Validation {
  const result = z.safeParse(configSchema, value ?? {}, { error: sentence });
  if (result.success) return { ok: true, config: result.data };
  return { ok: false, faults: result.error.issues.flatMap((issue) => faultsOf(issue, [], value)) };
}

function faultsOf(issue: z.core.$ZodIssue, above: FieldPath, value: unknown): readonly Fault[] {
  const path = [...above, ...issue.path.map((step) => (typeof step === 'number' ? step : String(step)))];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((name) => ({ path: [...path, name], message: unknownField([...path, name]) }));
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    if (path[0] === 'guards') {
      const form = isMapping(at(value, path)) ? 1 : 0;
      return (issue.errors[form] ?? []).flatMap((inner) => faultsOf(inner, path, value));
    }
    // `models` has two forms; the one whose own members are there was meant. Alias first, as in the schema.
    const entry = at(value, path);
    if (isMapping(entry) && !MODEL_FORMS.some((member) => member in entry)) {
      return [{ path, message: 'targets (an alias) or provider (a model of one provider) is needed' }];
    }
    const form = isMapping(entry) && ('provider' in entry || 'api_key' in entry) ? 1 : 0;
    return (issue.errors[form] ?? []).flatMap((inner) => faultsOf(inner, path, value));
  }
  return [{ path, message: issue.message }];
}

/** Members that tell the two forms of a model apart. */
const MODEL_FORMS = ['targets', 'strategy', 'provider', 'api_key'];

function unknownField(path: FieldPath): string {
  const name = patternOf(path);
  if (PLANNED_FIELDS.has(name)) return 'this setting is not in this version yet; remove it';
  const nearest = nearestField(name);
  const meant = nearest === undefined ? '' : `; did you mean ${nearest}?`;
  return `this setting is not known${meant}`;
}

function at(value: unknown, path: FieldPath): unknown {
  return path.reduce<unknown>((node, step) => {
    if (Array.isArray(node)) return node[Number(step)];
    return isMapping(node) ? node[step] : undefined;
  }, value);
}

/** The schema's own sentences come first; this is for the plain kinds of mistake, in the file and in calls. */
export function sentence(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? 'this setting is missing'
        : `${NEEDED[issue.expected] ?? issue.expected} is needed`;
    case 'invalid_value':
      return `one of ${issue.values.join(', ')} is needed`;
    case 'too_small':
      return `${bound('at least', Number(issue.minimum), issue.origin, issue.inclusive)} is needed`;
    case 'too_big':
      return `${bound('at most', Number(issue.maximum), issue.origin, issue.inclusive)} is allowed`;
    case 'unrecognized_keys':
      return `${issue.keys.join(', ')} is not known here`;
    default:
      return 'this value is not understood';
  }
}

const NEEDED: Readonly<Record<string, string>> = {
  object: 'a mapping (name: value, indented below)',
  record: 'a mapping (name: value, indented below)',
  array: 'a list (lines that begin with "- ")',
  string: 'text (in quotes where it looks like a number)',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
};

/** One and many of what a length counts. */
const UNITS: Readonly<Record<string, readonly [string, string]>> = {
  string: ['character', 'characters'],
  array: ['entry', 'entries'],
};

function bound(words: string, limit: number, origin: string, inclusive: boolean | undefined): string {
  const unit = UNITS[origin];
  if (unit !== undefined) return `${words} ${limit} ${unit[limit === 1 ? 0 : 1]}`;
  return inclusive === false ? `a number beyond ${limit}` : `a number of ${words} ${limit}`;
}
