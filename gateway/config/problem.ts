/** What can be wrong with a configuration, as data a person can act on. */
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import { inOneList, say } from '../core/sayings.ts';

/** Steps from the top of the file: names of settings and positions in lists. */
export type FieldPath = readonly (string | number)[];

/** What is wrong with a setting, before it is known where that stands. */
export interface FieldFault {
  /** Empty for the configuration as a whole. */
  readonly path: FieldPath;
  /** What is wrong and what is allowed, as a clause without the path. Never a value that may be a secret. */
  readonly told: Told;
}

export interface ConfigProblem {
  /** As the user would write it: `providers[0].base_url`; empty for the file as a whole. */
  readonly path: string;
  /** Line of the file, from 1; null where the setting stands in no line of it. */
  readonly line: number | null;
  /** From 1; of what is no YAML. */
  readonly column?: number;
  /** As of a `FieldFault`. */
  readonly told: Told;
}

/** Problems beyond this number are counted, not listed. */
const MOST_LISTED = 12;

/** A text that is no configuration. `problems` is never empty. */
export class ConfigError extends Error {
  readonly problems: readonly ConfigProblem[];
  /** All of them in one list. */
  readonly told: Told;

  constructor(problems: readonly ConfigProblem[]) {
    const listed = problems.slice(0, MOST_LISTED).map(placedFault);
    const more = problems.length - listed.length;
    const told = inOneList([...listed, ...(more > 0 ? [say('more-faults', { count: more })] : [])]);
    super(told.text);
    this.name = 'ConfigError';
    this.problems = problems;
    this.told = told;
  }
}

/** A valid text that must not be used in this environment: the file is not at fault and is not set aside. */
export class ConfigRefusal extends ConfigError {
  constructor(problems: readonly ConfigProblem[]) {
    super(problems);
    this.name = 'ConfigRefusal';
  }
}

function placedFault({ path, line, column, told }: ConfigProblem): Told {
  const inLine = `line ${line}: ${told.text}`;
  if (line !== null && column !== undefined) return say('at-line-column', { line, column }, told, inLine);
  if (line !== null && path === '') return say('at-line', { line }, told, inLine);
  if (line !== null) return say('at-path-line', { path, line }, told, `${path} (line ${line}): ${told.text}`);
  return path === '' ? told : say('at-path', { path }, told, `${path}: ${told.text}`);
}

/** `['providers', 0, 'base_url']` as `providers[0].base_url`. */
export function pathText(path: FieldPath): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    return text === '' ? step : `${text}.${step}`;
  }, '');
}

/** The same path with `[]` for every position: the name of the setting itself. */
export function patternOf(path: FieldPath): string {
  return pathText(path).replace(/\[\d+\]/g, '[]');
}
