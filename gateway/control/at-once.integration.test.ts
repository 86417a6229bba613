/** Changes that are asked for at once, or while the file was changed by hand a moment ago: each of them holds. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { parse } from 'yaml';
import { memoryFile, startTestGateway, type TestGateway } from '../testing/test-gateway.ts';

const FILE = `providers:
  - id: one
    dialect: openai-chat
    base_url: "http://127.0.0.1:9/v1"
    allow_private_network: true
    keys: [{ id: k1, value: sk-0123456789abc }]
clients:
  - { id: laptop, key: laptop-key-0123456 }
  - { id: ci, key: ci-key-0123456789 }
models:
  - { id: smart, targets: [{ model: a/m }] }
  - { id: other, targets: [{ model: smart }, { model: b/m }] }
budgets:
  - { scope: all, usd: 100 }
  - { scope: "client:laptop", usd: 7 }
`;
const BY_HAND = '  - { scope: "client:ci", usd: 5 } # by hand\n';
const budget = { usd: 50, per: 'month', warn_at: [0.8], action: 'block' };

let file: ReturnType<typeof memoryFile>;
let gateway: TestGateway;
beforeEach(async () => {
  file = memoryFile(FILE);
  gateway = await startTestGateway('', { configFile: file });
});
afterEach(() => gateway.stop());

const written = z.looseObject({
  favourites: z._default(z.array(z.string()), []),
  providers: z._default(z.array(z.looseObject({ id: z.string(), name: z.optional(z.string()) })), []),
  clients: z._default(z.array(z.looseObject({ id: z.string() })), []),
  models: z.array(z.looseObject({ id: z.string(), targets: z.array(z.object({ model: z.string() })) })),
  budgets: z._default(z.array(z.looseObject({ scope: z.string(), usd: z.number() })), []),
  corrections: z._default(z.array(z.looseObject({ model: z.string() })), []),
});
const inFile = () => z.parse(written, parse(file.text ?? ''));
const budgets = () => inFile().budgets.map(({ scope, usd }) => `${scope} ${String(usd)}`);
/** Somebody saves the file; it is not read anew yet. */
const byHand = () => {
  file.text = FILE.replace('budgets:\n', `budgets:\n${BY_HAND}`);
};
const all = (...calls: readonly (readonly [name: string, input: unknown])[]) =>
  Promise.all(calls.map(([name, input]) => gateway.call(name, input)));
const codes = (answers: Awaited<ReturnType<typeof all>>) =>
  answers.map((answer) => (answer.ok ? 'ok' : answer.error.code));

describe('at once', () => {
  it('three models become favourites', async () => {
    const models = ['x/1', 'x/2', 'x/3'];
    await all(...models.map((model) => ['models.favourite', { model, favourite: true }] as const));
    expect(inFile().favourites).toEqual(models);
  });

  it('three budgets are made', async () => {
    const scopes = ['client:ci', 'alias:smart', 'provider:one'];
    await all(...scopes.map((scope) => ['budgets.put', { budget: { scope, ...budget } }] as const));
    expect(budgets()).toEqual(['all 100', 'client:laptop 7', ...scopes.map((scope) => `${scope} 50`)]);
  });

  it('the same budget is made once', async () => {
    const put = ['budgets.put', { budget: { scope: 'client:ci', ...budget } }] as const;
    expect(codes(await all(put, put))).toEqual(['ok', 'conflict']);
    expect(budgets()).toEqual(['all 100', 'client:laptop 7', 'client:ci 50']);
  });

  it('a budget goes, and a client with its own', async () => {
    await all(['budgets.remove', { id: 'all/month' }], ['clients.remove', { id: 'laptop' }]);
    expect(budgets()).toEqual([]);
    expect(inFile().clients.map(({ id }) => id)).toEqual(['ci']);
  });

  it('an alias gets another name, and one that leads to it other targets', async () => {
    const targets = [{ model: 'b/m' }, { model: 'smart' }, { model: 'c/m' }];
    await all(
      ['aliases.put', { alias: { id: 'other', targets } }],
      ['aliases.put', { was: 'smart', alias: { id: 'clever', targets: [{ model: 'a/m' }] } }],
    );
    expect(inFile().models.map(({ targets: to }) => to.map(({ model }) => model))).toEqual([
      ['a/m'],
      ['b/m', 'clever', 'c/m'],
    ]);
  });

  it('a provider is made from another twice, under two names', async () => {
    const twice = ['providers.duplicate', { id: 'one' }] as const;
    expect(codes(await all(twice, twice))).toEqual(['ok', 'ok']);
    expect(inFile().providers.map(({ id }) => id)).toEqual(['one', 'one-3', 'one-2']);
  });
});

