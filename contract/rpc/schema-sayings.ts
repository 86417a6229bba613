/**
 * What schemas say themselves of a value that does not fit. A schema hands on a text alone: what it is as data is
 * found by the text, so every sentence of a schema that a person may meet stands here.
 */
import type { Told } from './connect-sayings.ts';
import { fault } from './fault-words.ts';

export const SAID = {
  duration: fault('duration', { least: '1ms', most: '24h' }),
  durationOrZero: fault('duration', { least: '0s', most: '24h' }),
  backupEvery: fault('duration-or-never', { least: '1h', most: '90d' }),
  size: fault('size'),
  number: fault('number'),
  proxy: fault('proxy', { example: 'http://proxy.example:3128' }),
  port: fault('port', { least: 0, most: 65_535 }),
  identifier: fault('identifier', { limit: 64 }),
  scheme: fault('scheme'),
  addressForm: fault('address-form'),
  logLevel: fault('one-of-also', {
    values: 'debug, info, warn, error',
    others: 'trace, warning, fatal, panic',
  }),
  noProxyEntry: fault('entry-characters', { limit: '1,000' }),
  noProxyEntries: fault('most-entries', { count: 1_000 }, 'at most 1,000 entries are allowed'),
  patterns: fault('most-patterns', { limit: 100 }),
  patternName: fault('pattern-name'),
  patternForm: fault('pattern-or-form'),
  cacheType: fault('cache-memory'),
  budgetScope: fault('budget-scope'),
  keyWeight: fault('weight-of-key'),
  targetWeight: fault('weight-of-target'),
  timeOfDay: fault('time-of-day'),
  modelId: fault('model-name'),
  correction: fault('correction-empty'),
  price: fault('price-empty'),
  webhook: fault('webhook-address'),
  noKey: fault('paste-key'),
  longKey: fault('longest-key', { limit: '16,384' }),
  largeConfig: fault('config-large'),
  passphrase: fault('shortest-passphrase', { limit: 12 }),
  backupName: fault('backup-name'),
  toolName: fault('tool-name'),
  schemaName: fault('schema-name'),
  noPreset: fault('least-presets'),
  manyPresets: fault('most-presets-once', { limit: 100 }),
  terms: fault('most-terms', { limit: 20 }),
} satisfies Readonly<Record<string, Told>>;

const BY_TEXT: ReadonlyMap<string, Told> = new Map(Object.values(SAID).map((told) => [told.text, told]));

/** @returns undefined for what is no sentence of ours */
export const saidOf = (text: string): Told | undefined => BY_TEXT.get(text);
