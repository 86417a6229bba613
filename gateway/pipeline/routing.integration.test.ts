import { englishOf } from '../testing/english-of.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSkewedClock } from '../testing/skewed-clock.ts';
import { startFakeUpstream, type FakeUpstream } from '../testing/fake-upstream.ts';
import { ANSWER, chunk, DONE, HEAD } from '../testing/openai-wire.ts';
import { KEY_ONE, KEY_TWO, KEY_THREE, startTestGateway, type TestGateway } from '../testing/test-gateway.ts';

let upstream: FakeUpstream;
let gateway: TestGateway | undefined;

beforeEach(async () => {
  upstream = await startFakeUpstream();
  upstream.script((request) => request.json(200, ANSWER));
});
afterEach(async () => {
  await gateway?.stop();
  gateway = undefined;
  await upstream.close();
});

const provider = (id: string, keys: string, more = ''): string =>
  `  - { id: ${id}, dialect: openai-chat, base_url: "${upstream.url}", allow_private_network: true, models: [m, n], keys: [${keys}]${more} }\n`;
const start = async (
  yaml: string,
  ports: Parameters<typeof startTestGateway>[1] = {},
): Promise<TestGateway> => (gateway = await startTestGateway(yaml, ports));
const ask = (model: string, content = 'hi', more: object = {}) => ({
  model,
  messages: [{ role: 'user', content }],
  ...more,
});
const keys = (): readonly string[] =>
  upstream.requests.map(({ headers }) => (headers['authorization'] ?? '').slice(-4));
const models = (): readonly unknown[] =>
  upstream.requests.map(({ body }) => /"model":"(\w+)"/.exec(body.toString())?.[1]);