it.each<readonly [line: RegExp, name: string, input: unknown]>([
  [/.*id: ci.*\n/, 'clients.update', { id: 'ci', rpm: 5 }],
  [/.*id: ci.*\n/, 'clients.rotate', { id: 'ci' }],
  [/.*id: ci.*\n/, 'clients.remove', { id: 'ci' }],
  [/providers:(\n .*)+\n/, 'providers.update', { id: 'one', name: 'One' }],
  [/providers:(\n .*)+\n/, 'providers.arrange', { ids: ['one'] }],
  [/ +keys: .*\n/, 'keys.update', { provider: 'one', id: 'k1', weight: 2 }],
  [/ +keys: .*\n/, 'keys.enableSeveral', { provider: 'one', ids: ['k1'], enabled: false }],
  [/.*id: smart.*\n/, 'aliases.put', { was: 'smart', alias: { id: 'smart', targets: [{ model: 'c/m' }] } }],
])('what was taken out by hand a moment ago does not come back (%s, %s)', async (line, name, input) => {
  file.text = FILE.replace(line, '');
  expect(await gateway.call(name, input)).toMatchObject({ ok: false, error: { code: 'not_found' } });
  expect(file.text).toBe(FILE.replace(line, ''));
});

it('of a setting that is set twice at once the last change is taken back, not both', async () => {
  const path = 'routing.retries';
  await all(['settings.set', { path, value: 5 }], ['settings.set', { path, value: 6 }]);
  expect(await gateway.call('settings.undo', { path })).toMatchObject({ ok: true });
  expect(parse(file.text ?? '')).toMatchObject({ routing: { retries: 5 } });
});

it('weights that were set elsewhere stay where the change was made from others', async () => {
  const weights = {
    length: 0.45,
    code: 0.3,
    reasoning: 0.7,
    tools: 0.25,
    images: 0.25,
    turns: 0.25,
    constraints: 0.35,
  };
  const seen = { weights, thresholds: { medium: 0.2, high: 0.55 } };
  const set = (changed: object) =>
    gateway.call('complexity.set', { seen, settings: { ...seen, weights: { ...weights, ...changed } } });
  expect(codes([await set({ code: 0.9 }), await set({ tools: 0.8 })])).toEqual(['ok', 'ok']);
  expect(await gateway.call('complexity.show')).toMatchObject({
    data: { settings: { ...seen, weights: { ...weights, code: 0.9, tools: 0.8 } } },
  });
});

const rule = (model: string) => ({ enabled: true, when: { model }, then: { model: 'smart' } });

describe('what replaces a whole list', () => {
  it('of rules is a conflict where they are others than were seen', async () => {
    const [one, two, three] = [rule('1'), rule('2'), rule('3')];
    const set = (seen: readonly object[], rules: readonly object[]) =>
      gateway.call('routing.setRules', { seen, rules });
    expect(codes([await set([], [one, two]), await set([one, two], [three, { ...one, was: 1 }])])).toEqual([
      'ok',
      'ok',
    ]);
    const before = file.text;
    const late = await set(
      [one, two],
      [
        { ...one, was: 1 },
        { ...two, was: 2, enabled: false },
      ],
    );
    expect(late).toMatchObject({ error: { code: 'conflict', told: { code: 'rules-changed' } } });
    expect(file.text).toBe(before);
    expect(codes([await set([three, one], [{ ...one, was: 2 }])])).toEqual(['ok']);
    expect(codes(await all(['routing.setRules', { rules: [one] }]))).toEqual(['invalid_input']);
  });

  it('of targets is a conflict where the alias is another than was seen', async () => {
    const targets = (...models: readonly string[]) => models.map((model) => ({ model }));
    const put = (seen: object | null, id: string, ...models: readonly string[]) =>
      gateway.call('aliases.put', {
        ...(seen === null ? {} : { was: id }),
        seen,
        alias: { id, targets: targets(...models) },
      });
    const seen = { strategy: 'priority', targets: targets('a/m') };
    expect(codes([await put(seen, 'smart', 'b/m', 'a/m')])).toEqual(['ok']);
    expect(await put(seen, 'smart', 'a/m', 'c/m')).toMatchObject({
      error: { code: 'conflict', told: { code: 'alias-changed', values: { id: 'smart' } } },
    });
    expect(codes([await put(null, 'smart', 'c/m'), await put(null, 'new', 'c/m')])).toEqual([
      'conflict',
      'ok',
    ]);
    expect(inFile().models[0]?.targets).toEqual(targets('b/m', 'a/m'));
  });
});

describe('a budget that was written by hand a moment ago stays as it is', () => {
  it.each<readonly [name: string, input: unknown, left: readonly string[]]>([
    [
      'budgets.put',
      { was: 'all/month', budget: { scope: 'all', ...budget } },
      ['client:ci 5', 'all 50', 'client:laptop 7'],
    ],
    [
      'budgets.put',
      { budget: { scope: 'alias:smart', ...budget } },
      ['client:ci 5', 'all 100', 'client:laptop 7', 'alias:smart 50'],
    ],
    ['budgets.remove', { id: 'all/month' }, ['client:ci 5', 'client:laptop 7']],
    ['clients.remove', { id: 'laptop' }, ['client:ci 5', 'all 100']],
  ])('with %s %j', async (name, input, left) => {
    byHand();
    expect(await gateway.call(name, input)).toMatchObject({ ok: true });
    expect(budgets()).toEqual(left);
  });

  it('and is known to a change that needs nothing written', async () => {
    byHand();
    const same = { scope: 'all', usd: 100, per: 'month', warn_at: [0.8], action: 'block' };
    const before = file.text;
    const answer = await gateway.call('budgets.put', { was: 'all/month', budget: same });
    expect(answer).toMatchObject({ data: [{ id: 'client:ci/month' }, { id: 'all/month' }, {}] });
    expect(file.text).toBe(before);
  });
});
