/** Answers whose provider counts the question at their beginning and the answer at their end, and that never end. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { RequestRow } from '../../contract/log/row.ts';
import { startFakeUpstream, type FakeRequest, type FakeUpstream } from '../testing/fake-upstream.ts';
import { KEY_ONE, startTestGateway, type TestGateway } from '../testing/test-gateway.ts';

let upstream: FakeUpstream;
let gateway: TestGateway;
beforeEach(async () => {
  upstream = await startFakeUpstream();
  gateway = await startTestGateway(
    JSON.stringify({
      providers: [
        {
          ...{ id: 'one', dialect: 'anthropic-messages', base_url: upstream.url, models: ['m'] },
          ...{ allow_private_network: true, keys: [{ id: 'a', value: KEY_ONE }] },
        },
      ],
      prices: [{ model: 'one/m', input: 1, output: 10 }],
      budgets: [{ scope: 'all', usd: 100 }],
    }),
  );
});
afterEach(async () => {
  await gateway.stop();
  await upstream.close();
});

const event = (data: { readonly type: string; readonly [member: string]: unknown }): string =>
  `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`;
const START = event({
  type: 'message_start',
  message: {
    ...{ id: 'msg_1', type: 'message', role: 'assistant', model: 'm', content: [], stop_reason: null },
    usage: { input_tokens: 1_000, cache_read_input_tokens: 500, output_tokens: 1 },
  },
});
const WORDS = 'hello '.repeat(200);
const SAID =
  event({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } }) +
  event({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: WORDS } });

const begin = (request: FakeRequest): void => {
  request.head(200, { 'content-type': 'text/event-stream' });
  request.write(START + SAID);
};
const ask = (signal?: AbortSignal): Promise<Response> =>
  fetch(`${gateway.url}/v1/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      ...{ model: 'one/m', max_tokens: 1_000, stream: true },
      messages: [{ role: 'user', content: 'hi' }],
    }),
    ...(signal === undefined ? {} : { signal }),
  });

/** The row once its cost is there. */
async function costed(): Promise<RequestRow | undefined> {
  await expect.poll(async () => (await gateway.rows(1))[0]?.cost ?? null, { timeout: 10_000 }).not.toBeNull();
  return (await gateway.rows(1))[0];
}

/** 1,500 at one dollar per million, and about 200 at ten. */
const expectCounted = (row: RequestRow | undefined): void => {
  expect(row).toMatchObject({ tokensEstimated: true, tokens: { input: 1_500, cacheRead: 500 } });
  expect(row?.tokens?.output).toBeGreaterThan(150);
  expect(row?.cost).toBe(1_500 * 1e6 + (row?.tokens?.output ?? 0) * 1e7);
};

it('what a client got before it left is paid, and not only its question', async () => {
  upstream.script(begin);
  const leaving = new AbortController();
  const answer = await ask(leaving.signal);
  await answer.body?.getReader().read();
  leaving.abort();
  const row = await costed();
  expect(row?.outcome).toBe('client-left');
  expectCounted(row);
  const budgets = await gateway.call('budgets.list');
  expect(budgets).toMatchObject({ data: [{ requests: 1, unpriced: 0, underWay: 0 }] });
});

it('so is what came before the answer broke off', async () => {
  upstream.script((request) => {
    begin(request);
    request.cut();
  });
  await (await ask()).text().catch(() => '');
  const row = await costed();
  expect(row?.outcome).toBe('cut');
  expectCounted(row);
});

it('counts that came to the end stand as they are', async () => {
  upstream.script((request) => {
    request.sse([
      START + SAID,
      event({ type: 'content_block_stop', index: 0 }),
      event({ type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 7 } }),
      event({ type: 'message_stop' }),
    ]);
  });
  await (await ask()).text();
  expect(await costed()).toMatchObject({
    ...{ outcome: 'ok', tokensEstimated: false, tokens: { input: 1_500, output: 7 } },
    cost: 1_500 * 1e6 + 7e7,
  });
});