describe('limits of a key', () => {
  it('send what would pass them to another key, then refuse at once with the reason and the time', async () => {
    const pool = `{ id: a, value: ${KEY_ONE}, rpm: 2 }, { id: b, value: ${KEY_TWO}, rpm: 1 }`;
    const clock = createSkewedClock();
    const { chat, rows } = await start(`providers:\n${provider('one', pool, ', strategy: priority')}`, {
      clock,
    });
    clock.stand();
    for (let sent = 0; sent < 3; sent += 1) expect((await chat(ask('one/m'))).status).toBe(200);
    expect(keys()).toEqual(['1111', '1111', '2222']);
    const refused = await chat(ask('one/m'));
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('60');
    expect(refused.headers.get('x-should-retry')).toBe('false');
    expect(await refused.text()).toContain('limit_per_minute');
    expect(upstream.requests).toHaveLength(3);
    const row = (await rows(4)).at(-1);
    expect(row).toMatchObject({ errorCode: 'rate_limit_exceeded', attemptCount: 0, queuedFor: 0 });
    expect(row?.errorMessage).toMatch(
      /…1111 limit_per_minute for \d+ s more; one key …2222 limit_per_minute/,
    );
  });

  it('that free too late send a request to the next target at once, and the ledger tells', async () => {
    const { chat, rows } = await start(
      `providers:\n${provider('one', `{ id: a, value: ${KEY_ONE}, rpm: 1 }`)}${provider('two', `{ id: b, value: ${KEY_TWO} }`)}` +
        'models:\n  - { id: both, targets: [{ model: one/m }, { model: two/m }] }\n',
    );
    for (let sent = 0; sent < 2; sent += 1) expect((await chat(ask('both'))).status).toBe(200);
    expect(keys()).toEqual(['1111', '2222']);
    expect((await rows(2)).at(-1)?.attempts).toMatchObject([
      {
        provider: 'two',
        passedOver: [{ provider: 'one', keyFingerprint: '…1111', reason: 'limit_per_minute' }],
      },
    ]);
  });

  it('that free too late are named where the other target failed', async () => {
    upstream.script((request) =>
      request.headers['authorization']?.endsWith('2222') === true
        ? request.json(500, { error: { message: 'broken' } })
        : request.json(200, ANSWER),
    );
    const { chat, rows } = await start(
      `providers:\n${provider('one', `{ id: a, value: ${KEY_ONE}, rpm: 1 }`)}${provider('two', `{ id: b, value: ${KEY_TWO} }`)}` +
        'models:\n  - { id: both, targets: [{ model: one/m }, { model: two/m }] }\n',
    );
    await chat(ask('both'));
    expect((await chat(ask('both'))).status).toBe(500);
    expect(englishOf((await rows(2)).at(-1)?.warnings).join()).toContain('one key …1111 (limit_per_minute');
  });

  it('that free in time are waited for, also at a place that was passed over', async () => {
    const clock = createSkewedClock();
    const { chat } = await start(
      `providers:\n${provider('one', `{ id: a, value: ${KEY_ONE}, rpm: 1 }`)}${provider('two', `{ id: b, value: ${KEY_TWO}, rpm: 1 }`)}` +
        'models:\n  - { id: both, targets: [{ model: one/m }, { model: two/m }] }\n',
      { clock },
    );
    await chat(ask('one/m'));
    clock.pass(40_000);
    await chat(ask('two/m'));
    clock.pass(19_900);
    expect((await chat(ask('both'))).status).toBe(200);
    expect(keys()).toEqual(['1111', '2222', '1111']);
  });

  it('that free while a request looks for a place are found, whenever that is', async () => {
    const clock = createSkewedClock();
    /** Looks at the clock until it jumps to where the first key is free again. */
    let looks = Infinity;
    const monotonic = (): number => {
      looks -= 1;
      if (looks === 0) clock.pass(1_000);
      return clock.monotonic();
    };
    const { chat } = await start(
      `providers:\n${provider('one', `{ id: a, value: ${KEY_ONE}, rpm: 1 }`)}${provider('two', `{ id: b, value: ${KEY_TWO}, rpm: 1 }`)}` +
        'models:\n  - { id: both, targets: [{ model: one/m }, { model: two/m }] }\n',
      { clock: { ...clock, monotonic } },
    );
    for (let look = 1; look <= 16; look += 1) {
      await (await chat(ask('one/m'))).text();
      clock.pass(40_000);
      await (await chat(ask('two/m'))).text();
      clock.pass(19_500);
      looks = look;
      const answer = await chat(ask('both'));
      looks = Infinity;
      expect({ look, status: answer.status, key: keys().at(-1) }).toEqual({ look, status: 200, key: '1111' });
      clock.pass(90_000);
    }
  });

  it('of tokens are passed by no more than one request, however many streams run at once', async () => {
    const pool = `{ id: a, value: ${KEY_ONE}, tpm: 1000 }`;
    const { chat } = await start(`providers:\n${provider('one', pool)}`, { limits: { queue: 40 } });
    const usage = { prompt_tokens: 20, completion_tokens: 400, total_tokens: 420 };
    upstream.script((request) => {
      request.head(200, { 'content-type': 'text/event-stream' });
      request.write(HEAD + chunk({ content: 'x' }));
    });
    const statuses: number[] = [];
    const asked = Array.from({ length: 6 }, async () => {
      const answer = await chat(ask('one/m', 'hi', { stream: true, max_tokens: 400 }));
      statuses.push(answer.status);
      return answer.text();
    });
    // Two may write 400 tokens each; the others wait for those to be shorter, in vain.
    await expect.poll(() => statuses.filter((status) => status === 503).length).toBe(4);
    expect(upstream.requests).toHaveLength(2);
    for (const request of upstream.requests) {
      request.write(
        chunk({}, 'stop') + `data: ${JSON.stringify({ ...ANSWER, choices: [], usage })}\n\n` + DONE,
      );
      request.end();
    }
    await Promise.all(asked);
    upstream.script((request) => request.json(200, ANSWER));
    // 840 are used: a long answer would pass the limit, a short one does not.
    expect((await chat(ask('one/m', 'hi', { max_tokens: 400 }))).status).toBe(429);
    expect((await chat(ask('one/m', 'hi', { max_tokens: 50 }))).status).toBe(200);
  });

  it('of tokens count what the answer tells', async () => {
    const pool = `{ id: a, value: ${KEY_ONE}, tpm: 1000 }, { id: b, value: ${KEY_TWO} }`;
    upstream.script((request) =>
      request.json(200, {
        ...ANSWER,
        usage: { prompt_tokens: 900, completion_tokens: 99, total_tokens: 999 },
      }),
    );
    const { chat } = await start(`providers:\n${provider('one', pool, ', strategy: priority')}`);
    for (let sent = 0; sent < 2; sent += 1) await (await chat(ask('one/m'))).text();
    expect(keys()).toEqual(['1111', '2222']);
  });
});

