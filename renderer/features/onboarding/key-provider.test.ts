import { expect, it } from 'vitest';
import { providerOfKey } from './key-provider.ts';

it.each([
  ['sk-ant-api03-x', 'anthropic'],
  ['  sk-or-v1-x', 'openrouter'],
  ['sk-proj-x', 'openai'],
  ['gsk_x', 'groq'],
  ['AIzaSy', 'google'],
  ['sk-1234', null],
  ['', null],
])('%j belongs to %s', (key, provider) => expect(providerOfKey(key)).toBe(provider));
