/** Model lists of other dialects, in pages, and of providers that have none. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startFakeUpstream, type FakeRequest, type FakeUpstream } from '../testing/fake-upstream.ts';
import { KEY_ONE, startTestGateway, type TestGateway } from '../testing/test-gateway.ts';

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

async function start(dialect: string): Promise<TestGateway> {
  const base = upstream.url.replace(/\/v1$/, '');
  gateway = await startTestGateway(
    `providers:\n  - { id: one, dialect: ${dialect}, base_url: "${base}", allow_private_network: true, keys: [{ id: k1, value: ${KEY_ONE} }] }\n`,
  );
  return gateway;
}
async function listed(at: TestGateway, provider = 'one') {
  const list = async () => {
    const { lists, models } = await at.gateway.control.handlers['models.list']({});
    const state = lists.find((one) => one.provider === provider);
    return { ...state, ids: models.filter((model) => model.provider === provider).map(({ model }) => model) };
  };
  await expect.poll(async () => (await list()).state).not.toBe('unknown');
  return list();
}
const query = ({ path }: FakeRequest) => Object.fromEntries(new URL(path, 'http://x').searchParams);

describe("Anthropic's list", () => {
  const row = (id: string) => ({ type: 'model', id, display_name: id, created_at: '2026-02-01T00:00:00Z' });

  it('is asked with its own headers and read to the last page', async () => {
    upstream.script((request) =>
      query(request)['after_id'] === 'claude-b'
        ? request.json(200, { data: [row('claude-c')], has_more: false, last_id: 'claude-c' })
        : request.json(200, {
            data: [row('claude-a'), row('claude-b')],
            has_more: true,
            last_id: 'claude-b',
          }),
    );
    expect(await listed(await start('anthropic-messages'))).toMatchObject({
      state: 'listed',
      ids: ['claude-a', 'claude-b', 'claude-c'],
    });
    const [first] = upstream.requests;
    expect(first?.path).toMatch(/^\/v1\/models\?/);
    expect(first?.headers).toMatchObject({ 'x-api-key': KEY_ONE, 'anthropic-version': expect.any(String) });
    expect(first?.headers).not.toHaveProperty('authorization');
  });

  it('that goes round in a circle is left', async () => {
    upstream.script((request) =>
      request.json(200, { data: [row('claude-a')], has_more: true, last_id: 'claude-a' }),
    );
    expect(await listed(await start('anthropic-messages'))).toMatchObject({
      state: 'listed',
      ids: ['claude-a'],
    });
    expect(upstream.requests).toHaveLength(2);
  });

  it('that never ends is left', async () => {
    let page = 0;
    upstream.script((request) => {
      page += 1;
      request.json(200, { data: [row(`claude-${page}`)], has_more: true, last_id: `claude-${page}` });
    });
    expect(await listed(await start('anthropic-messages'))).toMatchObject({ state: 'listed', count: 20 });
  });

  it('of which a page is missing was not read', async () => {
    upstream.script((request) =>
      query(request)['after_id'] === undefined
        ? request.json(200, { data: [row('claude-a')], has_more: true, last_id: 'claude-a' })
        : request.json(500, { type: 'error', error: { type: 'api_error', message: 'Oops' } }),
    );
    expect(await listed(await start('anthropic-messages'))).toMatchObject({
      state: 'failed',
      problem: { text: expect.stringContaining('Oops') },
      ids: [],
    });
  });
});

describe("Gemini's list", () => {
  it('is asked with its own header and read to the last page', async () => {
    const row = (id: string) => ({
      name: `models/${id}`,
      inputTokenLimit: 1_048_576,
      supportedGenerationMethods: ['generateContent'],
    });
    upstream.script((request) =>
      query(request)['pageToken'] === 'next'
        ? request.json(200, { models: [row('gemini-b')] })
        : request.json(200, { models: [row('gemini-a')], nextPageToken: 'next' }),
    );
    expect(await listed(await start('gemini'))).toMatchObject({
      state: 'listed',
      ids: ['gemini-a', 'gemini-b'],
    });
    expect(upstream.requests[0]?.path).toMatch(/^\/v1beta\/models\?/);
    expect(upstream.requests[0]?.headers['x-goog-api-key']).toBe(KEY_ONE);
  });
});

describe('a provider without a list', () => {
  it('has the names that the bundled catalogue knows, and no call proves its key', async () => {
    gateway = await startTestGateway(
      `providers:\n  - { id: zhipu, keys: [{ id: k1, value: ${KEY_ONE} }] }\n`,
    );
    const list = await listed(gateway, 'zhipu');
    expect(list).toMatchObject({ state: 'bundled', readAt: null, problem: null });
    expect(list.ids).toContain('glm-4.5-air');
    expect(await gateway.call('keys.check', { provider: 'zhipu', id: 'k1' })).toMatchObject({
      data: { result: 'cannot-tell', status: null },
    });
  });

  it('at an address of the user has names of its own, and proves its key by another call', async () => {
    upstream.script((request) => request.json(200, { object: 'list', data: [{ id: 'gpt-5' }] }));
    gateway = await startTestGateway(
      `providers:\n  - { id: azure-openai, base_url: "${upstream.url}", allow_private_network: true, keys: [{ id: k1, value: ${KEY_ONE} }] }\n`,
    );
    expect(await listed(gateway, 'azure-openai')).toMatchObject({ state: 'bundled', ids: [] });
    expect(upstream.requests).toEqual([]);
    expect(await gateway.call('keys.check', { provider: 'azure-openai', id: 'k1' })).toMatchObject({
      data: { result: 'works', status: 200 },
    });
    expect(upstream.requests[0]).toMatchObject({ path: '/v1/models' });
    expect(upstream.requests[0]?.headers['api-key']).toBe(KEY_ONE);
  });
});
