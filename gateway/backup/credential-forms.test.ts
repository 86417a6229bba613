import { expect, it } from 'vitest';
import { hideSecrets } from './hide-secrets.ts';

const hidden = (text: string): string | null => hideSecrets(text, [], { mark: 'LEFT-OUT', webhooks: true });

it.each([
  ['# old: sk-proj-AAAABBBBCCCCDDDD\na: 1\n', '# old: LEFT-OUT\na: 1\n'],
  ['keys:\n  # - { id: k2, value: hunter2 }\n', 'keys:\n  # - { id: k2, value: LEFT-OUT }\n'],
  ['#  api_key: "hunter2"\n', '#  api_key: "LEFT-OUT"\n'],
  ['a: 1 # Authorization: Bearer abcdefgh\n', 'a: 1 # Authorization: Bearer LEFT-OUT\n'],
  ['# AIzaSyA0123456789abcdefghij\n', '# LEFT-OUT\n'],
  ['#password: hunter2\n', '#password: LEFT-OUT\n'],
])('hides what was commented out: %j', (text, expected) => expect(hidden(text)).toBe(expected));

it.each([
  'headers: { X-Custom: Bearer abcdef }',
  'headers: { x-session: 0123456789abcdef }',
  'headers: { Ocp-Apim-Subscription: plain }',
  'headers: { x-other: sk-0123456789abcdef }',
  'keys: [{ id: k1, label: sk-0123456789abcdef }]',
])('hides by name or form in %j', (text) => {
  expect(hidden(text)).toContain('LEFT-OUT');
  expect(hidden(text)).not.toMatch(/abcdef|plain/);
});

it.each([
  '# keys are tried in order\na: 1\n',
  '# value: ${OPENAI_API_KEY}\na: 1\n',
  'headers: { Accept-Language: en, x-org: org-123 }\n',
  'a: "b#c" # note\n',
])('leaves %j', (text) => expect(hidden(text)).toBe(text));
