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
