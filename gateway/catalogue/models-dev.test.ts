import { describe, expect, it } from 'vitest';
import { findModel, readModelsDev } from './models-dev.ts';

const known = readModelsDev({
  'gpt-5': {
    id: 'gpt-5',
    name: 'GPT-5',
    reasoning: true,
    tool_call: true,
    release_date: '2025-08-07',
    modalities: { input: ['text', 'image', 'pdf'], output: ['text'] },
    limit: { context: 400_000, output: 128_000 },
  },
  bare: { id: 'bare', release_date: '2025', limit: { context: 0 } },
  told: { id: 'told', tool_call: false, reasoning: false, structured_output: false },
  'opus-4-1-20250601': { id: 'opus-4-1-20250601', name: 'Opus, June' },
  'opus-4-1-20250805': { id: 'opus-4-1-20250805', name: 'Opus, August' },
  odd: null,
});

describe('the models.dev data', () => {
  it('reads context, longest answer, capabilities and release', () => {
    expect(known.get('gpt-5')).toEqual({
      name: 'GPT-5',
      contextTokens: 400_000,
      outputs: ['text'],
      maxOutputTokens: 128_000,
      capabilities: ['tools', 'vision', 'files', 'reasoning'],
      unknownCapabilities: ['structured-output'],
      releasedAt: Date.UTC(2025, 7, 7),
    });
  });

  it('a field that is absent says nothing, one that is there says no', () => {
    expect(known.get('bare')?.unknownCapabilities).toEqual(['tools', 'reasoning', 'structured-output']);
    expect(known.get('told')).toMatchObject({ capabilities: [] });
    expect(known.get('told')?.unknownCapabilities).toBeUndefined();
  });

  it('zero stands for what is not known', () => {
    expect(known.get('bare')).toMatchObject({ name: null, contextTokens: null, capabilities: [] });
  });

  it.each([
    ['gpt-5', 'GPT-5'],
    ['gpt-5-2025-08-07', 'GPT-5'],
    ['gpt-5-20250807', 'GPT-5'],
    ['gpt-5-latest', 'GPT-5'],
    ['gpt-5:free', 'GPT-5'],
    ['opus-4-1', 'Opus, August'],
    ['opus-4-1-latest', 'Opus, August'],
    ['opus-4-1-20250601', 'Opus, June'],
    ['opus-4', undefined],
    ['gpt-5-mini', undefined],
    ['gpt', undefined],
    ['constructor', undefined],
    ['odd', undefined],
  ])('%s is found as %s', (id, name) => expect(findModel(known, id)?.name).toBe(name));

  it.each([[null], ['x'], [[]], [7]])('%j holds nothing', (models) =>
    expect(readModelsDev(models).size).toBe(0),
  );
});
