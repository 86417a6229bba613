import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EventMessage } from '../../contract/rpc/events.ts';
import type { ModelCatalogue } from '../../contract/rpc/procedures/models.ts';
import { startFakeUpstream, type FakeUpstream } from '../testing/fake-upstream.ts';
import { KEY_ONE, KEY_TWO, startTestGateway, type TestGateway } from '../testing/test-gateway.ts';

let upstream: FakeUpstream;
let gateway: TestGateway | undefined;

beforeEach(async () => {
  upstream = await startFakeUpstream({ scriptLists: true });
});
afterEach(async () => {
  await gateway?.stop();
  gateway = undefined;
  await upstream.close();
});

async function start(yaml: string): Promise<TestGateway> {
  gateway = await startTestGateway(yaml);
  return gateway;
}
const own = (id: string, more = ''): string =>
  `  - { id: ${id}, dialect: openai-chat, base_url: "${upstream.url}", allow_private_network: true${more} }\n`;
const list = (...ids: readonly string[]) => ({ data: ids.map((id) => ({ id })) });
const listState = (provider: string) =>
  expect.poll(async () => {
    const answer = await gateway?.call('models.list');
    return answer?.ok === true ? listsOf(answer.data).find((one) => one.provider === provider) : undefined;
  });
const isCatalogue = (data: unknown): data is ModelCatalogue =>
  typeof data === 'object' && data !== null && 'lists' in data;
const listsOf = (data: unknown): ModelCatalogue['lists'] => (isCatalogue(data) ? data.lists : []);

describe('models.list', () => {
  it('has no model whose name holds a secret of ours', async () => {
    upstream.script((request) => {
      const sent = request.headers['authorization']?.slice('Bearer '.length) ?? '';
      request.json(200, { data: [{ id: 'm' }, { id: `m-${sent}` }, { id: 'n', name: `of ${sent}` }] });
    });
    const { call } = await start(`providers:\n${own('one', `, keys: [{ id: k1, value: ${KEY_ONE} }]`)}`);
    await listState('one').toMatchObject({ state: 'listed', count: 1 });
    expect(JSON.stringify(await call('models.list'))).not.toContain(KEY_ONE);
  });

  it('brings together what providers list, what is configured, aliases and facts', async () => {
    upstream.script((request) =>
      request.json(200, {
        data: [{ id: 'm', context_length: 8_192, pricing: { prompt: '0', completion: '0' } }],
      }),
    );
    const { call } = await start(
      `providers:\n${own('one')}${own('two', ', models: [x, y], enabled: false')}` +
        'models:\n  - { id: fast, targets: [{ model: one/m }] }\n',
    );
    await listState('one').toMatchObject({ state: 'listed', count: 1, problem: null });
    expect(await call('models.list')).toMatchObject({
      data: {
        models: [
          {
            id: 'one/m',
            provider: 'one',
            contextTokens: 8_192,
            price: { input: 0, output: 0, source: 'provider' },
            usable: true,
            demo: false,
            aliases: ['fast'],
          },
          { id: 'two/x', usable: false, price: null, capabilities: null, aliases: [] },
          { id: 'two/y' },
        ],
        lists: [
          { provider: 'one', state: 'listed', count: 1 },
          { provider: 'two', state: 'configured', count: 2, readAt: null },
        ],
        aliases: ['fast'],
        pricesAsOf: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      },
    });
  });

  it('knows the built-in providers, also behind a proxy', async () => {
    upstream.script((request) => request.json(200, list('gpt-5-2025-08-07')));
    const { call } = await start(
      `providers:\n  - { id: openai, base_url: "${upstream.url}", allow_private_network: true, keys: [{ id: k1, value: ${KEY_ONE} }] }\n`,
    );
    await listState('openai').toMatchObject({ state: 'listed' });
    expect(await call('models.list')).toMatchObject({
      data: { models: [{ id: 'openai/gpt-5-2025-08-07', price: { input: 1.25 }, contextTokens: 400_000 }] },
    });
  });

  it('says why a list could not be read, without the key, and keeps what it had', async () => {
    upstream.script((request) => request.json(200, list('m')));
    const { call } = await start(`providers:\n${own('one', `, keys: [{ id: k1, value: ${KEY_ONE} }]`)}`);
    await listState('one').toMatchObject({ state: 'listed' });
    upstream.script((request) => request.json(401, { error: { message: `bad key ${KEY_ONE}` } }));
    await call('models.refresh');
    await listState('one').toMatchObject({
      state: 'failed',
      count: 1,
      readAt: expect.any(Number),
      problem: { code: 'status-said', text: 'HTTP 401: bad key [redacted]' },
    });
  });

  it('a provider without a key has not failed: it was never asked', async () => {
    await start('providers:\n  - { id: groq }\n');
    await listState('groq').toMatchObject({ state: 'unknown', count: 0, problem: null });
  });

  it('tries another key where one is refused', async () => {
    upstream.script((request) =>
      request.headers['authorization'] === `Bearer ${KEY_TWO}`
        ? request.json(200, list('m'))
        : request.json(401, { error: { message: 'no' } }),
    );
    await start(
      `providers:\n${own('one', `, keys: [{ id: k1, value: ${KEY_ONE} }, { id: k2, value: ${KEY_TWO} }]`)}`,
    );
    await listState('one').toMatchObject({ state: 'listed', count: 1 });
  });

  it('lists 5,000 models', async () => {
    const ids = Array.from({ length: 5_000 }, (_, index) => `maker/model-${index}`);
    upstream.script((request) => request.json(200, list(...ids)));
    const { call } = await start(`providers:\n${own('big')}`);
    await listState('big').toMatchObject({ count: 5_000 });
    const answer = await call('models.list');
    expect(answer.ok && isCatalogue(answer.data) ? answer.data.models : []).toHaveLength(5_000);
  });
});

