import { expect, it } from 'vitest';
import { newReferences, toldReference } from './imported-references.ts';

const open = (before: unknown, after: unknown): readonly string[] =>
  newReferences(before, after)
    .filter(({ hidden }) => !hidden)
    .map(toldReference);
const one = (more: object): object => ({ providers: [{ id: 'one', ...more }] });

it.each([
  [{ server: { api_key: '${A}' } }],
  [{ admin: { password: '${A}' } }],
  [{ clients: [{ id: 'me', key: '${A}' }] }],
  [{ monitoring: { webhook: { token: 'x${A}' } } }],
  [one({ keys: [{ id: 'k1', value: '${A}' }] })],
  [one({ headers: { 'x-any': 'Bearer ${A}' } })],
  [one({ base_url: '${A}', models_url: '${B:-https://b.example}', proxy: '${C}' })],
  [{ monitoring: { webhook: { url: '${A}' } } }],
  [{ network: { proxy: '${A:-none}' } }],
])('is hidden in %j', (source) => {
  expect(open({}, source)).toEqual([]);
  expect(newReferences({}, source).length).toBeGreaterThan(0);
});

it.each([
  [{ routing: { default_model: 'x${A}' } }, 'routing.default_model: A'],
  [{ server: { allowed_origins: ['https://x', '${A}'] } }, 'server.allowed_origins[1]: A'],
  [one({ name: '${A:-one}' }), 'providers[one].name: A'],
  [one({ base_url: 'https://${A}.example' }), 'providers[one].base_url: A'],
  [one({ base_url: '${A}${B}' }), 'providers[one].base_url: A'],
  [one({ keys: [{ id: 'k1', label: '${A}' }] }), 'providers[one].keys[k1].label: A'],
  [{ network: { proxy: 'http://${A}:1' } }, 'network.proxy: A'],
  [{ rules: [{ when: { header: { 'x-key': '${A}' } } }] }, 'rules[0].when.header.x-key: A'],
])('is open in %j', (source, place) => {
  expect(open({}, source)).toContain(place);
  expect(open(source, source)).toEqual([]);
});

it('is nothing new where a list without ids has it at another number', () => {
  const origins = (...all: string[]): object => ({ server: { allowed_origins: all } });
  expect(open(origins('${A}'), origins('https://x', '${A}'))).toEqual([]);
  expect(open(origins('${A}'), origins('https://x', '${B}'))).toEqual(['server.allowed_origins[1]: B']);
});

it('is new where it was hidden in the same place', () => {
  const before = one({ base_url: '${A}' });
  expect(open(before, before)).toEqual([]);
  expect(open(before, one({ base_url: 'https://evil.example/${A}' }))).toEqual([
    'providers[one].base_url: A',
  ]);
});

it('is none where the sign stands for itself', () => {
  expect(newReferences({}, { routing: { default_model: '$${A}' } })).toEqual([]);
});
