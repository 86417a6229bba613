import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Explanation } from '../../contract/rpc/procedures/routing.ts';
import { startFakeUpstream, type FakeUpstream } from '../testing/fake-upstream.ts';
import { ANSWER } from '../testing/openai-wire.ts';
import { createSkewedClock, type SkewedClock } from '../testing/skewed-clock.ts';
import { KEY_ONE, KEY_TWO, startTestGateway, type TestGateway } from '../testing/test-gateway.ts';

let upstream: FakeUpstream;
let gateway: TestGateway;
let clock: SkewedClock;

const YAML = (url: string): string => `providers:
  - { id: one, dialect: openai-chat, base_url: "${url}", allow_private_network: true, models: [m, n], strategy: priority,
      keys: [{ id: a, value: ${KEY_ONE}, label: main, rpm: 1 }, { id: b, value: ${KEY_TWO}, models: [n] }, { id: c, value: ${KEY_TWO}x, enabled: false }] }
  - { id: off, enabled: false, dialect: openai-chat, base_url: "${url}", models: [z], keys: [] }
rules:
  - { when: { model: gpt-* }, then: { model: one/n } }
  - { when: { client: laptop }, then: { model: off/z } }
  - { when: { tools: true }, then: { model: one/m } }
  - { when: { images: true }, then: { model: one/m } }
models:
  - { id: auto, strategy: complexity, targets: [{ model: off/z, level: low }, { model: one/m }, { model: one/n, level: high }] }
  - { id: turns, strategy: round-robin, targets: [{ model: one/m }, { model: one/n }] }
clients: [{ id: laptop, key: laptop-key-0123456, models: [auto] }, { id: any, key: any-key-0123456789 }]
`;

beforeEach(async () => {
  upstream = await startFakeUpstream();
  upstream.script((request) => request.json(200, ANSWER));
  clock = createSkewedClock();
  gateway = await startTestGateway(YAML(upstream.url), { clock });
});
afterEach(async () => {
  await gateway.stop();
  await upstream.close();
});

const isExplanation = (value: unknown): value is Explanation =>
  typeof value === 'object' && value !== null && 'places' in value;
async function explain(input: object): Promise<Explanation> {
  const result = await gateway.call('routing.explain', input);
  if (!result.ok || !isExplanation(result.data)) throw new Error(JSON.stringify(result));
  return result.data;
}
/** From those in force. */
async function setRules(rules: readonly object[]) {
  return gateway.call('routing.setRules', { rules, seen: gateway.gateway.config().rules });
}
const ANY = { authorization: 'Bearer any-key-0123456789' };
const body = (model: string, more: object = {}): string =>
  JSON.stringify({ model, messages: [{ role: 'user', content: 'Prove it step by step.' }], ...more });

