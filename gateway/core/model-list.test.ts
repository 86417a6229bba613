import { describe, expect, test } from 'vitest';
import { readModels, renderModel, renderModels } from './model-list.ts';

const read = (body: unknown) =>
  readModels(Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)));

describe('readModels', () => {
  test.each([
    [
      'OpenAI',
      {
        object: 'list',
        data: [{ id: 'gpt-5', object: 'model', created: 1_755_000_000, owned_by: 'openai' }],
      },
      [{ id: 'gpt-5', created: 1_755_000_000, ownedBy: 'openai' }],
    ],
    [
      'OpenRouter, without an owner',
      { data: [{ id: 'a/b:free', created: 5.9, pricing: {} }] },
      [{ id: 'a/b:free', created: 5, ownedBy: '' }],
    ],
    [
      'Anthropic, with a date',
      { data: [{ type: 'model', id: 'claude', created_at: '2025-01-02T03:04:05Z' }] },
      [{ id: 'claude', created: 1_735_787_045, ownedBy: '' }],
    ],
    ['a bare array', [{ id: 'x' }], [{ id: 'x', created: 0, ownedBy: '' }]],
    ['an empty list', { data: [] }, []],
    [
      'bad rows and repetitions',
      { data: [null, 'x', { id: 7 }, { id: '' }, { id: 'a', created: 'now' }, { id: 'a', created: 9 }] },
      [{ id: 'a', created: 0, ownedBy: '' }],
    ],
  ])('%s', (_, body, expected) => {
    expect(read(body)).toEqual(expected);
  });

  test.each([['<html>'], ['{}'], ['{"data":{}}'], ['{"data":[1,2]}'], ['null'], ['']])(
    '%s is no list',
    (body) => {
      expect(read(body)).toBeUndefined();
    },
  );
});

test('rows carry the provider, and an owner in any case', () => {
  const model = { id: 'm', created: 3, ownedBy: '', provider: 'groq' };
  const row = { id: 'm', object: 'model', created: 3, owned_by: 'groq', provider: 'groq' };
  expect(JSON.parse(renderModel(model))).toEqual(row);
  expect(JSON.parse(renderModels([model, { ...model, ownedBy: 'Meta' }]))).toEqual({
    object: 'list',
    data: [row, { ...row, owned_by: 'Meta' }],
  });
});
