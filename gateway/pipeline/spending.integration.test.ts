/** What requests may cost, and how many a client may send: told and refused in the client's own format. */
import { englishOf } from '../testing/english-of.ts';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startFakeUpstream, type FakeUpstream } from '../testing/fake-upstream.ts';
import { ANSWER, ASK, chunk, DONE, HEAD } from '../testing/openai-wire.ts';
import { createSkewedClock } from '../testing/skewed-clock.ts';
import {
  KEY_ONE,
  KEY_TWO,
  providerYaml,
  startTestGateway,
  type TestGateway,
} from '../testing/test-gateway.ts';

let upstream: FakeUpstream;
let gateway: TestGateway | undefined;

beforeEach(async () => {
  upstream = await startFakeUpstream();
  upstream.script((request) => request.json(200, costing(1)));
});
afterEach(async () => {
  await gateway?.stop();
  gateway = undefined;
  await upstream.close();
});

/** An answer whose provider says what it cost. */
const costing = (dollars: number) => ({ ...ANSWER, usage: { ...ANSWER.usage, cost: dollars } });

async function start(more: string, ports: Parameters<typeof startTestGateway>[1] = {}): Promise<TestGateway> {
  const providers =
    providerYaml('one', upstream.url, [KEY_ONE]) + providerYaml('two', upstream.url, [KEY_TWO]);
  gateway = await startTestGateway(`providers:\n${providers}${more}\n`, ports);
  return gateway;
}

interface Budget {
  readonly id: string;
  readonly spent: number;
  readonly requests: number;
  readonly unpriced: number;
  readonly state: string;
  readonly underWay: number;
}
const isBudgets = (value: unknown): value is readonly Budget[] => Array.isArray(value);

const problems = async (call: TestGateway['call']): Promise<string> =>
  JSON.stringify(await call('gateway.status'));