describe('rules and aliases', () => {
  it('go by program, tools and difficulty, and the log row tells', async () => {
    const { chat, rows, call } = await start(
      `providers:\n${provider('one', `{ id: a, value: ${KEY_ONE} }`)}` +
        'rules:\n  - { when: { client: claude-code, tools: true }, then: { model: auto } }\n' +
        'models:\n  - { id: auto, strategy: complexity, targets: [{ model: one/m, level: low }, { model: one/n, from: 0.2 }] }\n',
    );
    const claude = { 'user-agent': 'claude-cli/2.0' };
    const tools = [{ type: 'function', function: { name: 'f', parameters: {} } }];
    const hard = 'Prove the theorem step by step, then derive the algorithm and its time complexity.';
    await (await chat(ask('one/m', hard, { tools }), claude)).text();
    await (await chat(ask('one/n', 'hi', { tools }), claude)).text();
    await (await chat(ask('one/n', hard), claude)).text();
    expect(models()).toEqual(['n', 'm', 'n']);
    const [first, , last] = await rows(3);
    expect(first?.routing).toMatchObject({
      rule: { number: 1, model: 'auto' },
      aliases: [{ alias: 'auto', strategy: 'complexity', first: 'one/n', because: 'range' }],
    });
    expect(first?.routing?.complexity?.parts['reasoning']).toBeGreaterThan(0.3);
    expect(last?.routing).toBeNull();
    expect(await call('routing.rules')).toMatchObject({ data: [{ number: 1, hits: 2 }] });
    expect(await call('aliases.list')).toMatchObject({ data: [{ id: 'auto', hits: 2 }] });
  });

  it('least-latency goes where the first content came soonest', async () => {
    const clock = createSkewedClock();
    const { chat } = await start(
      `providers:\n${provider('one', `{ id: a, value: ${KEY_ONE} }`)}` +
        'models:\n  - { id: quick, strategy: least-latency, targets: [{ model: one/m }, { model: one/n }] }\n',
      { clock },
    );
    upstream.script((request) => {
      if (request.body.includes('"model":"m"')) clock.pass(30_000);
      request.sse([HEAD, chunk({ content: 'x' }), chunk({}, 'stop'), DONE]);
    });
    for (let sent = 0; sent < 4; sent += 1) await (await chat(ask('quick', 'hi', { stream: true }))).text();
    expect(models()).toEqual(['m', 'n', 'n', 'n']);
  });

  it('cheapest goes by the price list, once it is read', async () => {
    const { chat } = await start(
      `providers:\n  - { id: openai, base_url: "${upstream.url}", allow_private_network: true, models: [gpt-4o, gpt-4o-mini], keys: [{ id: a, value: ${KEY_ONE} }] }\n` +
        'models:\n  - { id: cheap, strategy: cheapest, targets: [{ model: openai/gpt-4o }, { model: openai/gpt-4o-mini }] }\n',
    );
    await expect
      .poll(
        async () => {
          await (await chat(ask('cheap'))).text();
          return upstream.requests.at(-1)?.body.toString();
        },
        { timeout: 10_000, interval: 20 },
      )
      .toContain('"model":"gpt-4o-mini"');
  });

  it('a client asks for what it may only', async () => {
    const { chat, url } = await start(
      'server: { api_key: everybody-0123456789 }\n' +
        `providers:\n${provider('one', `{ id: a, value: ${KEY_ONE} }`)}` +
        'clients: [{ id: kid, key: kid-key-0123456789, models: [small, "one/n*"] }]\n' +
        'models:\n  - { id: small, targets: [{ model: one/m }] }\n',
    );
    const kid = { authorization: 'Bearer kid-key-0123456789' };
    expect((await chat(ask('small'), kid)).status).toBe(200);
    expect((await chat(ask('one/n'), kid)).status).toBe(200);
    const listed: unknown = await (await fetch(`${url}/v1/models`, { headers: kid })).json();
    expect(listed).toMatchObject({ data: [{ id: 'small' }, { id: 'one/n' }] });
    // One of them may be looked at by each of its names that chat takes from this client.
    const shown = async (id: string) => (await fetch(`${url}/v1/models/${id}`, { headers: kid })).status;
    expect([await shown('one/n'), await shown('n'), await shown('one/m')]).toEqual([200, 404, 404]);
    const refused = await chat(ask('one/m'), kid);
    expect(refused.status).toBe(403);
    expect(await refused.text()).toContain('model_not_allowed');
    expect((await chat(ask('one/m'), { authorization: 'Bearer everybody-0123456789' })).status).toBe(200);
  });
});

it('a conversation stays with the key that holds its prompt cache', async () => {
  const pool = [KEY_ONE, KEY_TWO, KEY_THREE].map((value, index) => `{ id: k${index}, value: ${value} }`);
  const { chat } = await start(`providers:\n${provider('one', pool.join(', '), ', strategy: round-robin')}`);
  const system = { role: 'system', content: 'Answer like a pirate. '.repeat(300) };
  const begin = [system, { role: 'user', content: 'Where is it?' }];
  const goOn = [...begin, { role: 'assistant', content: 'There.' }, { role: 'user', content: 'Where?' }];
  for (const messages of [begin, goOn, begin]) {
    await (await chat({ model: 'one/m', messages })).text();
  }
  expect(keys()).toEqual(['1111', '1111', '3333']);
});

describe('waiting for room', () => {
  it('ends when a place comes free, and no key has more than it may meanwhile', async () => {
    const pool = `{ id: a, value: ${KEY_ONE}, max_concurrency: 1 }, { id: b, value: ${KEY_TWO}, max_concurrency: 2 }`;
    const underWay = new Map<string, number>();
    let most = 0;
    upstream.script((request) => {
      const key = request.headers['authorization'] ?? '';
      underWay.set(key, (underWay.get(key) ?? 0) + 1);
      most = Math.max(
        most,
        [...underWay.values()].reduce((sum, count) => sum + count, 0),
      );
      expect(underWay.get(key)).toBeLessThanOrEqual(key.endsWith('1111') ? 1 : 2);
      setTimeout(() => {
        underWay.set(key, (underWay.get(key) ?? 0) - 1);
        request.json(200, ANSWER);
      }, 20);
    });
    const { chat } = await start(`providers:\n${provider('one', pool, ', strategy: least-used')}`);
    const answers = await Promise.all(Array.from({ length: 12 }, () => chat(ask('one/m'))));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 12 }, () => 200));
    expect(most).toBe(3);
  });
});
