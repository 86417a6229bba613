import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { configSchema } from '../../contract/config/schema.ts';
import { fault } from '../../contract/rpc/fault-words.ts';
import { FAULTS } from '../../contract/rpc/faults.ts';
import { SAID, saidOf } from '../../contract/rpc/schema-sayings.ts';
import en from '../../resources/locales/en.json' with { type: 'json' };
import zh from '../../resources/locales/zh-CN.json' with { type: 'json' };
import { parse } from '../testing/parse-text.ts';
import { toldGaps } from '../testing/told-gaps.ts';
import { issueSayings } from './issue-sayings.ts';
import { validate } from './validate.ts';

const isGroup = (value: unknown): value is object => typeof value === 'object' && value !== null;
/** Signs that a file of words has to write as texts. */
const plain = (words: string): string => words.replaceAll(/\{'(.)'\}/g, '$1');

describe('the English of faults is that of pages in English', () => {
  it.each(FAULTS)('%s', (code) => {
    const forms = plain(en.refusals.faults[code]).split(' | ');
    expect(fault(code).text).toBe(forms.at(-1));
    expect(fault(code, { count: 1 }).text).toBe(forms[0]?.replace('{count}', '1'));
  });
});

it('puts values in, in one go', () => {
  expect(fault('unknown-near', { near: '{near}' }).text).toBe(
    'this setting is not known; did you mean {near}?',
  );
  expect(fault('clear-secrets', { paths: 'a' }).text).toContain('clear text: a. Write ${NAME} and');
});

describe('what zod finds wrong', () => {
  const schema = z.strictObject({
    text: z.optional(z.string().check(z.minLength(2), z.maxLength(3))),
    list: z.optional(z.array(z.string()).check(z.minLength(1), z.maxLength(1))),
    number: z.optional(z.number().check(z.gt(0), z.maximum(9))),
    whole: z.optional(z.int().check(z.minimum(1))),
    size: z.optional(z.number().check(z.refine((value) => value > 0, SAID.size.text))),
    word: z.optional(z.enum(['a', 'b'])),
    flag: z.optional(z.boolean()),
    date: z.optional(z.date()),
    own: z.optional(z.string().check(z.refine((text) => text === '', 'of nobody'))),
    needed: z.string(),
  });
  it.each([
    [{ text: 1 }, { code: 'text', values: {} }],
    [{ text: 'a' }, { code: 'least-characters', values: { count: 2 } }],
    [{ text: 'abcd' }, { code: 'most-characters', values: { count: 3 } }],
    [{ list: {} }, { code: 'list', values: {} }],
    [{ list: [] }, { code: 'least-entries', values: { count: 1 }, text: 'at least 1 entry is needed' }],
    [{ list: ['a', 'b'] }, { code: 'most-entries', values: { count: 1 } }],
    [{ number: 0 }, { code: 'beyond', values: { limit: 0 } }],
    [{ number: 10 }, { code: 'most', values: { limit: 9 } }],
    [{ whole: 0 }, { code: 'least', values: { limit: 1 } }],
    [{ whole: 1.5 }, { code: 'whole-number', values: {} }],
    [{ size: 0 }, { code: 'size', values: {} }],
    [{ word: 'c' }, { code: 'one-of', values: { values: 'a, b' } }],
    [{ flag: 1 }, { code: 'true-or-false', values: {} }],
    [{ date: 1 }, { code: 'not-understood', values: {} }],
    [{ odd: 1 }, { code: 'unknown-names', values: { names: 'odd' } }],
    [{ own: 'a' }, { code: 'as-said', values: { message: 'of nobody' } }],
    [{ needed: undefined }, { code: 'missing', values: {} }],
  ])('%j', (value, told) => {
    const sayings = issueSayings();
    const judged = schema.safeParse({ needed: '', ...value }, { error: sayings.error });
    const [found] = judged.success ? [] : judged.error.issues.map(({ message }) => sayings.told(message));
    expect(found).toMatchObject(told);
  });
});

/** Sentences that the schemas of the configuration bring along. */
function ownSentences(schema: unknown, seen = new Set<unknown>()): readonly string[] {
  if (!isGroup(schema) || seen.has(schema)) return [];
  seen.add(schema);
  const inner = '_zod' in schema && isGroup(schema._zod) && 'def' in schema._zod ? schema._zod.def : schema;
  if (!isGroup(inner)) return [];
  const own: unknown =
    'error' in inner && typeof inner.error === 'function'
      ? Reflect.apply(inner.error, undefined, [{}])
      : null;
  return [
    ...(typeof own === 'string' ? [own] : []),
    ...Object.values(inner).flatMap((part) => ownSentences(part, seen)),
  ];
}

it('every sentence that the schema of the configuration brings along has a code', () => {
  const own = ownSentences(configSchema);
  expect(new Set(own).size).toBeGreaterThan(15);
  expect(own.filter((text) => saidOf(text) === undefined)).toEqual([]);
});

it('an address says what is wrong with it as data', () => {
  const judged = validate({ providers: [{ id: 'a', base_url: 'ftp://x', models_url: 'https://u@x' }] });
  const codes = judged.ok ? [] : judged.faults.map(({ told }) => told.code);
  expect(codes).toEqual(['scheme', 'address-form']);
});

describe('what is to be said of a configuration in force', () => {
  const key = (name: string): string => `{ id: ${name}, value: sk-clear-${name} }`;
  const file = (...names: readonly string[]): string =>
    `providers: [{ id: openai, keys: [${names.map(key).join(', ')}] }]`;
  it.each([
    ['a secret', file('a'), { code: 'clear-secrets', values: { paths: 'providers[0].keys[0].value' } }],
    [
      'secrets',
      file('a', 'b', 'c', 'd', 'e', 'f', 'g'),
      { code: 'clear-secrets-more', values: { count: 2 } },
    ],
    [
      'a key without a value',
      'providers: [{ id: openai, keys: [{ id: a, value: "" }] }]',
      { code: 'key-empty', values: { place: 'providers[0].keys[0].value' } },
    ],
    [
      'a key of no variable',
      'providers: [{ id: openai, keys: [{ id: a, value: "${NO_KEY}" }] }]',
      { code: 'key-unset', values: { names: 'NO_KEY' } },
    ],
    [
      'a key of clients',
      'clients: [{ id: a, key: sy-1 }]\nproviders: [{ id: openai, keys: [{ id: a, value: sy-1 }] }]',
      { code: 'key-of-clients', values: { place: 'providers[0].keys[0].value' } },
    ],
    [
      'an empty variable',
      'server: { host: "localhost${NO_HOST}" }',
      { code: 'unset-variables', values: { path: 'server.host', names: 'NO_HOST' } },
    ],
    ['times', 'routing: { cooldown: { base: 30s, ceiling: 1s } }', { code: 'ceiling-raised' }],
  ])('%s', (_, text, told) => {
    const [warning] = parse(text).warnings;
    expect(warning).toMatchObject(told);
    if (warning !== undefined) expect(toldGaps([en, zh], warning)).toEqual([]);
  });
});