/** Costs are found after the answer went out. */
async function budgetsOnce(count: number): Promise<readonly Budget[]> {
  for (let look = 0; look < 1500; look += 1) {
    const list = await gateway?.call('budgets.list');
    const budgets = list?.ok === true && isBudgets(list.data) ? list.data : [];
    const counted = budgets.reduce((sum, { requests, unpriced }) => sum + requests + unpriced, 0);
    if (counted >= count) return budgets;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('requests were not counted');
}

describe('a budget', () => {
  it('refuses once it is spent, names itself and when it begins anew, and can be reset', async () => {
    const { chat, call, rows, logged } = await start(
      'budgets: [{ scope: all, usd: 2, per: day, warn_at: [0.5] }]',
    );
    expect((await chat(ASK)).status).toBe(200);
    expect(await budgetsOnce(1)).toMatchObject([{ id: 'all/day', spent: 1, state: 'near', underWay: 0 }]);
    expect(await problems(call)).toContain('budget_near');
    expect((await chat(ASK)).status).toBe(200);
    await budgetsOnce(2);
    const refused = await chat(ASK);
    expect(refused.status).toBe(402);
    expect(await refused.json()).toMatchObject({
      error: {
        code: 'budget_exceeded',
        message: expect.stringMatching(/\$2 per day for all is spent \(\$2\).*anew at \d{4}-\d\d-\d\d 00:00/),
      },
    });
    expect(upstream.requests).toHaveLength(2);
    expect((await rows(3)).at(-1)).toMatchObject({
      errorCode: 'budget_exceeded',
      attemptCount: 0,
      modelAsked: 'one/m',
    });
    expect(await problems(call)).toContain('budget_spent');
    expect(logged.filter((line) => line.includes('a budget is spent'))).toHaveLength(1);
    expect(await call('budgets.reset', { id: 'all/day' })).toMatchObject({
      data: [{ spent: 0, state: 'fine' }],
    });
    expect((await chat(ASK)).status).toBe(200);
    expect(await call('budgets.reset', { id: 'none' })).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    });
  });

  it('speaks the format of who asks', async () => {
    const { url } = await start('budgets: [{ scope: all, usd: 0 }]');
    const answer = await fetch(`${url}/v1/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...ASK, max_tokens: 5 }),
    });
    expect(answer.status).toBe(402);
    expect(await answer.json()).toMatchObject({
      type: 'error',
      error: { details: { error_code: 'budget_exceeded' } },
    });
  });

  it('of a client concerns no other', async () => {
    const { chat } = await start(
      'clients: [{ id: a, key: key-of-a-0001, budget: { usd: 1 } }, { id: b, key: key-of-b-0001 }]',
    );
    const as = (key: string) => ({ authorization: `Bearer ${key}` });
    await chat(ASK, as('key-of-a-0001'));
    expect(await budgetsOnce(1)).toMatchObject([{ id: 'client:a/month', spent: 1 }]);
    expect((await chat(ASK, as('key-of-a-0001'))).status).toBe(402);
    expect((await chat(ASK, as('key-of-b-0001'))).status).toBe(200);
  });

  it('of an alias concerns requests that ask for it', async () => {
    const { chat } = await start(
      'models: [{ id: fast, targets: [{ model: one/m }] }]\nbudgets: [{ scope: "alias:fast", usd: 1 }]',
    );
    await chat({ ...ASK, model: 'fast' });
    await budgetsOnce(1);
    expect((await chat({ ...ASK, model: 'fast' })).status).toBe(402);
    expect((await chat(ASK)).status).toBe(200);
  });

  it('of a provider leaves it out where another can serve', async () => {
    const { chat, rows } = await start(
      'models: [{ id: fast, targets: [{ model: one/m }, { model: two/m }] }]\nbudgets: [{ scope: "provider:one", usd: 1 }]',
    );
    await chat({ ...ASK, model: 'fast' });
    await budgetsOnce(1);
    expect((await chat({ ...ASK, model: 'fast' })).headers.get('x-switchyard-provider')).toBe('two');
    expect(englishOf((await rows(2)).at(-1)?.warnings)).toEqual(['one was left out: its budget is spent.']);
    expect((await chat(ASK)).status).toBe(402);
  });

  it('of a provider is charged what that provider did, also of an attempt that failed', async () => {
    const chunks = (usage: object, more: object = {}): string =>
      `data: ${JSON.stringify({ ...ANSWER, object: 'chat.completion.chunk', choices: [], usage, ...more })}\n\n`;
    const failure = { error: { code: 502, message: 'upstream is down' } };
    const usage = ANSWER.usage;
    upstream.script((request) =>
      request.headers['authorization'] === `Bearer ${KEY_ONE}`
        ? request.sse([chunks({ ...usage, cost: 5 }, failure)])
        : request.sse([HEAD, chunk({ content: 'hi' }, 'stop'), chunks({ ...usage, cost: 0.25 }), DONE]),
    );
    const { chat } = await start(
      'models: [{ id: fast, targets: [{ model: one/m }, { model: two/m }] }]\n' +
        'budgets: [{ scope: "provider:one", usd: 9 }, { scope: "provider:two", usd: 9 }, { scope: "alias:fast", usd: 9 }]',
    );
    await (await chat({ ...ASK, model: 'fast', stream: true })).text();
    const budgets = await budgetsOnce(3);
    expect(Object.fromEntries(budgets.map(({ id, spent, requests }) => [id, [spent, requests]]))).toEqual({
      'provider:one/month': [5, 1],
      'provider:two/month': [0.25, 1],
      'alias:fast/month': [5.25, 1],
    });
    // Where nobody answers, the one that counted pays alone.
    await (await chat({ ...ASK, model: 'one/m', stream: true })).text();
    const [one] = await budgetsOnce(4);
    expect(one).toMatchObject({ id: 'provider:one/month', spent: 10, requests: 2 });
  });

  it('that only warns lets everything pass', async () => {
    const { chat } = await start('budgets: [{ scope: all, usd: 1, action: warn }]');
    await chat(ASK);
    expect(await budgetsOnce(1)).toMatchObject([{ state: 'spent' }]);
    expect((await chat(ASK)).status).toBe(200);
  });
});

describe('the cost', () => {
  const BUDGET = 'budgets: [{ scope: all, usd: 100 }]';
  it('of a stream is what its provider says', async () => {
    const usage = `data: ${JSON.stringify({ ...costing(0.25), object: 'chat.completion.chunk', choices: [] })}\n\n`;
    upstream.script((request) =>
      request.sse([HEAD, chunk({ content: 'hello' }), chunk({}, 'stop'), usage, DONE]),
    );
    const { chat } = await start(BUDGET);
    await (await chat({ ...ASK, stream: true })).text();
    expect(await budgetsOnce(1)).toMatchObject([{ spent: 0.25, requests: 1 }]);
  });

  it.each([false, true])('of a translated answer is what its provider says, streamed: %s', async (stream) => {
    const usage = `data: ${JSON.stringify({ ...costing(0.25), object: 'chat.completion.chunk', choices: [] })}\n\n`;
    upstream.script((request) => {
      if (stream) request.sse([HEAD, chunk({ content: 'hello' }), chunk({}, 'stop'), usage, DONE]);
      else request.json(200, costing(0.25));
    });
    const { url } = await start(BUDGET);
    const answer = await fetch(`${url}/v1/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...ASK, max_tokens: 5, stream }),
    });
    await answer.text();
    expect(await budgetsOnce(1)).toMatchObject([{ spent: 0.25, requests: 1 }]);
  });

  it('is taken from tokens and prices where the provider says nothing', async () => {
    upstream.script((request) => {
      request.json(200, { ...ANSWER, usage: { prompt_tokens: 1_000_000, completion_tokens: 0 } });
    });
    const provider = `  - { id: openai, base_url: "${upstream.url}", allow_private_network: true, keys: [{ id: k, value: ${KEY_ONE} }], models: [gpt-4o-mini] }\n`;
    gateway = await startTestGateway(`providers:\n${provider}${BUDGET}\n`);
    await gateway.chat({ ...ASK, model: 'openai/gpt-4o-mini' });
    // Source: the bundled catalogue, 0.15 dollars per million tokens read.
    expect(await budgetsOnce(1)).toMatchObject([{ spent: 0.15, requests: 1, unpriced: 0 }]);
  });

  it('that nobody knows counts nothing and is counted', async () => {
    upstream.script((request) => request.json(200, ANSWER));
    const { chat } = await start(BUDGET);
    await chat(ASK);
    expect(await budgetsOnce(1)).toMatchObject([{ spent: 0, requests: 0, unpriced: 1 }]);
  });

  it('of counts that had to be estimated is charged too', async () => {
    upstream.script((request) => request.json(200, { ...ANSWER, usage: undefined }));
    const { chat } = await start(BUDGET);
    await chat(ASK);
    expect(await budgetsOnce(1)).toMatchObject([{ requests: 0, unpriced: 1, underWay: 0 }]);
  });

  it.each(['full', 'metadata', 'off'])(
    'of counts that had to be estimated is the same where the log keeps of it: %s',
    async (log) => {
      upstream.script((request) =>
        request.sse([HEAD, chunk({ content: 'hello world '.repeat(50) }), chunk({}, 'stop'), DONE]),
      );
      const { chat } = await start(`prices: [{ model: one/m, input: 1000, output: 1000 }]\n${BUDGET}`);
      await (await chat({ ...ASK, stream: true }, { 'x-switchyard-log': log })).text();
      // A hundred words and what frames them, at a thousandth of a dollar each.
      expect(await budgetsOnce(1)).toMatchObject([{ spent: expect.closeTo(0.108, 2), unpriced: 0 }]);
    },
  );

  it('of errors is nothing', async () => {
    upstream.script((request) => request.json(400, { error: { message: 'no' } }));
    const { chat, call } = await start(BUDGET);
    await chat(ASK);
    expect(await call('budgets.list')).toMatchObject({
      data: [{ spent: 0, requests: 0, unpriced: 0, underWay: 0 }],
    });
  });

  it('of an answer from the cache is nothing, even when the budget is spent', async () => {
    const { chat } = await start('budgets: [{ scope: all, usd: 1 }]\ncache: { enabled: true }');
    const asked = { ...ASK, temperature: 0 };
    await chat(asked);
    await budgetsOnce(1);
    expect((await chat(asked)).headers.get('x-switchyard-cache')).toBe('hit');
    expect((await chat({ ...asked, seed: 1 })).status).toBe(402);
    expect(await budgetsOnce(1)).toMatchObject([{ spent: 1, requests: 1 }]);
  });
});

