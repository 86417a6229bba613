import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { configSchema } from '../../contract/config/schema.ts';
import { applyEdits } from './edit.ts';
import { readText } from './document.ts';
import { isMapping } from './field-names.ts';
import { KNOWN_FIELDS } from './known-fields.ts';
import { NO_OVERRIDES } from './overrides.ts';
import { parseConfig } from './parse.ts';
import { patternOf, type FieldPath } from './problem.ts';

const text = await readFile(new URL('../../config.example.yaml', import.meta.url), 'utf8');
// A client's key has no default that others could know.
const context = { environment: { LAPTOP_KEY: 'k' }, overrides: NO_OVERRIDES, builtIn: ['openai'] };

function* settingsIn(value: unknown, path: FieldPath = []): Generator<string> {
  yield patternOf(path);
  if (KNOWN_FIELDS.get(patternOf(path)) === 'record') return;
  const members = Array.isArray(value) ? [...value.entries()] : isMapping(value) ? Object.entries(value) : [];
  for (const [step, member] of members) yield* settingsIn(member, [...path, step]);
}

it('the example is valid, and its only warning is of the key it shows', () => {
  const { warnings } = parseConfig(text, {
    ...context,
    environment: { OPENAI_API_KEY: 'sk-1', LAPTOP_KEY: 'k' },
  });
  expect(warnings).toEqual([]);
});

it('the example shows every setting there is', () => {
  const shown = new Set(settingsIn(readText(text).value));
  const lists = /\[\]$/;
  expect([...KNOWN_FIELDS.keys()].filter((name) => !lists.test(name) && !shown.has(name))).toEqual([]);
});

it('what the example calls a default is one', () => {
  const { server, admin, network, routing, guards, cache, requests, logging } = parseConfig(
    text,
    context,
  ).config;
  const { timeout, ...others } = routing;
  const defaults = configSchema.parse({});
  // Patterns are shown, as providers and budgets are.
  const shown = { ...guards, sensitive_patterns: [] };
  expect({ server, admin, network, guards: shown, cache, requests, logging }).toEqual({
    server: defaults.server,
    admin: defaults.admin,
    network: defaults.network,
    guards: defaults.guards,
    cache: defaults.cache,
    requests: defaults.requests,
    logging: defaults.logging,
  });
  expect({ ...others, timeout: {} }).toEqual(defaults.routing);
  expect(timeout).toEqual({ connect: 10_000, first_content: 300_000, idle: 300_000, total: 1_800_000 });
});

it('a change touches its own lines only', () => {
  const edited = applyEdits(text, [
    { op: 'set', path: ['providers', { id: 'openai' }, 'enabled'], value: false },
  ]);
  expect(edited).toBe(text.replace('enabled: true', 'enabled: false'));
});
