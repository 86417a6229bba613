import { expect, test } from 'vitest';
import { renderModel, renderModels } from './models.ts';

const model = (id: string, rest = {}) => ({ id, created: 0, ownedBy: '', provider: 'p', ...rest });
const facts = { name: 'Claude Opus 5', contextTokens: 1_000_000, maxOutputTokens: 128_000 };

test('rows say what is known', () => {
  const known = model('claude-opus-5', { created: 1_764_000_000, facts });
  expect(JSON.parse(renderModels([known, model('gpt')]))).toEqual({
    data: [
      {
        type: 'model',
        id: 'claude-opus-5',
        display_name: 'Claude Opus 5',
        created_at: '2025-11-24T16:00:00Z',
        max_input_tokens: 1_000_000,
        max_tokens: 128_000,
      },
      { type: 'model', id: 'gpt', display_name: 'gpt', created_at: '1970-01-01T00:00:00Z' },
    ],
    has_more: false,
    first_id: 'claude-opus-5',
    last_id: 'gpt',
  });
});

test('an empty list has neither first nor last', () => {
  expect(JSON.parse(renderModels([]))).toEqual({ data: [], has_more: false, first_id: null, last_id: null });
});

test('one alone', () => {
  expect(JSON.parse(renderModel(model('a')))).toMatchObject({ type: 'model', id: 'a' });
});