it('many at once do not all pass before the first is charged', async () => {
  const { chat } = await start('budgets: [{ scope: all, usd: 4 }]');
  await chat(ASK);
  await budgetsOnce(1);
  upstream.script((request) => request.hang());
  const leaving = new AbortController();
  const going = [1, 2, 3].map(() => chat(ASK, {}, leaving.signal).catch(() => undefined));
  // The first one, and the three under way.
  for (let count = 0; count < 4; count += 1) await upstream.nextRequest();
  const refused = await chat(ASK);
  expect(refused.status).toBe(402);
  expect(refused.headers.get('retry-after')).toBe('5');
  leaving.abort();
  await Promise.all(going);
});

it('the first burst of all passes no further than its prices allow', async () => {
  const provider = `  - { id: openai, base_url: "${upstream.url}", allow_private_network: true, keys: [{ id: k, value: ${KEY_ONE} }], models: [gpt-4o-mini] }\n`;
  gateway = await startTestGateway(`providers:\n${provider}budgets: [{ scope: all, usd: 0.005 }]\n`);
  const { chat } = gateway;
  const held: (() => void)[] = [];
  upstream.script((request) => void held.push(() => request.json(200, ANSWER)));
  // 4,000 tokens at 0.60 dollars per million, as the bundled catalogue has it, and the question.
  const asked = { ...ASK, model: 'openai/gpt-4o-mini', max_tokens: 4_000 };
  let refused = 0;
  const going = Array.from({ length: 20 }, async () => {
    const { status } = await chat(asked);
    if (status === 402) refused += 1;
    return status;
  });
  await expect.poll(() => refused, { timeout: 10_000 }).toBe(17);
  await expect.poll(() => held.length).toBe(3);
  for (const answer of held) answer();
  expect((await Promise.all(going)).filter((status) => status === 200)).toHaveLength(3);
});

