/** A parameter that a model does not take costs one more call, once. */
import { englishOf } from '../testing/english-of.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startFakeUpstream, type FakeUpstream } from '../testing/fake-upstream.ts';
import { ANSWER, ASK } from '../testing/openai-wire.ts';
import { createSkewedClock, type SkewedClock } from '../testing/skewed-clock.ts';
import {
  KEY_ONE,
  KEY_TWO,
  providerYaml,
  startTestGateway,
  type TestGateway,
} from '../testing/test-gateway.ts';

let upstream: FakeUpstream;
let gateway: TestGateway | undefined;
let clock: SkewedClock;

/** Refuses each of these, one at a time, as OpenAI does. */
const refusing = (...parameters: readonly string[]): void =>
  upstream.script((request) => {
    const body = request.body.toString();
    const param = parameters.find((name) => body.includes(`"${name}"`));
    if (param === undefined) return request.json(200, ANSWER);
    const message = `Unsupported parameter: '${param}' is not supported with this model.`;
    request.json(400, {
      error: { message, type: 'invalid_request_error', param, code: 'unsupported_parameter' },
    });
  });

beforeEach(async () => {
  upstream = await startFakeUpstream();
  clock = createSkewedClock();
});
afterEach(async () => {
  await gateway?.stop();
  gateway = undefined;
  await upstream.close();
});

const start = async (more = ''): Promise<TestGateway> =>
  (gateway = await startTestGateway(
    `providers:\n${providerYaml('one', upstream.url, [KEY_ONE, KEY_TWO], `, strategy: priority${more}`)}`,
  ));

it('is left out on the same key, named in the row and to the client, and left out at once from then on', async () => {
  refusing('temperature');
  const { chat, rows, call } = await start();
  const first = await chat({ ...ASK, temperature: 0.2, n: 1 });
  expect(first.status).toBe(200);
  expect(first.headers.get('x-switchyard-dropped')).toBe('temperature');
  await first.text();
  expect(upstream.requests.map(({ headers }) => headers['authorization']?.slice(-4))).toEqual([
    '1111',
    '1111',
  ]);
  expect(JSON.parse(upstream.requests[1]?.body.toString() ?? '')).toEqual({ ...ASK, model: 'm', n: 1 });

  const second = await chat({ ...ASK, temperature: 0.2 });
  expect(second.headers.get('x-switchyard-dropped')).toBe('temperature');
  await second.text();
  expect(upstream.requests).toHaveLength(3);

  const [one, two] = await rows(2);
  expect(one?.attempts).toMatchObject([
    { result: 'parameter_unsupported', scope: 'request', action: 'repair', cooldown: null },
    { result: 'ok', why: 'repair' },
  ]);
  const warning = 'one does not take temperature for m, so it was left out.';
  expect([englishOf(one?.warnings), englishOf(two?.warnings)]).toEqual([[warning], [warning]]);
  expect(two?.attemptCount).toBe(1);
  // A fault of the request marks nobody.
  expect(await call('providers.list')).toMatchObject({
    data: [{ keys: [{ state: 'ready' }, { state: 'ready' }] }],
  });
});

it('several are left out one after the other, and all at once from then on', async () => {
  refusing('temperature', 'top_p', 'seed');
  const { chat, rows } = await start();
  const ask = { ...ASK, temperature: 0.2, top_p: 0.5, seed: 1, n: 1 };
  const first = await chat(ask);
  expect([first.status, first.headers.get('x-switchyard-dropped')]).toEqual([
    200,
    'temperature, top_p, seed',
  ]);
  expect(upstream.requests).toHaveLength(4);
  expect(JSON.parse(upstream.requests[3]?.body.toString() ?? '')).toEqual({ ...ASK, model: 'm', n: 1 });
  expect((await chat(ask)).status).toBe(200);
  expect(upstream.requests).toHaveLength(5);
  const [row] = await rows(2);
  const repair = { result: 'parameter_unsupported', action: 'repair' };
  expect(row?.attempts).toMatchObject([repair, repair, repair, { result: 'ok', why: 'repair' }]);
});

