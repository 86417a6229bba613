import { expect, test } from 'vitest';
import { OPENAI_CHAT } from '../../core/provider.ts';
import { kindOf } from './model-kind.ts';

const kind = (model: string, facts = {}) =>
  kindOf({ provider: 'openai', name: 'openai', model, facts, chat: OPENAI_CHAT });

test.each([
  ['o3', true, 'low medium high', 'never'],
  ['o4-mini-2025-04-16', true, 'low medium high', 'never'],
  ['gpt-5', true, 'minimal low medium high', 'never'],
  ['openai/gpt-5-mini', true, 'minimal low medium high', 'never'],
  ['gpt-5-codex', true, 'low medium high', 'never'],
  ['gpt-5-pro', true, 'high', 'never'],
  ['gpt-5.1', true, 'none low medium high', 'with-effort-none'],
  ['gpt-5.1-codex-max', true, 'low medium high xhigh', 'with-effort-none'],
  ['gpt-5.2-2025-12-11', true, 'none low medium high xhigh', 'with-effort-none'],
  ['gpt-5.6', true, 'none low medium high xhigh max', 'with-effort-none'],
  ['gpt-5.10', true, 'none low medium high xhigh max', 'with-effort-none'],
  ['gpt-6-astra', true, 'low medium high xhigh max', 'never'],
  ['gpt-4o', false, null, 'always'],
  ['gpt-4.1-mini', false, null, 'always'],
  ['gpt-3.5-turbo', false, null, 'always'],
  ['chatgpt-4o-latest', false, null, 'always'],
  ['gpt-5-chat-latest', false, null, 'always'],
  ['gpt-oss-120b', null, null, 'always'],
  ['omni-moderation', null, null, 'always'],
])('%s', (model, reasons, efforts, sampling) => {
  const found = kind(model);
  expect([found.reasons, found.efforts?.join(' ') ?? null, found.sampling]).toEqual([
    reasons,
    efforts,
    sampling,
  ]);
});

test('of other models only the catalogue knows whether they reason', () => {
  expect(kind('qwen3', { capabilities: ['reasoning'] }).reasons).toBe(true);
  expect(kind('qwen3', { capabilities: ['tools'] }).reasons).toBe(false);
  expect(kind('qwen3', { capabilities: null }).reasons).toBeNull();
});