it('a restart knows what was spent', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'switchyard-spent-'));
  try {
    const first = await start('budgets: [{ scope: all, usd: 1 }]', { dataFolder: folder });
    await first.chat(ASK);
    await budgetsOnce(1);
    await first.stop();
    const second = await start('budgets: [{ scope: all, usd: 1 }]', { dataFolder: folder });
    expect((await second.chat(ASK)).status).toBe(402);
    await second.stop();
    gateway = undefined;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

describe('a client', () => {
  const as = { authorization: 'Bearer key-of-a-0001' };
  it('may send so many in a minute', async () => {
    const clock = createSkewedClock();
    const { chat, rows } = await start('clients: [{ id: a, key: key-of-a-0001, rpm: 2 }]', { clock });
    clock.stand();
    await chat(ASK, as);
    await chat(ASK, as);
    const refused = await chat(ASK, as);
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('60');
    expect(await refused.json()).toMatchObject({ error: { code: 'client_limit_exceeded' } });
    expect(upstream.requests).toHaveLength(2);
    expect((await rows(3)).at(-1)).toMatchObject({ errorCode: 'client_limit_exceeded', modelAsked: 'one/m' });
  });

  it('may have so many under way, and another when one has ended', async () => {
    const { chat } = await start('clients: [{ id: a, key: key-of-a-0001, max_concurrency: 1 }]');
    let answer: () => void = () => undefined;
    upstream.script((request) => {
      answer = () => request.json(200, ANSWER);
    });
    const first = chat(ASK, as);
    await upstream.nextRequest();
    expect((await chat(ASK, as)).status).toBe(429);
    answer();
    expect((await first).status).toBe(200);
    upstream.script((request) => request.json(200, ANSWER));
    expect((await chat(ASK, as)).status).toBe(200);
  });
});
