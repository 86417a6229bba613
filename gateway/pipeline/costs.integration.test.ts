/** What requests cost, from the answer of an upstream to the row in the log. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RequestRow } from '../../contract/log/row.ts';
import { startFakeUpstream, type FakeUpstream } from '../testing/fake-upstream.ts';
import { ANSWER, chunk, DONE, HEAD } from '../testing/openai-wire.ts';
import {
  KEY_ONE,
  memoryFile,
  providerYaml,
  startTestGateway,
  type TestGateway,
} from '../testing/test-gateway.ts';

const MESSAGES = [{ role: 'user', content: 'hi' }];
const COUNTS = {
  prompt_tokens: 10_000,
  completion_tokens: 500,
  total_tokens: 10_500,
  prompt_tokens_details: { cached_tokens: 8_000, cache_write_tokens: 1_000 },
};
/** 1,000 x 3 + 8,000 x 0.30 + 1,000 x 3.75 + 500 x 15 = 16,650 dollars per million. */
const COST = 16_650_000_000;

let upstream: FakeUpstream;
let gateway: TestGateway;
let seen = 0;

beforeAll(async () => {
  upstream = await startFakeUpstream();
  const renamed = `  - { id: openai, dialect: openai-chat, base_url: "${upstream.url}", allow_private_network: true, models: [my-deployment], keys: [{ id: a, value: ${KEY_ONE} }] }\n`;
  const providers = ['one', 'two', 'unpriced']
    .map((id) => providerYaml(id, upstream.url, [KEY_ONE]))
    .join('')
    .concat(`  - { id: ollama, base_url: "${upstream.url}", models: [m] }\n`)
    .concat(renamed);
  const text = `providers:
${providers}
models: [{ id: chain, targets: [{ model: one/m }, { model: two/m }] }]
cache: { enabled: true, only_deterministic: true }
prices:
  - { model: "one/*", input: 3, output: 15, cache_read: 0.3, cache_write: 3.75, tiers: [{ above: 200000, input: 6 }] }
  - { model: two/m, input: 1, output: 2 }
`;
  gateway = await startTestGateway('', { configFile: memoryFile(text) });
});
afterAll(async () => {
  await gateway.stop();
  await upstream.close();
});

const answerWith = (usage: object | undefined, more: object = {}): void =>
  upstream.script((request) => request.json(200, { ...ANSWER, usage, ...more }));

