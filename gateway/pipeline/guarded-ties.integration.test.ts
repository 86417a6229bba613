/** What a provider has to fetch or to log in with reaches it as it came, in the client's format and in another. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startFakeUpstream, type FakeUpstream } from '../testing/fake-upstream.ts';
import { ANSWER } from '../testing/openai-wire.ts';
import { KEY_ONE, startTestGateway, type TestGateway } from '../testing/test-gateway.ts';

let upstream: FakeUpstream;
let gateway: TestGateway;

const DIALECTS = ['openai-chat', 'openai-responses', 'anthropic-messages', 'gemini'];
/** The first is the card of the example. */
const PATTERNS = [
  { pattern: '\\b(?:\\d[ -]?){13,16}\\b', name: 'card', action: 'mask' },
  { pattern: 'ghp_[A-Za-z0-9]{10,}', action: 'reject' },
];

beforeAll(async () => {
  upstream = await startFakeUpstream();
  upstream.script((request) => request.json(200, ANSWER));
  const providers = DIALECTS.map((dialect) => ({
    ...{ id: dialect, dialect, base_url: upstream.url, allow_private_network: true, models: ['m'] },
    keys: [{ id: 'a', value: KEY_ONE }],
  }));
  gateway = await startTestGateway(JSON.stringify({ providers, guards: { sensitive_patterns: PATTERNS } }));
});
afterAll(async () => {
  await gateway.stop();
  await upstream.close();
});

async function sent(path: string, body: object): Promise<string> {
  const before = upstream.requests.length;
  await fetch(`${gateway.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return upstream.requests[before]?.body.toString() ?? '';
}

const PICTURE = 'https://cdn.example.com/up/1732712345678.png';
const CARD = { type: 'text', text: 'card 4111 1111 1111 1111' };
const TOKEN = 'ghp_abcdefghij1234567890';

it.each(['openai-chat', 'openai-responses', 'anthropic-messages'])(
  'the address of a picture reaches %s, and words beside it are masked',
  async (dialect) => {
    const body = await sent('/v1/messages', {
      ...{ model: `${dialect}/m`, max_tokens: 5 },
      messages: [{ role: 'user', content: [CARD, { type: 'image', source: { type: 'url', url: PICTURE } }] }],
    });
    expect(body).toContain('card [masked card]');
    expect(body).toContain(PICTURE);
  },
);

it('the address of a film reaches Gemini, and words beside it are masked', async () => {
  const body = await sent('/v1beta/models/gemini%2Fm:generateContent', {
    contents: [{ parts: [{ text: CARD.text }, { fileData: { mimeType: 'video/mp4', fileUri: PICTURE } }] }],
  });
  expect(body).toContain('card [masked card]');
  expect(body).toContain(PICTURE);
});

it('the token of an MCP server reaches its provider', async () => {
  const tool = { type: 'mcp', server_label: 'gh', server_url: 'https://x.test/mcp', authorization: TOKEN };
  const responses = { model: 'openai-responses/m', input: 'hi', tools: [tool] };
  expect(await sent('/v1/responses', responses)).toContain(TOKEN);
  const server = { type: 'url', name: 'gh', url: 'https://x.test/mcp', authorization_token: TOKEN };
  const messages = [{ role: 'user', content: 'hi' }];
  const body = { model: 'anthropic-messages/m', max_tokens: 5, messages, mcp_servers: [server] };
  expect(await sent('/v1/messages', body)).toContain(TOKEN);
});

it('the same token in words reaches nobody', async () => {
  expect(await sent('/v1/responses', { model: 'openai-responses/m', input: TOKEN })).toBe('');
});
