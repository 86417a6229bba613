/** A request holds tokens of its key's minute while it runs; when it has ended, however, it counts for what it was. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startFakeUpstream, type FakeRequest, type FakeUpstream } from '../testing/fake-upstream.ts';
import { KEY_ONE, startTestGateway, type TestGateway } from '../testing/test-gateway.ts';

let upstream: FakeUpstream;
let gateway: TestGateway;
beforeEach(async () => {
  upstream = await startFakeUpstream();
});
afterEach(async () => {
  await gateway.stop();
  await upstream.close();
});

const start = async (dialect: string): Promise<void> => {
  const key = { id: 'a', value: KEY_ONE, tpm: 1_500 };
  const own = { id: 'one', dialect, base_url: upstream.url, allow_private_network: true, models: ['m'] };
  gateway = await startTestGateway(JSON.stringify({ providers: [{ ...own, keys: [key] }] }), {
    // A request that waits for room is told soon that there is none.
    limits: { queue: 40 },
  });
};
const post = (path: string, body: object, signal: AbortSignal | null = null): Promise<Response> =>
  fetch(`${gateway.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'one/m', ...body }),
    signal,
  });

const asking = (most: number) => ({
  max_tokens: most,
  stream: true,
  messages: [{ role: 'user', content: 'hi' }],
});
const event = (data: { readonly type: string }): string =>
  `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`;
const BEGINNING = event({
  type: 'message_start',
  ...{ message: { id: 'msg_1', type: 'message', role: 'assistant', model: 'm', content: [] } },
  ...{ usage: { input_tokens: 20, output_tokens: 1 } },
});
const WHOLE = [
  BEGINNING,
  event({ type: 'content_block_start', ...{ index: 0, content_block: { type: 'text', text: 'x' } } }),
  event({
    type: 'message_delta',
    ...{ delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 7 } },
  }),
  event({ type: 'message_stop' }),
];

it.each<[string, (asked: FakeRequest) => void]>([
  ['before the head', (asked) => asked.hang()],
  [
    'before content',
    (asked) => {
      asked.head(200, { 'content-type': 'text/event-stream' });
      asked.write(BEGINNING);
    },
  ],
])('who leaves %s gives them back', async (_moment, script) => {
  await start('anthropic-messages');
  upstream.script(script);
  const leaving = new AbortController();
  const left = post('/v1/messages', asking(1_400), leaving.signal).catch(() => undefined);
  const asked = await upstream.nextRequest();
  leaving.abort();
  await Promise.all([left, asked.closed]);
  expect((await gateway.rows(1))[0]).toMatchObject({ outcome: 'client-left', firstContentAt: null });
  upstream.script((next) => next.sse(WHOLE));
  expect((await post('/v1/messages', asking(1_400))).status).toBe(200);
});

it('an answer that nobody can count stands for the longest it might be, and nobody waits for it to be shorter', async () => {
  await start('openai-chat');
  upstream.script((asked) => asked.json(200, { created: 1, data: [{ b64_json: 'AAAA' }] }));
  const picture = { prompt: 'a cat' };
  expect((await post('/v1/images/generations', picture)).status).toBe(200);
  expect((await post('/v1/images/generations', picture)).status).toBe(429);
});
