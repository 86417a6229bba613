/**
 * Names that the source documents use for settings of ours, brought to ours before anything is checked:
 * camelCase anywhere, and the provider settings of the gateway guide (REQUIREMENTS 4.3).
 */
import { PLANNED_FIELDS } from '../../contract/config/schema.ts';
import { fault } from '../../contract/rpc/fault-words.ts';
import { KNOWN_FIELDS } from './known-fields.ts';
import { monitoringFromGuide } from './monitoring-names.ts';
import { patternOf, type FieldFault, type FieldPath } from './problem.ts';

/** Settings whose other name is not just another spelling. */
const OTHER_NAMES: ReadonlyMap<string, string> = new Map([
  ['maxConcurrentQueries', 'max_concurrency'],
  ['supportedModels', 'models'],
  ['baseCostPerQuery', 'cost'],
  ['maxCostPerQuery', 'cost'],
  ['costEfficiency', 'cost'],
  ['security', 'guards'],
  ['metricsInterval', 'interval'],
  ['alertThresholds', 'alerts'],
]);

const snakeCase = (name: string): string =>
  OTHER_NAMES.get(name) ?? name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** True when `written` is `name` or one of its other names. */
export function sameField(written: string, name: string): boolean {
  return written === name || snakeCase(written) === name;
}

export interface Renamed {
  readonly value: unknown;
  /** Settings given under two names at once, and values of the old names that are not understood. */
  readonly problems: readonly FieldFault[];
}

/** The same configuration under our names. Members without a value are left out: they mean the default. */
export function withOurNames(value: unknown): Renamed {
  const problems: FieldFault[] = [];

  function visit(node: unknown, path: FieldPath): unknown {
    if (Array.isArray(node)) return node.map((item: unknown, index) => visit(item, [...path, index]));
    if (!isMapping(node)) return node;
    if (KNOWN_FIELDS.get(patternOf(path)) === 'record') return node;
    const members = new Map<string, unknown>();
    for (const [written, member] of Object.entries(node)) {
      if (member === null) continue;
      const name = ourName(written, path);
      if (members.has(name)) {
        problems.push({ path: [...path, name], told: fault('two-names') });
      }
      members.set(name, visit(member, [...path, name]));
    }
    const pattern = patternOf(path);
    if (pattern === 'providers[]') return fromGuide(members, path, problems);
    if (pattern === 'guards') return fromSecurity(members);
    if (pattern === 'monitoring') return monitoringFromGuide(members);
    const ttl = members.get('ttl');
    // The guide counts in seconds.
    if (pattern === 'cache' && typeof ttl === 'number') members.set('ttl', `${ttl}s`);
    return Object.fromEntries(pattern === 'logging' ? withLogFile(members) : members);
  }

  return { value: visit(value, []), problems };
}

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

export function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function ourName(written: string, parent: FieldPath): string {
  const known = (name: string): boolean => {
    const field = patternOf([...parent, name]);
    return KNOWN_FIELDS.has(field) || PLANNED_FIELDS.has(field);
  };
  const other = snakeCase(written);
  return !known(written) && known(other) ? other : written;
}

/** The gateway guide's provider: one key, a state in words, one time-out in milliseconds. */
function fromGuide(
  members: Map<string, unknown>,
  path: FieldPath,
  problems: FieldFault[],
): Readonly<Record<string, unknown>> {
  const apiKey = members.get('api_key') ?? members.get('apiKey');
  if (apiKey !== undefined) {
    const keys: unknown = members.get('keys') ?? [];
    members.delete('api_key');
    members.delete('apiKey');
    members.set('keys', isList(keys) ? [...keys, { id: 'api-key', value: apiKey }] : keys);
  }
  const status = members.get('status');
  if (status !== undefined) {
    members.delete('status');
    if (members.has('enabled')) {
      problems.push({
        path: [...path, 'status'],
        told: fault('status-twice'),
      });
    } else if (status !== 'online' && status !== 'offline') {
      problems.push({
        path: [...path, 'status'],
        told: fault('status-words'),
      });
    } else {
      members.set('enabled', status === 'online');
    }
  }
  const timeout = members.get('timeout');
  if (typeof timeout === 'number') members.set('timeout', { total: `${timeout}ms` });
  if (typeof timeout === 'string') members.set('timeout', { total: timeout });
  // Says whether a model is remote or local, which the gateway sees for itself.
  members.delete('supportedModelTypes');
  members.delete('supported_model_types');
  return Object.fromEntries(members);
}

/** The gateway guide's `security`: two switches beside what they switch. */
function fromSecurity(members: Map<string, unknown>): Readonly<Record<string, unknown>> {
  if (members.get('enableRequestValidation') === false) members.delete('max_query_length');
  if (members.get('enableContentFiltering') === false) members.delete('sensitive_patterns');
  members.delete('enableRequestValidation');
  members.delete('enableContentFiltering');
  return Object.fromEntries(members);
}

/** A file named without a destination is meant to be written; `{path, maxSize, maxFiles}` is the guide's form. */
function withLogFile(members: Map<string, unknown>): Map<string, unknown> {
  const file = members.get('file');
  if (isMapping(file)) {
    const { path, ...others } = file;
    if (path === undefined) members.delete('file');
    else members.set('file', path);
    for (const [name, value] of Object.entries(others)) members.set(snakeCase(name), value);
  }
  if (members.has('file') && !members.has('destination')) members.set('destination', 'both');
  return members;
}
