/** Provider keys that stand in the environment the app was started in. Pure. */
import { builtInProviders, keyProblem, parseKeyList, type ListedKey } from '../../../gateway/index.ts';

/** A variable with keys that Switchyard does not have yet. */
export interface FoundVariable {
  readonly name: string;
  readonly provider: string;
  readonly providerName: string;
  /** At least one. */
  readonly keys: readonly ListedKey[];
}

type Environment = Readonly<Record<string, string | undefined>>;

interface KeyVariable {
  readonly name: string;
  readonly holds: 'a key' | 'a list';
  readonly provider: string;
  readonly providerName: string;
}

/** Every variable in which a built-in provider's keys are looked for, in order of preference. */
const VARIABLES: readonly KeyVariable[] = Object.values(builtInProviders).flatMap(
  ({ id, name: providerName, keyVariables, keyListVariables = [] }) => {
    const of = { provider: id, providerName };
    return [
      ...keyVariables.map((name) => ({ name, holds: 'a key', ...of }) as const),
      ...keyListVariables.map((name) => ({ name, holds: 'a list', ...of }) as const),
    ];
  },
);

/**
 * Finds keys, each once per provider even where it stands in two variables.
 * @param known secrets that are not worth offering; a variable whose text cannot be understood is not offered either
 */
export function findKeys(environment: Environment, known: ReadonlySet<string>): readonly FoundVariable[] {
  const seen = new Set<string>();
  return VARIABLES.flatMap(({ name, holds, provider, providerName }) => {
    const keys = keysIn(environment[name]?.trim() ?? '', holds).filter(({ value }) => {
      const id = `${provider} ${value}`;
      if (known.has(value) || seen.has(id)) return false;
      seen.add(id);
      return true;
    });
    return keys.length === 0 ? [] : [{ name, provider, providerName, keys }];
  });
}

function keysIn(text: string, holds: KeyVariable['holds']): readonly ListedKey[] {
  if (text === '') return [];
  if (holds === 'a key') return keyProblem(text) === undefined ? [{ value: text, weight: 1 }] : [];
  const keys = parseKeyList(text);
  return typeof keys === 'string' ? [] : keys;
}