describe('a dry run', () => {
  it('goes by rules that are not applied yet, where they are given', async () => {
    const rules = [
      { name: 'mine', when: { client: 'any' }, then: { model: 'one/n' } },
      { when: {}, then: { model: 'one/m' } },
    ];
    const told = await explain({ body: body('auto'), client: 'any', rules });
    expect(told.rules).toMatchObject([
      { number: 1, name: 'mine', verdict: 'applies', model: 'one/n' },
      { number: 2, verdict: 'not-reached' },
    ]);
    expect(told.places[0]).toMatchObject({ model: 'n' });
    expect((await explain({ body: body('auto'), client: 'any' })).rules).toHaveLength(4);
  });

  it('and the list of rules tells which of them lead nowhere', async () => {
    expect(await gateway.call('routing.rules')).toMatchObject({
      data: [{ problem: null }, { problem: 'provider_off' }, { problem: null }, { problem: null }],
    });
  });

  it('tells the order of places and keys, why, and what is left out', async () => {
    const told = await explain({ body: body('auto') });
    expect(told).toMatchObject({
      modelAsked: 'auto',
      aliases: [
        {
          alias: 'auto',
          order: [{ model: 'one/m', because: 'range' }, { model: 'off/z' }, { model: 'one/n' }],
        },
      ],
      places: [
        {
          provider: 'one',
          model: 'm',
          usable: true,
          keys: [{ id: 'a', label: 'main', fingerprint: '…1111', state: 'ready' }],
        },
        { provider: 'one', model: 'n', keys: [{ id: 'a' }, { id: 'b' }] },
      ],
      excluded: [
        { kind: 'target', alias: 'auto', model: 'off/z', problem: 'provider_off' },
        { kind: 'key', model: 'm', key: 'b', problem: 'other-models' },
        { kind: 'key', model: 'm', key: 'c', problem: 'disabled' },
        { kind: 'key', model: 'n', key: 'c', problem: 'disabled' },
      ],
      error: null,
    });
    expect(told.complexity?.parts['reasoning']).toBeGreaterThan(0);
  });

  it('tells of each rule what became of it', async () => {
    const tools = [{ type: 'function', function: { name: 'f' } }];
    const { rules, places } = await explain({ body: body('auto', { tools }), client: 'laptop' });
    expect(rules.map(({ verdict, condition }) => condition ?? verdict)).toEqual([
      'model',
      'leads-nowhere',
      'applies',
      'not-reached',
    ]);
    expect(places[0]).toMatchObject({ provider: 'one', model: 'm' });
  });

  it('tells what is cooling or used up, and what the client would be told', async () => {
    clock.stand();
    await (await gateway.chat({ model: 'one/m', messages: [{ role: 'user', content: 'hi' }] }, ANY)).text();
    const used = await explain({ model: 'one/m' });
    expect(used.places[0]).toMatchObject({ usable: false, keys: [{ id: 'a', state: 'rate' }] });
    expect(used.places[0]?.keys[0]?.wait).toBeCloseTo(60_000, -1);
    clock.go();

    upstream.script((request) =>
      request.json(401, { error: { message: 'bad key', code: 'invalid_api_key' } }),
    );
    await (await gateway.chat({ model: 'one/n', messages: [{ role: 'user', content: 'hi' }] }, ANY)).text();
    const cooling = await explain({ model: 'one/n' });
    expect(cooling.places[0]?.keys).toMatchObject([
      { id: 'a', state: 'rate' },
      { id: 'b', state: 'cooling', because: { reason: 'key_rejected', status: 401 } },
    ]);

    expect(await explain({ model: 'nothing' })).toMatchObject({
      places: [],
      error: { code: 'model_not_found', told: { code: 'model-unknown', values: { model: '"nothing"' } } },
    });
    expect(await explain({ model: 'one/m', client: 'laptop' })).toMatchObject({
      places: [],
      error: {
        code: 'model_not_allowed',
        told: { code: 'model-not-of-client', values: { client: 'laptop' } },
      },
    });
  });

  it('changes nothing: no turn is taken, no hit counted, nothing sent', async () => {
    const first = await explain({ model: 'turns' });
    expect(await explain({ model: 'turns' })).toEqual(first);
    await explain({ model: 'gpt-5' });
    expect(await gateway.call('routing.rules')).toMatchObject({ data: [{ hits: 0 }, {}, {}, {}] });
    expect(upstream.requests).toHaveLength(0);
  });

  it.each([
    [
      'anthropic-messages',
      { model: 'one/m', max_tokens: 5, messages: [{ role: 'user', content: 'hi' }] },
      {},
    ],
    ['openai-responses', { model: 'one/m', input: 'hi' }, {}],
    ['gemini', { contents: [{ role: 'user', parts: [{ text: 'hi' }] }] }, { model: 'one/m' }],
  ])('reads %s', async (format, request, more) =>
    expect(await explain({ format, body: JSON.stringify(request), ...more })).toMatchObject({
      modelAsked: 'one/m',
      places: [{ provider: 'one', model: 'm' }],
    }),
  );

  it('refuses what is no request', async () =>
    expect(await gateway.call('routing.explain', { body: '{' })).toMatchObject({
      ok: false,
      error: { code: 'invalid_input', field: 'body' },
    }));
});

it('a rule that is off is passed over and keeps its hits', async () => {
  const rules = [
    { was: 1, when: { model: 'gpt-*' }, then: { model: 'one/n' } },
    { was: 3, name: 'with tools', enabled: false, when: { tools: true }, then: { model: 'one/m' } },
  ];
  const tools = [{ type: 'function', function: { name: 'f' } }];
  const asking = { model: 'turns', tools, messages: [{ role: 'user', content: 'hi' }] };
  await (await gateway.chat(asking, ANY)).text();
  expect(await gateway.call('routing.rules')).toMatchObject({ data: [{}, {}, { hits: 1 }, {}] });
  expect(await setRules(rules)).toMatchObject({
    data: [{ hits: 0 }, { hits: 1, rule: { name: 'with tools', enabled: false } }],
  });
  const told = await explain({ body: body('turns', { tools }) });
  expect(told.rules).toMatchObject([
    { name: null, verdict: 'condition-fails' },
    { name: 'with tools', verdict: 'off', condition: null },
  ]);
  expect(told.aliases).toMatchObject([{ alias: 'turns' }]);
});

it.each([
  ['numbers of rules that are not there', [{ was: 9 }]],
  ['two that were the same', [{ was: 1 }, { was: 1 }]],
])('%s are refused', async (_case, given) => {
  const rules = given.map((was) => ({ ...was, when: {}, then: { model: 'one/m' } }));
  expect(await setRules(rules)).toMatchObject({
    ok: false,
    error: { code: 'invalid_input', field: 'rules' },
  });
});

