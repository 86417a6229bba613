import { describe, expect, it } from 'vitest';
import { providerOfKey } from './key-provider.ts';
import { snippet, SNIPPET_FORMATS } from './snippets.ts';

const FACTS = {
  address: 'http://127.0.0.1:8000',
  model: 'openai/gpt-5-mini',
  needsKey: false,
  windows: false,
};

describe('every snippet', () => {
  it.each(SNIPPET_FORMATS)('%s names the address', (format) => {
    for (const windows of [true, false]) {
      expect(snippet(format, { ...FACTS, windows })).toContain('http://127.0.0.1:8000/v1');
    }
  });

  it.each(SNIPPET_FORMATS)('%s leaves a place for the key where one is needed', (format) => {
    for (const windows of [true, false]) {
      expect(snippet(format, { ...FACTS, windows, needsKey: true })).toContain('YOUR_CLIENT_KEY');
      expect(snippet(format, { ...FACTS, windows })).not.toContain('YOUR_CLIENT_KEY');
    }
  });
});

it.each([
  ['sk-ant-api03-x', 'anthropic'],
  ['  sk-or-v1-x', 'openrouter'],
  ['sk-proj-x', 'openai'],
  ['gsk_x', 'groq'],
  ['AIzaSy', 'google'],
  ['sk-1234', null],
  ['', null],
])('%j belongs to %s', (key, provider) => expect(providerOfKey(key)).toBe(provider));
