import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startFakeUpstream, type FakeUpstream } from '../testing/fake-upstream.ts';
import {
  KEY_ONE,
  KEY_TWO,
  providerYaml,
  startTestGateway,
  type TestGateway,
} from '../testing/test-gateway.ts';

let upstream: FakeUpstream;
let gateway: TestGateway;

beforeEach(async () => {
  upstream = await startFakeUpstream({ scriptLists: true });
  gateway = await startTestGateway(
    `providers:\n${providerYaml('one', upstream.url, [KEY_ONE, KEY_TWO], ', headers: { X-Team: search }')}` +
      `  - { id: openrouter, base_url: "${upstream.url}", allow_private_network: true, enabled: false, keys: [{ id: k1, value: ${KEY_ONE} }] }\n`,
  );
});
afterEach(async () => {
  await gateway.stop();
  await upstream.close();
});

const check = async (provider = 'one', id = 'k1'): Promise<unknown> => {
  const answer = await gateway.call('keys.check', { provider, id });
  return answer.ok ? answer.data : answer.error;
};
const LIST = { data: [{ id: 'm' }] };

describe('keys.check', () => {
  it('asks with the key and then without it, and tells that the key works where the list is guarded', async () => {
    upstream.script((request) =>
      request.headers['authorization'] === undefined
        ? request.json(401, { error: { message: 'who are you?' } })
        : request.json(200, LIST),
    );
    expect(await check()).toEqual({ result: 'works', status: 200, message: null, took: expect.any(Number) });
    const [first, second] = upstream.requests;
    expect(first).toMatchObject({ method: 'GET', path: '/v1/models' });
    expect(first?.headers).toMatchObject({ authorization: `Bearer ${KEY_ONE}`, 'x-team': 'search' });
    expect(second?.headers['authorization']).toBeUndefined();
  });

  it('cannot tell where anybody may read the list', async () => {
    upstream.script((request) => request.json(200, LIST));
    expect(await check()).toMatchObject({ result: 'cannot-tell', message: null });
  });

  it("brings the provider's words without the key, in bounds", async () => {
    const words = `Incorrect key ${KEY_ONE}. ${'x'.repeat(1_000)}`;
    upstream.script((request) => request.json(401, { error: { message: words } }));
    const found = await check();
    expect(found).toMatchObject({ result: 'refused', status: 401 });
    expect(found).toHaveProperty('message', expect.stringMatching(/^Incorrect key \[redacted\]\. x+…$/));
    expect(JSON.stringify(found)).not.toContain(KEY_ONE);
  });

  it('follows no redirect with the key', async () => {
    const elsewhere = await startFakeUpstream({ scriptLists: true });
    upstream.script((request) => request.respond(302, { location: `${elsewhere.url}/models` }, ''));
    expect(await check()).toMatchObject({ result: 'cannot-tell', status: 302 });
    expect(elsewhere.requests).toEqual([]);
    await elsewhere.close();
  });

  it('says what broke on the way', async () => {
    upstream.script((request) => request.reset());
    expect(await check()).toMatchObject({ result: 'unreachable', status: null, message: expect.any(String) });
  });

  it('asks OpenRouter about the key itself, also while the provider is off', async () => {
    upstream.script((request) => request.json(200, { data: { limit: 5, limit_remaining: 0 } }));
    expect(await check('openrouter')).toMatchObject({
      result: 'exhausted',
      message: 'limit_remaining 0 of 5',
    });
    expect(upstream.requests.map(({ path }) => path)).toEqual(['/v1/key']);
  });

  it('marks nothing: a refused key is still used', async () => {
    upstream.script((request) => request.json(401, { error: { message: 'no' } }));
    await check();
    expect(await gateway.call('providers.list')).toMatchObject({
      data: [{ keys: [{ state: 'ready', lastFailedAt: null }, { state: 'ready' }] }, {}],
    });
  });

  it.each([
    ['none', 'k1', 'There is no provider none.'],
    ['one', 'k9', 'one has no key k9.'],
  ])('%s %s: %s', async (provider, id, message) =>
    expect(await check(provider, id)).toMatchObject({ code: 'not_found', message }),
  );
});
