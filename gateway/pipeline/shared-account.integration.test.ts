/** Several keys of one account: how that is known, and that they rest together. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bad, good, keyOf, keysOf, openKeyFaults, type KeyFaults } from '../testing/key-faults.ts';
import { ANSWER, ASK } from '../testing/openai-wire.ts';

let faults: KeyFaults;
beforeEach(async () => {
  faults = await openKeyFaults();
});
afterEach(() => faults.checkAndStop(), 30_000);

describe('one account behind several keys', () => {
  const inOrganisation = { 'anthropic-organization-id': 'org-7', 'retry-after': '30' };
  const limit = {
    type: 'rate_limit_error',
    message: 'This would exceed the rate limit for your organization.',
  };

  it('is learned from the answers, shown, and rests as a whole for the model', async () => {
    faults.upstream.script((request) => request.json(200, ANSWER, inOrganisation));
    const running = await faults.start(2);
    for (const key of [1, 2]) {
      if (key === 2) await running.call('keys.update', { provider: 'one', id: 'k1', enabled: false });
      expect((await running.chat(ASK)).status).toBe(200);
    }
    await running.call('keys.update', { provider: 'one', id: 'k1', enabled: true });
    expect((await keysOf(running)).map(({ sharesAccountWith }) => sharesAccountWith)).toEqual([
      ['k2'],
      ['k1'],
    ]);
    const before = faults.upstream.requests.length;
    faults.upstream.script(bad(429, limit, inOrganisation));
    expect((await running.chat(ASK)).status).toBe(429);
    expect(faults.upstream.requests).toHaveLength(before + 1);
    expect((await keysOf(running)).map(({ models }) => models)).toMatchObject([
      [{ model: 'm', scope: 'account', reason: 'rate_limited' }],
      [{ model: 'm', scope: 'account', reason: 'rate_limited' }],
    ]);
    expect(await running.call('keys.clear', { provider: 'one', id: 'k2' })).toMatchObject({
      data: { cleared: 1 },
    });
    faults.upstream.script(good);
    expect((await running.chat(ASK)).status).toBe(200);
  });
});

it('keys of which the user says that they share an account rest together', async () => {
  faults.upstream.script(
    bad(429, { message: 'your organization', type: 'rate_limit_error' }, { 'retry-after': '30' }),
  );
  const running = await faults.startWith(
    `providers:\n  - id: one\n    dialect: openai-chat\n    base_url: ${faults.upstream.url}\n    allow_private_network: true\n    models: [m]\n    strategy: priority\n    keys:\n${[
      1, 2, 3,
    ]
      .map((key) => `      - { id: k${key}, value: ${keyOf(key)}${key < 3 ? ', account: ours' : ''} }\n`)
      .join('')}`,
  );
  expect((await running.chat(ASK)).status).toBe(429);
  expect([1, 2, 3].map(faults.callsTo)).toEqual([1, 0, 1]);
  expect((await keysOf(running)).map(({ sharesAccountWith }) => sharesAccountWith)).toEqual([
    ['k2'],
    ['k1'],
    [],
  ]);
});
