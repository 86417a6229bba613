/** Rows of answers that brought no token counts, against a whole gateway. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RequestRow } from '../../contract/log/row.ts';
import { startFakeUpstream, type FakeRequest, type FakeUpstream } from '../testing/fake-upstream.ts';
import { chunk, DONE } from '../testing/openai-wire.ts';
import { KEY_ONE, providerYaml, startTestGateway, type TestGateway } from '../testing/test-gateway.ts';

let upstream: FakeUpstream;
let gateway: TestGateway;
beforeEach(async () => {
  upstream = await startFakeUpstream();
  gateway = await startTestGateway(`providers:\n${providerYaml('one', upstream.url, [KEY_ONE])}`);
});
afterEach(async () => {
  await gateway.stop();
  await upstream.close();
});

const ASKED = { model: 'one/m', messages: [{ role: 'user', content: 'hello world' }] };
const answerWith = (usage: object | undefined) => ({
  id: 'c',
  object: 'chat.completion',
  model: 'm',
  choices: [
    { index: 0, message: { role: 'assistant', content: 'hello world again' }, finish_reason: 'stop' },
  ],
  usage,
});
/** The row once its counts are there. */
async function counted(): Promise<RequestRow | undefined> {
  await expect.poll(async () => (await gateway.rows(1))[0]?.tokensEstimated, { timeout: 10_000 }).toBe(true);
  return (await gateway.rows(1))[0];
}
// Two words, and the frames of the message and of the answer.
const INPUT = 8;

it('a whole answer without counts is counted here, and the row says so', async () => {
  upstream.script((asked) => asked.json(200, answerWith(undefined)));
  const answer = await gateway.chat(ASKED);
  // What the client gets is what the upstream sent.
  expect(await answer.json()).not.toHaveProperty('usage');
  const row = await counted();
  expect(row).toMatchObject({
    outcome: 'ok',
    tokens: { input: INPUT, output: 3, reasoning: 0, cacheRead: 0, cacheWrite: 0 },
  });
  const body = await gateway.call('requests.body', { id: row?.id, part: 'response' });
  expect(JSON.stringify(body)).toContain('hello world again');
});

it('so is a stream, and the body need not be logged for it', async () => {
  upstream.script((asked) =>
    asked.sse([
      chunk({ role: 'assistant' }),
      chunk({ content: 'hello' }),
      chunk({ content: ' world' }, 'stop'),
      DONE,
    ]),
  );
  const answer = await gateway.chat({ ...ASKED, stream: true }, { 'x-switchyard-log': 'metadata' });
  await answer.text();
  const row = await counted();
  expect(row).toMatchObject({ tokens: { input: INPUT, output: 2 } });
  const body = await gateway.call('requests.body', { id: row?.id, part: 'response' });
  expect(JSON.stringify(body)).not.toContain('hello');
});

it('counts of the provider stand as they are', async () => {
  upstream.script((asked) =>
    asked.json(200, answerWith({ prompt_tokens: 100, completion_tokens: 50, total_tokens: 150 })),
  );
  await (await gateway.chat(ASKED)).text();
  expect((await gateway.rows(1))[0]).toMatchObject({
    tokensEstimated: false,
    tokens: { input: 100, output: 50 },
  });
});

it('an error has no counts', async () => {
  upstream.script((asked) => asked.json(400, { error: { message: 'no' } }));
  await (await gateway.chat(ASKED)).text();
  expect((await gateway.rows(1))[0]).toMatchObject({ tokensEstimated: false, tokens: null });
});

const PICTURE = {
  type: 'image_url',
  image_url: { url: `data:image/png;base64,${'iVBORw0KGgo'.repeat(400_000)}` },
};
it.each([
  ['too long to be read', [{ role: 'user', content: 'word '.repeat(840_000) }], 1_050_000],
  ['too long to be read, but for its picture', [{ role: 'user', content: [PICTURE] }], 1_600],
  [
    'of parts nobody knows',
    [{ role: 'user', content: [{ type: 'new', text: 'word '.repeat(8_000) }] }],
    10_000,
  ],
])('a question %s is taken by its length', async (_name, messages, least) => {
  upstream.script((asked) => asked.json(200, answerWith(undefined)));
  await (await gateway.chat({ ...ASKED, messages })).text();
  const { tokens } = (await counted()) ?? {};
  expect(tokens?.output).toBe(3);
  expect(tokens?.input).toBeGreaterThanOrEqual(least);
  expect(tokens?.input).toBeLessThan(least + 100);
});

describe('a client that leaves at the end of the answer, before the counts', () => {
  const COUNTS = { prompt_tokens: 100, completion_tokens: 50, total_tokens: 150 };
  const WORDS = chunk({ role: 'assistant' }) + chunk({ content: 'hello' }, 'stop');
  const USAGE = `data: ${JSON.stringify({ ...answerWith(COUNTS), object: 'chat.completion.chunk', choices: [] })}\n\n`;

  /** @param linger ms that counts are awaited */
  async function leave(linger: number): Promise<FakeRequest> {
    await gateway.stop();
    gateway = await startTestGateway(`providers:\n${providerYaml('one', upstream.url, [KEY_ONE])}`, {
      limits: { linger },
    });
    upstream.script((asked) => {
      asked.head(200, { 'content-type': 'text/event-stream' });
      asked.write(WORDS);
    });
    const leaving = new AbortController();
    const answer = await gateway.chat({ ...ASKED, stream: true }, {}, leaving.signal);
    await answer.body?.getReader().read();
    leaving.abort();
    return upstream.nextRequest();
  }

  it('is told what they are', async () => {
    const asked = await leave(60_000);
    // Long enough to be noticed by a gateway that would hang up.
    await Promise.race([asked.closed, new Promise((resolve) => setTimeout(resolve, 300))]);
    asked.write(USAGE);
    await asked.closed;
    expect((await gateway.rows(1))[0]).toMatchObject({
      ...{ outcome: 'client-left', status: 499, tokensEstimated: false },
      tokens: { input: 100, output: 50 },
    });
  });

  it('is told an estimate where they do not come', async () => {
    const asked = await leave(50);
    await asked.closed;
    expect(await counted()).toMatchObject({ outcome: 'client-left', tokens: { input: INPUT, output: 1 } });
  });

  it.each([DONE, undefined])('is told one where the answer ends without them, with %j', async (end) => {
    const asked = await leave(60_000);
    if (end === undefined) asked.cut();
    else asked.write(end);
    await asked.closed;
    expect(await counted()).toMatchObject({ outcome: 'client-left', tokens: { input: INPUT, output: 1 } });
  });
});