describe('models.refresh', () => {
  it('asks every provider again and tells how many are done', async () => {
    upstream.script((request) => request.json(200, list('m')));
    const running = await start(`providers:\n${own('one')}${own('two')}${own('three', ', models: [x]')}`);
    await listState('two').toMatchObject({ state: 'listed' });
    const asked = upstream.requests.length;
    const told: unknown[] = [];
    const answer = await running.gateway.control.call(
      'models.refresh',
      {},
      {
        cancelled: false,
        onCancel: () => undefined,
        tell: (progress) => told.push(progress),
      },
    );
    expect(answer.ok).toBe(true);
    expect(told).toEqual([
      { done: 0, of: 2 },
      { done: 1, of: 2 },
      { done: 2, of: 2 },
    ]);
    expect(upstream.requests.length - asked).toBe(2);
  });

  it('asks one alone, and knows no other', async () => {
    upstream.script((request) => request.json(200, list('m')));
    const { call } = await start(`providers:\n${own('one')}${own('two')}`);
    await listState('two').toMatchObject({ state: 'listed' });
    const asked = upstream.requests.length;
    await call('models.refresh', { provider: 'one' });
    expect(upstream.requests.length - asked).toBe(1);
    expect(await call('models.refresh', { provider: 'none' })).toMatchObject({
      error: { code: 'not_found' },
    });
  });
});

describe('models.correct', () => {
  const model = (id: string) => async () => {
    const answer = await gateway?.call('models.list');
    return answer?.ok === true && isCatalogue(answer.data)
      ? answer.data.models.find((one) => one.id === id)
      : undefined;
  };

  it('keeps corrections apart from the list, shows both, and takes each back alone', async () => {
    upstream.script((request) =>
      request.json(200, {
        data: [{ id: 'm', context_length: 8_192, pricing: { prompt: '0.000001', completion: '0.000002' } }],
      }),
    );
    const { call } = await start(`prices:\n  - { model: 'one/*', input: 7 }\nproviders:\n${own('one')}`);
    await listState('one').toMatchObject({ state: 'listed' });
    await expect.poll(model('one/m')).toMatchObject({ pricePattern: 'one/*', price: { input: 7 } });
    const answer = await call('models.correct', {
      model: 'one/m',
      contextTokens: 4_096,
      capabilities: ['tools'],
      price: { input: 3, output: 9, cache_read: 0.5, tiers: [{ above: 1_000, input: 6 }] },
    });
    expect(answer).toMatchObject({
      ok: true,
      data: {
        contextTokens: 4_096,
        capabilities: ['tools'],
        price: { input: 3, output: 9, cacheRead: 0.5, source: 'override', tiered: true },
        corrected: { contextTokens: 8_192, capabilities: null, price: { input: 1, output: 2 } },
      },
    });
    expect(await call('models.correct', { model: 'one/m', contextTokens: null, price: null })).toMatchObject({
      data: {
        contextTokens: 8_192,
        price: { input: 7 },
        corrected: { capabilities: null },
        pricePattern: 'one/*',
      },
    });
    await call('models.correct', { model: 'one/m', capabilities: null });
    expect(gateway?.gateway.config()).toMatchObject({ corrections: [], prices: [{ model: 'one/*' }] });
  });

  it('refuses what is no price, and a model nobody knows', async () => {
    upstream.script((request) => request.json(200, list('m')));
    const { call } = await start(`providers:\n${own('one')}`);
    await listState('one').toMatchObject({ state: 'listed' });
    expect(await call('models.correct', { model: 'one/m', price: { cache_read: 1 } })).toMatchObject({
      error: { code: 'invalid_input', message: expect.stringContaining('input or output is needed') },
    });
    expect(await call('models.correct', { model: 'one/x', contextTokens: 1 })).toMatchObject({
      error: { code: 'not_found' },
    });
  });

  it('marks favourites, and forgets them again', async () => {
    upstream.script((request) => request.json(200, list('m', 'n')));
    const { call } = await start(`providers:\n${own('one')}`);
    await listState('one').toMatchObject({ state: 'listed' });
    expect(await call('models.favourite', { model: 'one/n', favourite: true })).toMatchObject({
      data: { favourites: ['one/n'] },
    });
    expect(await model('one/n')()).toMatchObject({ favourite: true });
    await call('models.favourite', { model: 'one/n', favourite: false });
    expect(await model('one/n')()).toMatchObject({ favourite: false });
  });
});

it('models.measured tells figures by provider and model', async () => {
  upstream.script((request) => request.json(200, list('m')));
  const { call, chat } = await start(`providers:\n${own('one')}`);
  await listState('one').toMatchObject({ state: 'listed' });
  upstream.script((request) =>
    request.json(200, {
      choices: [{ message: { role: 'assistant', content: 'hi' }, finish_reason: 'stop' }],
    }),
  );
  expect(await call('models.measured')).toMatchObject({ data: { models: [] } });
  await chat({ model: 'one/m', messages: [{ role: 'user', content: 'hi' }] });
  await expect
    .poll(() => call('models.measured'))
    .toMatchObject({ data: { models: [{ id: 'one/m', requests: 1, succeeded: 1, firstContent: null }] } });
});

it('subscribers hear that lists have changed', async () => {
  upstream.script((request) => request.json(200, list('m')));
  const running = await start(`providers:\n${own('one')}`);
  await listState('one').toMatchObject({ state: 'listed' });
  const heard: EventMessage[] = [];
  const subscription = running.gateway.control.subscribe(['models.changed'], (message) => {
    heard.push(message);
    return true;
  });
  await running.call('models.refresh');
  await expect.poll(() => heard.map(({ topic }) => topic)).toContain('models.changed');
  subscription.close();
});
