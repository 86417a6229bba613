import { expect, test } from 'vitest';
import { endpointsAt } from './endpoints-at.ts';
import type { ProviderEndpoint } from './provider.ts';

const at = (dialect: ProviderEndpoint['dialect'], baseUrl: string): ProviderEndpoint => ({
  dialect,
  baseUrl,
  auth: 'bearer',
  countsTokens: false,
});
const chat = at('openai-chat', 'https://a.example/api/v1');
const messages = at('anthropic-messages', 'https://a.example/api');
const elsewhere = at('openai-responses', 'https://a.example/responses');
const basesOf = (own: string) =>
  endpointsAt([chat, messages, elsewhere], own).map(({ dialect, baseUrl }) => `${dialect} ${baseUrl}`);

test('what lies at the same place moves along, the rest stays behind', () =>
  expect(basesOf('http://proxy.example:81/v1')).toEqual([
    'openai-chat http://proxy.example:81/v1',
    'anthropic-messages http://proxy.example:81/v1',
  ]));

test.each([['https://a.example/api/v1'], ['https://a.example/api'], ['https://A.example/api/v1']])(
  '%s is its own address, in which nothing changes',
  (own) =>
    expect(basesOf(own)).toEqual([
      'openai-chat https://a.example/api/v1',
      'anthropic-messages https://a.example/api',
      'openai-responses https://a.example/responses',
    ]),
);

test('where no address is known all dialects are at the one that is given', () =>
  expect(
    endpointsAt([at('openai-chat', ''), at('anthropic-messages', '')], 'http://gpu:8001/v1').map(
      ({ baseUrl }) => baseUrl,
    ),
  ).toEqual(['http://gpu:8001/v1', 'http://gpu:8001/v1']));

test('how keys travel stays', () => expect(endpointsAt([chat], 'https://b.example')[0].auth).toBe('bearer'));