/** The answer, and the row once its cost is in it. */
async function ask(
  model: string,
  more: object = {},
  ready: (row: RequestRow) => boolean = ({ costDetail }) => costDetail !== null,
): Promise<{ readonly answer: Response; readonly row: RequestRow }> {
  const answer = await gateway.chat({ model, messages: MESSAGES, ...more });
  // Some of them break off.
  await answer.text().catch(() => '');
  seen += 1;
  for (let look = 0; look < 600; look += 1) {
    const row = (await gateway.rows(seen)).at(-1);
    if (row !== undefined && ready(row)) return { answer, row };
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('the row did not become ready');
}

const header = (answer: Response): string | null => answer.headers.get('x-switchyard-cost');

describe('the cost of a request', () => {
  it('stands in its row with the sum, and in a header of a whole answer', async () => {
    answerWith(COUNTS);
    const { answer, row } = await ask('one/m');
    expect(header(answer)).toBe('0.01665');
    expect(row.cost).toBe(COST);
    expect(row.costDetail).toEqual({
      pico: COST,
      reported: null,
      price: expect.objectContaining({
        source: 'override',
        name: 'one/*',
        asOf: null,
        fromTokens: null,
        factor: 1,
      }),
      lines: [
        { what: 'input', tokens: 1_000, rate: 3, pico: 3_000_000_000 },
        { what: 'cache-read', tokens: 8_000, rate: 0.3, pico: 2_400_000_000 },
        { what: 'cache-write', tokens: 1_000, rate: 3.75, pico: 3_750_000_000 },
        { what: 'output', tokens: 500, rate: 15, pico: 7_500_000_000 },
      ],
    });
  });

  it('of a long prompt is that of its tier', async () => {
    answerWith({ prompt_tokens: 200_001, completion_tokens: 0 });
    const { row } = await ask('one/m');
    expect(row.cost).toBe(200_001 * 6_000_000);
    expect(row.costDetail?.price).toMatchObject({ input: 6, output: 15, fromTokens: 200_001 });
  });

  it('of a stream comes with its end', async () => {
    const usage = `data: ${JSON.stringify({ ...ANSWER, object: 'chat.completion.chunk', choices: [], usage: COUNTS })}\n\n`;
    upstream.script((request) =>
      request.sse([HEAD, chunk({ content: 'hi' }), chunk({}, 'stop'), usage, DONE]),
    );
    const { answer, row } = await ask('one/m', { stream: true });
    expect(header(answer)).toBeNull();
    expect(row.cost).toBe(COST);
  });

  it('is what its provider says, with ours beside it', async () => {
    answerWith({ ...COUNTS, cost: 0.02 });
    const { answer, row } = await ask('one/m');
    expect(header(answer)).toBe('0.02');
    expect(row).toMatchObject({ cost: 0.02e12, costDetail: { pico: COST, reported: 0.02e12 } });
  });

  it('is unknown where nobody knows a price, and nothing where it runs here', async () => {
    answerWith(COUNTS);
    const unknown = await ask('unpriced/m');
    expect(header(unknown.answer)).toBeNull();
    expect(unknown.row).toMatchObject({ cost: null, costDetail: { pico: null, price: null, lines: [] } });
    const local = await ask('ollama/m');
    expect(header(local.answer)).toBe('0');
    expect(local.row).toMatchObject({ cost: 0, costDetail: { pico: 0, price: { source: 'free' } } });
  });

  it('of tokens that nobody told is that of the estimate', async () => {
    answerWith(undefined);
    const { answer, row } = await ask('one/m');
    expect(header(answer)).toBeNull();
    const { tokens } = row;
    expect(row.tokensEstimated).toBe(true);
    expect(row.cost).toBe((tokens?.input ?? 0) * 3_000_000 + (tokens?.output ?? 0) * 15_000_000);
    expect(row.cost).toBeGreaterThan(0);
  });

  it('of an answer from the cache is nothing, and says so', async () => {
    answerWith(COUNTS);
    const first = await ask('one/m', { temperature: 0 });
    expect(first.row).toMatchObject({ cache: 'miss', cost: COST });
    const { answer, row } = await ask('one/m', { temperature: 0 });
    expect(header(answer)).toBe('0');
    expect(row).toMatchObject({
      cache: 'hit',
      cost: 0,
      costDetail: { pico: 0, notes: [{ code: 'cached' }] },
    });
  });

  it('of an error that was not counted is none', async () => {
    upstream.script((request) => request.json(400, { error: { message: 'no' } }));
    const { row } = await ask('one/m', {}, ({ outcome }) => outcome === 'error');
    expect(row).toMatchObject({ cost: null, costDetail: null });
  });

  it('of an answer that broke off is what was counted until then', async () => {
    const counted = { ...ANSWER, object: 'chat.completion.chunk', choices: [], usage: COUNTS };
    upstream.script((request) => {
      request.head(200, { 'content-type': 'text/event-stream' });
      request.write(HEAD + chunk({ content: 'hi' }) + `data: ${JSON.stringify(counted)}\n\n`);
      request.cut();
    });
    const { row } = await ask('one/m', { stream: true });
    expect(row).toMatchObject({ outcome: 'cut', cost: COST });
  });

  it.each([{ choices: [] }, { choices: [], error: { code: 502, message: 'upstream is down' } }])(
    'counts a whole answer that was none: %j',
    async (broken) => {
      let calls = 0;
      upstream.script((request) => {
        calls += 1;
        request.json(200, calls === 1 ? { ...ANSWER, ...broken, usage: COUNTS } : ANSWER);
      });
      const { row } = await ask('chain');
      expect(row.attempts.map(({ provider }) => provider)).toEqual(['one', 'two']);
      expect(row.cost).toBe(COST + 5_000_000);
    },
  );

  it('counts an attempt that failed after its tokens were counted', async () => {
    // It has failed several times above, and would stand back.
    answerWith(COUNTS);
    await ask('one/m');
    const broken = {
      object: 'chat.completion.chunk',
      choices: [],
      usage: COUNTS,
      error: { code: 502, message: 'upstream is down' },
    };
    let calls = 0;
    upstream.script((request) => {
      calls += 1;
      if (calls === 1) return request.sse([`data: ${JSON.stringify(broken)}\n\n`]);
      const usage = { ...ANSWER, object: 'chat.completion.chunk', choices: [], usage: ANSWER.usage };
      return request.sse([
        HEAD,
        chunk({ content: 'hi' }, 'stop'),
        `data: ${JSON.stringify(usage)}\n\n`,
        DONE,
      ]);
    });
    const { row } = await ask('chain', { stream: true });
    expect(row.attempts.map(({ provider }) => provider)).toEqual(['one', 'two']);
    // 3 x 1 + 1 x 2 dollars per million for the second.
    expect(row.costDetail).toMatchObject({
      pico: 5_000_000,
      price: { name: 'two/m' },
      earlier: [{ provider: 'one', model: 'm', pico: COST }],
    });
    expect(row.cost).toBe(COST + 5_000_000);
  });
});

it('a name that no source prices costs what the model does that its answer names', async () => {
  answerWith({ prompt_tokens: 1_000, completion_tokens: 0 }, { model: 'gpt-4o-2024-08-06' });
  const { row } = await ask('openai/my-deployment');
  expect(row.costDetail).toMatchObject({
    pico: 2_500_000_000,
    price: { source: 'catalogue', name: expect.stringMatching(/gpt-4o/) },
  });
});

it('what counts for a model is told with what it stands above', async () => {
  expect(await gateway.call('prices.of', { model: 'one/m' })).toMatchObject({
    ok: true,
    data: {
      provider: 'one',
      model: 'm',
      rows: [{ source: 'override', name: 'one/*', inForce: true, input: 3 }],
    },
  });
  expect(await gateway.call('prices.of', { model: 'ollama/m' })).toMatchObject({
    ok: true,
    data: { rows: [{ source: 'free', inForce: true, input: 0 }] },
  });
  expect(await gateway.call('prices.of', { model: 'nobody/m' })).toMatchObject({
    ok: false,
    error: { code: 'not_found' },
  });
});
