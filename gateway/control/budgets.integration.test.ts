/** Budgets, limits of clients and the weights of complexity: changed from outside, written with as few changes as can be. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { memoryFile, startTestGateway, type TestGateway } from '../testing/test-gateway.ts';

const FILE = `# mine
clients:
  - id: laptop # Ada's
    key: laptop-key-0123456
    budget: { usd: 20, warn_at: [0.5] } # hers
  - { id: ci, key: ci-key-0123456789 }
models:
  - { id: smart, strategy: complexity, targets: [{ model: a/m }] }
budgets:
  # everything
  - { scope: all, usd: 100 } # by hand
  - scope: "alias:smart"
    usd: 5
    per: day
routing:
  complexity:
    weights: { code: 0.5 } # much code here
`;

let file: ReturnType<typeof memoryFile>;
let gateway: TestGateway;
beforeEach(async () => {
  file = memoryFile(FILE);
  gateway = await startTestGateway('', { configFile: file });
});
afterEach(() => gateway.stop());

const text = async (): Promise<string> => (await file.read()) ?? '';
const budget = { scope: 'all', usd: 50, per: 'month', warn_at: [0.8], action: 'block' };

describe('a budget', () => {
  it('is changed where it stands, its line alone', async () => {
    expect(await gateway.call('budgets.put', { was: 'all/month', budget })).toMatchObject({
      data: [{ id: 'all/month', usd: 50, warnAt: [0.8] }, {}, {}],
    });
    expect(await text()).toBe(FILE.replace('usd: 100', 'usd: 50'));
  });

  it('of a client is changed with the client', async () => {
    const given = { scope: 'client:laptop', usd: 20, per: 'month', warn_at: [0.5, 0.9], action: 'warn' };
    expect(await gateway.call('budgets.put', { was: 'client:laptop/month', budget: given })).toMatchObject({
      data: [{}, {}, { id: 'client:laptop/month', action: 'warn', warnAt: [0.5, 0.9] }],
    });
    expect(await text()).toBe(FILE.replace('[0.5] }', '[ 0.5, 0.9 ], action: warn }'));
  });

  it('is made, moved to another scope, and removed; the rest stays as it is', async () => {
    const made = { ...budget, scope: 'client:ci', per: 'day' };
    expect(await gateway.call('budgets.put', { budget: made })).toMatchObject({
      data: [{}, {}, { id: 'client:ci/day' }, {}],
    });
    expect(await text()).toContain(`    per: day\n  - scope: client:ci\n    usd: 50\n`);
    const moved = { was: 'client:laptop/month', budget: { ...budget, scope: 'client:laptop', per: 'day' } };
    expect(await gateway.call('budgets.put', moved)).toMatchObject({
      data: [{}, {}, {}, { id: 'client:laptop/day' }],
    });
    await gateway.call('budgets.remove', { id: 'client:laptop/day' });
    await gateway.call('budgets.remove', { id: 'client:ci/day' });
    expect(await text()).toBe(FILE.replace('    budget: { usd: 20, warn_at: [0.5] } # hers\n', ''));
  });

  it.each([
    ['twice', 'budgets.put', { budget }, 'conflict'],
    [
      'moved onto another',
      'budgets.put',
      { was: 'all/month', budget: { ...budget, scope: 'alias:smart', per: 'day' } },
      'conflict',
    ],
    ['of nobody', 'budgets.put', { budget: { ...budget, scope: 'client:who' } }, 'invalid_input'],
    ['that is not there', 'budgets.put', { was: 'all/day', budget: { ...budget, per: 'day' } }, 'not_found'],
    ['that is gone', 'budgets.remove', { id: 'all/day' }, 'not_found'],
  ] as const)('%s is refused, and nothing is written', async (_case, name, input, code) => {
    expect(await gateway.call(name, input)).toMatchObject({ ok: false, error: { code } });
    expect(await text()).toBe(FILE);
  });
});

it('limits of a client are shown and changed, its key never', async () => {
  expect(await gateway.call('clients.list')).toMatchObject({
    data: [{ id: 'laptop', rpm: 0, maxConcurrency: 0, fingerprint: '…3456' }, { id: 'ci' }],
  });
  expect(JSON.stringify(await gateway.call('clients.list'))).not.toContain('laptop-key');
  expect(await gateway.call('clients.update', { id: 'laptop', rpm: 60, maxConcurrency: 0 })).toMatchObject({
    data: [{ rpm: 60 }, {}],
  });
  expect(await text()).toBe(FILE.replace('# hers\n', '# hers\n    rpm: 60\n'));
  expect(await gateway.call('clients.update', { id: 'who', rpm: 1 })).toMatchObject({
    error: { code: 'not_found' },
  });
});

describe('complexity', () => {
  const SETTINGS = {
    weights: {
      length: 0.45,
      code: 0.3,
      reasoning: 0.9,
      tools: 0.25,
      images: 0.25,
      turns: 0.25,
      constraints: 0.35,
    },
    thresholds: { medium: 0.2, high: 0.55 },
  };

  it('is shown, and only what differs is written', async () => {
    expect(await gateway.call('complexity.show')).toMatchObject({
      data: {
        settings: { weights: { code: 0.5 } },
        defaults: { weights: { code: 0.3 } },
        aliases: ['smart'],
      },
    });
    expect(await gateway.call('complexity.set', { settings: SETTINGS })).toMatchObject({
      data: { settings: SETTINGS },
    });
    expect(await text()).toContain('    weights: { reasoning: 0.9 } # much code here');
    expect(
      await gateway.call('complexity.set', {
        settings: { ...SETTINGS, thresholds: { medium: 0.9, high: 0.5 } },
      }),
    ).toMatchObject({ ok: false, error: { code: 'invalid_input' } });
  });

  it('of a request is scored by settings that are not in force', async () => {
    const body = JSON.stringify({
      model: '',
      messages: [{ role: 'user', content: 'Prove it step by step.' }],
    });
    const score = (reasoning: number) =>
      gateway.call('complexity.score', {
        body,
        settings: { ...SETTINGS, weights: { ...SETTINGS.weights, reasoning } },
      });
    expect(await score(0)).toMatchObject({ data: { level: 'low', parts: { reasoning: 0 } } });
    expect(await score(1)).toMatchObject({ data: { level: 'high' } });
    expect(await gateway.call('complexity.score', { body: '{', settings: SETTINGS })).toMatchObject({
      error: { code: 'invalid_input', field: 'body' },
    });
    expect(
      await gateway.call('complexity.score', { body: '{"messages":5}', settings: SETTINGS }),
    ).toMatchObject({ error: { code: 'invalid_input' } });
  });
});