it('rules are changed as a whole', async () => {
  const rules = [
    {
      when: { time: { from: '22:00', to: '06:00', days: ['sat'] }, size: { over: '2KB' } },
      then: { model: 'one/n' },
    },
  ];
  expect(await setRules(rules)).toMatchObject({
    ok: true,
    data: [{ number: 1, rule: { then: { model: 'one/n' }, when: { size: { over: 2_000 } } }, hits: 0 }],
  });
  expect(await setRules([{ when: { header: { authorization: 'x' } }, then: { model: 'm' } }])).toMatchObject({
    ok: false,
  });
});

describe('a dry run under limits', () => {
  const under = async (more: string): Promise<void> => {
    await gateway.stop();
    const key = (value: string): string =>
      `allow_private_network: true, models: [m], keys: [{ id: a, value: ${value} }]`;
    const base = `dialect: openai-chat, base_url: "${upstream.url}"`;
    gateway = await startTestGateway(
      `providers:\n  - { id: one, ${base}, ${key(KEY_ONE)} }\n  - { id: two, ${base}, ${key(KEY_TWO)} }\n` +
        `models:\n  - { id: both, targets: [{ model: one/m }, { model: two/m }] }\n${more}`,
      { clock },
    );
  };

  it('names a provider whose budget is spent, and passes it over', async () => {
    await under(
      'budgets: [{ scope: "provider:one", usd: 0, per: day }, { scope: "provider:two", usd: 9 }]\n',
    );
    expect(await explain({ model: 'both' })).toMatchObject({
      places: [
        { provider: 'one', usable: false, closedBy: 'provider:one/day' },
        { provider: 'two', usable: true },
      ],
      budgets: [{ id: 'provider:one/day', state: 'spent', effect: 'leaves-out' }],
      error: null,
    });
    const alone = await explain({ model: 'one/m' });
    expect(alone.error).toMatchObject({ code: 'budget_exceeded' });
    expect((await gateway.chat({ model: 'one/m', messages: [] })).status).toBe(402);
  });

  it.each([
    ['all', 'scope: all', 'refuses', 'budget_exceeded'],
    ['the alias', 'scope: "alias:both"', 'refuses', 'budget_exceeded'],
    ['the client', 'scope: "client:c"', 'refuses', 'budget_exceeded'],
    ['all, which only warns', 'scope: all, action: warn', 'warns', undefined],
  ])('tells what a spent budget of %s does', async (_scope, budget, effect, code) => {
    await under(
      `budgets: [{ ${budget}, usd: 0, per: day }]\nclients: [{ id: c, key: client-key-0123456 }]\n`,
    );
    const told = await explain({ model: 'both', client: 'c' });
    expect(told.budgets).toMatchObject([{ state: 'spent', effect }]);
    expect(told.error?.code).toBe(code);
    expect(told.places.map(({ usable }) => usable)).toEqual([true, true]);
  });

  it('tells what the guards find, and do', async () => {
    await under(
      'guards: { sensitive_patterns: [{ pattern: secret, name: words, action: mask }, { pattern: never }, { pattern: hush, action: warn }] }\n',
    );
    const body = (content: string): string => JSON.stringify({ messages: [{ role: 'user', content }] });
    const told = await explain({ model: 'both', body: body('a secret, hush') });
    expect(told.guards).toEqual([
      { number: 1, name: 'words', action: 'mask' },
      { number: 3, name: null, action: 'warn' },
    ]);
    expect(told.error).toBeNull();
    const refused = await explain({ model: 'both', body: body('never') });
    expect(refused.guards).toEqual([{ number: 2, name: null, action: 'reject' }]);
    expect(refused.error).toMatchObject({ code: 'content_blocked' });
    expect(await explain({ model: 'both' })).toMatchObject({ guards: [], error: null });
  });

  it('tells how much of its limits a client uses, and whether it would be let in', async () => {
    await under('clients: [{ id: c, key: client-key-0123456, rpm: 1, max_concurrency: 3 }]\n');
    clock.stand();
    const before = await explain({ model: 'both', client: 'c' });
    expect(before).toMatchObject({
      client: { id: 'c', rpm: 1, used: 0, maxConcurrency: 3, underWay: 0, wait: 0, refused: false },
      error: null,
    });
    const asked = await gateway.chat(
      { model: 'both', messages: [{ role: 'user', content: 'hi' }] },
      { authorization: 'Bearer client-key-0123456' },
    );
    await asked.text();
    const after = await explain({ model: 'both', client: 'c' });
    expect(after).toMatchObject({
      client: { used: 1, refused: true },
      error: { code: 'client_limit_exceeded' },
    });
    expect(after.client?.wait).toBeCloseTo(60_000, -1);
    expect((await explain({ model: 'both' })).client).toBeNull();
  });
});
