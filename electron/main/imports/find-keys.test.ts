import { describe, expect, it } from 'vitest';
import { findKeys } from './find-keys.ts';

const NONE: ReadonlySet<string> = new Set();

describe('keys in the environment', () => {
  it('are found under the variables of the built-in providers', () => {
    const found = findKeys(
      { OPENAI_API_KEY: ' sk-open \n', OPENROUTER_API_KEYS: 'or-1,or-2:5', SOMETHING_API_KEY: 'no' },
      NONE,
    );
    expect(found).toEqual([
      {
        name: 'OPENAI_API_KEY',
        provider: 'openai',
        providerName: 'OpenAI',
        keys: [{ value: 'sk-open', weight: 1 }],
      },
      {
        name: 'OPENROUTER_API_KEYS',
        provider: 'openrouter',
        providerName: 'OpenRouter',
        keys: [
          { value: 'or-1', weight: 1 },
          { value: 'or-2', weight: 5 },
        ],
      },
    ]);
  });

  it('are offered once, though two variables hold them', () => {
    const names = (environment: Readonly<Record<string, string>>): readonly string[] =>
      findKeys(environment, NONE).map(({ name }) => name);
    expect(names({ GOOGLE_API_KEY: 'g-1', GEMINI_API_KEY: 'g-1' })).toEqual(['GOOGLE_API_KEY']);
    expect(names({ GOOGLE_API_KEY: 'g-1', GEMINI_API_KEY: 'g-2' })).toEqual([
      'GOOGLE_API_KEY',
      'GEMINI_API_KEY',
    ]);
    expect(findKeys({ OPENROUTER_API_KEY: 'or-1', OPENROUTER_API_KEYS: 'or-1,or-2' }, NONE)).toMatchObject([
      { name: 'OPENROUTER_API_KEY' },
      { name: 'OPENROUTER_API_KEYS', keys: [{ value: 'or-2' }] },
    ]);
  });

  it.each([
    ['known already', { OPENAI_API_KEY: 'sk-known' }],
    ['empty', { OPENAI_API_KEY: '  ' }],
    ['no key', { OPENAI_API_KEY: 'two words' }],
    ['a list that cannot be understood', { OPENROUTER_API_KEYS: 'or-1:heavy' }],
    ['not there', {}],
  ])('are not offered when they are %s', (_case, environment) => {
    expect(findKeys(environment, new Set(['sk-known']))).toEqual([]);
  });
});
