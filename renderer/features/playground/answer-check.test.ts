import { describe, expect, it } from 'vitest';
import type { AnswerFormat } from '../../../contract/rpc/procedures/chat-content.ts';
import { checkAnswer } from './answer-check.ts';

const schema = (text: unknown): AnswerFormat => ({
  kind: 'schema',
  name: 'answer',
  strict: true,
  schema: typeof text === 'string' ? text : JSON.stringify(text),
});
const list = schema({
  type: 'object',
  properties: {
    items: { type: 'array', items: { $ref: '#/$defs/item' } },
    kind: { enum: ['a', 'b'] },
  },
  required: ['items'],
  additionalProperties: false,
  $defs: { item: { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] } },
});

describe('an answer', () => {
  it.each([
    [{ kind: 'text' } as const, 'anything', null],
    [{ kind: 'json' } as const, '{"a":1}', { problems: [] }],
    [{ kind: 'json' } as const, 'Sure: {"a":1}', { problems: null }],
    [list, '{"items":[{"name":"x"}]}', { problems: [] }],
    [list, 'no', { problems: null }],
    [schema('{'), '{}', null],
    [schema({ $ref: '#/$defs/none' }), '{}', null],
  ])('of format %j that says %j is judged %j', async (format, text, check) => {
    expect(await checkAnswer(format, text)).toEqual(check);
  });

  it.each([
    [{ prefixItems: [{ type: 'number' }], items: false }, '[1,2,3]', ['/1', '/2']],
    [{ properties: { secret: false } }, '{"secret":1}', ['/secret']],
    [{ patternProperties: { '^x_': false } }, '{"x_a":1,"b":2}', ['/x_a']],
    [{ allOf: [false] }, '{}', ['']],
    [{ $ref: '#/$defs/none', $defs: { none: false } }, '{}', ['']],
  ])('of the schema %j that says %s has what may not stand at %j', async (forbids, text, paths) => {
    const check = await checkAnswer(schema(forbids), text);
    expect(check?.problems).toEqual(paths.map((path) => ({ path, message: null })));
  });

  it.each([
    [{ additionalProperties: false }, '{"a":1}'],
    [{ anyOf: [false, { type: 'number' }] }, '{}'],
    [{ if: true, then: false }, '{}'],
  ])('of the schema %j that says %s is told of it in the words of the keyword', async (forbids, text) => {
    const check = await checkAnswer(schema(forbids), text);
    expect(check?.problems).not.toEqual([]);
    for (const { message } of check?.problems ?? []) expect(message).toMatch(/\w/);
  });

  it.each([
    ['{}', ['']],
    ['{"items":[{"name":1}]}', ['/items/0/name']],
    ['{"items":[{"name":"x"},{}]}', ['/items/1']],
    ['{"items":[],"more":1}', ['']],
    ['{"items":[],"kind":"c"}', ['/kind']],
    ['{"items":{},"kind":"c"}', ['/items', '/kind']],
    ['[]', ['']],
  ])('%s is wrong at %j', async (text, paths) => {
    const check = await checkAnswer(list, text);
    expect(check?.problems?.map(({ path }) => path)).toEqual(paths);
    for (const { message } of check?.problems ?? []) expect(message).toMatch(/\w/);
  });
});