it('but not without end: the seventh is the client’s to know, and is left out from then on', async () => {
  const hints = ['temperature', 'top_p', 'seed', 'top_a', 'top_k', 'min_p', 'presence_penalty'];
  refusing(...hints);
  const { chat } = await start();
  const ask = { ...ASK, ...Object.fromEntries(hints.map((name) => [name, 1])) };
  const refused = await chat(ask);
  expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining('presence_penalty')]);
  expect(upstream.requests).toHaveLength(7);
  expect((await chat(ask)).status).toBe(200);
  expect(upstream.requests).toHaveLength(8);
});

it('a limit of which neither name is taken is not renamed to and fro', async () => {
  upstream.script((request) => {
    const old = request.body.toString().includes('"max_tokens"');
    const [param, other] = old
      ? ['max_tokens', 'max_completion_tokens']
      : ['max_completion_tokens', 'max_tokens'];
    const message = `Unsupported parameter: '${param}' is not supported with this model. Use '${other}' instead.`;
    request.json(400, { error: { message, param, code: 'unsupported_parameter' } });
  });
  const { chat } = await start();
  expect((await chat({ ...ASK, max_tokens: 5 })).status).toBe(400);
  expect(upstream.requests).toHaveLength(2);
});

describe('a repaired request under a limit of its key', () => {
  const limited = (keys: readonly string[], rpm: number) =>
    startTestGateway(
      `providers:\n${providerYaml('one', upstream.url, keys, ', strategy: priority').replaceAll(' }', `, rpm: ${rpm} }`).replace(`, rpm: ${rpm} }\n`, ' }\n')}`,
      { clock },
    );

  it('goes to another key that has room', async () => {
    refusing('temperature');
    gateway = await limited([KEY_ONE, KEY_TWO], 1);
    expect((await gateway.chat({ ...ASK, temperature: 1 })).status).toBe(200);
    expect(upstream.requests.map(({ headers }) => headers['authorization']?.slice(-4))).toEqual([
      '1111',
      '2222',
    ]);
    const [row] = await gateway.rows(1);
    expect(row?.attempts).toMatchObject([
      { result: 'parameter_unsupported', action: 'next-key' },
      { result: 'ok', why: 'next-key' },
    ]);
  });

  it('waits for it where there is no other, and is refused where it comes too late', async () => {
    refusing('temperature');
    gateway = await limited([KEY_ONE], 2);
    expect((await gateway.chat(ASK)).status).toBe(200);
    clock.pass(59_500);
    expect((await gateway.chat({ ...ASK, temperature: 1 })).status).toBe(200);
    const [, waited] = await gateway.rows(2);
    expect(waited?.attempts.at(-1)?.waited).toBeGreaterThan(0);
    refusing('top_p');
    clock.pass(60_000);
    expect((await gateway.chat(ASK)).status).toBe(200);
    expect((await gateway.chat({ ...ASK, top_p: 1 })).status).toBe(400);
    expect(upstream.requests).toHaveLength(5);
    const [, , , refused] = await gateway.rows(4);
    expect(englishOf(refused?.warnings)).toContainEqual(expect.stringContaining('no room'));
  });
});

it.each([
  ['where the provider is set so', ', repair_parameters: false', 'temperature', { temperature: 1 }],
  ['where it is more than a hint', '', 'stop', { stop: ['x'] }],
])('stays %s: the client gets the refusal', async (_case, more, parameter, asked) => {
  refusing(parameter);
  const { chat } = await start(more);
  const answer = await chat({ ...ASK, ...asked });
  expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining(parameter)]);
  expect(upstream.requests).toHaveLength(1);
});

it('is left out of translated requests, and of streams, too', async () => {
  refusing('temperature');
  const { url } = await start();
  const answer = await fetch(`${url}/v1/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...ASK, max_tokens: 9, temperature: 0.5 }),
  });
  expect(answer.status).toBe(200);
  expect(upstream.requests).toHaveLength(2);
  expect(upstream.requests[1]?.body.toString()).not.toContain('temperature');
});
