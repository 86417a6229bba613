/** `${NAME}` and `${NAME:-default}` in the texts of a configuration. The file keeps them; only the value expands. */
import { fault } from '../../contract/rpc/fault-words.ts';
import { isMapping } from './field-names.ts';
import { KNOWN_FIELDS } from './known-fields.ts';
import { pathText, patternOf, type FieldFault, type FieldPath } from './problem.ts';

/** `$${` stands for a plain `${`. A default holds no further reference. */
const REFERENCE = /\$\$\{|\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-((?:(?!\$\{)[^}])*))?\}/g;

/** Where a text refers to variables. */
export interface Reference {
  readonly path: FieldPath;
  /** Every variable named, in order. */
  readonly variables: readonly string[];
  /** Those that are not set, or empty, and have no default. */
  readonly unset: readonly string[];
}

export interface Expanded {
  readonly value: unknown;
  /** By path as text. */
  readonly references: ReadonlyMap<string, Reference>;
  readonly problems: readonly FieldFault[];
}

/** @returns the variables that a text refers to, in order */
export const variablesIn = (text: string): readonly string[] =>
  [...text.matchAll(REFERENCE)].flatMap(([, name]) => (name === undefined ? [] : [name]));

export type Environment = Readonly<Record<string, string | undefined>>;

export function expand(value: unknown, environment: Environment): Expanded {
  const references = new Map<string, Reference>();
  const problems: FieldFault[] = [];

  function visit(node: unknown, path: FieldPath): unknown {
    if (typeof node === 'string') return node.includes('${') ? text(node, path) : node;
    if (Array.isArray(node)) return node.map((item: unknown, index) => visit(item, [...path, index]));
    if (!isMapping(node)) return node;
    return Object.fromEntries(
      Object.entries(node).map(([name, member]) => [name, visit(member, [...path, name])]),
    );
  }

  function text(template: string, path: FieldPath): unknown {
    if (template.replaceAll(REFERENCE, '').includes('${')) {
      problems.push({ path, told: fault('reference-form') });
    }
    const variables: string[] = [];
    const unset: string[] = [];
    const result = template.replaceAll(
      REFERENCE,
      (_, name: string | undefined, otherwise: string | undefined) => {
        if (name === undefined) return '${';
        variables.push(name);
        const found = environment[name] ?? '';
        if (found === '' && otherwise === undefined) unset.push(name);
        return found === '' ? (otherwise ?? '') : found;
      },
    );
    if (variables.length === 0) return result;
    references.set(pathText(path), { path, variables, unset });
    return typed(result, path);
  }

  return { value: visit(value, []), references, problems };
}

/** What a variable gives is text; a setting that is a number or a switch takes it as such. */
function typed(text: string, path: FieldPath): unknown {
  const kind = KNOWN_FIELDS.get(patternOf(path));
  const trimmed = text.trim();
  if (kind === 'number' && /^-?\d+(?:\.\d+)?$/.test(trimmed)) return Number(trimmed);
  if (kind === 'boolean' && /^(?:true|false)$/i.test(trimmed)) return trimmed.toLowerCase() === 'true';
  return text;
}
