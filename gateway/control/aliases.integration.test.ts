/** Aliases against a whole gateway: made, changed, renamed and removed, with the state of what they lead to. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EventMessage } from '../../contract/rpc/events.ts';
import { startFakeUpstream, type FakeUpstream } from '../testing/fake-upstream.ts';
import { ANSWER, ASK } from '../testing/openai-wire.ts';
import { KEY_ONE, KEY_TWO, memoryFile, startTestGateway, type TestGateway } from '../testing/test-gateway.ts';

let upstream: FakeUpstream;
let gateway: TestGateway | undefined;
let file: ReturnType<typeof memoryFile>;
beforeEach(async () => {
  upstream = await startFakeUpstream();
  upstream.script((request) => request.json(200, ANSWER));
});
afterEach(async () => {
  await gateway?.stop();
  gateway = undefined;
  await upstream.close();
});

async function start(models: string, more = ''): Promise<TestGateway> {
  const entry = (id: string, rest: string): string =>
    `  - { id: ${id}, dialect: openai-chat, base_url: "${upstream.url}", allow_private_network: true, ${rest} }\n`;
  file = memoryFile(
    `providers:\n${entry('one', `models: [m, n], keys: [{ id: k1, value: ${KEY_ONE} }]`)}${entry('two', `models: [m], keys: [{ id: k1, value: ${KEY_TWO} }]`)}${entry('off', `enabled: false, models: [m], keys: [{ id: k1, value: ${KEY_TWO}2 }]`)}${entry('bare', `models: [m], keys: [{ id: k1, value: ${KEY_TWO}3, enabled: false }]`)}models:\n${models}\n${more}`,
  );
  gateway = await startTestGateway('', { configFile: file });
  return gateway;
}

const alias = (id: string, ...models: readonly string[]) => ({
  id,
  targets: models.map((model) => ({ model })),
});

describe('what is shown', () => {
  it('tells of each target how it would fare and why', async () => {
    const { call } = await start(
      `  - { id: fast, targets: [{ model: one/m }, { model: one/x }, { model: off/m }, { model: bare/m }, { model: nobody }, { model: deep }] }
  - { id: deep, targets: [{ model: two/m }] }
  - { id: one/gpt, provider: one }`,
      'routing: { default_model: fast }',
    );
    expect(await call('aliases.list')).toMatchObject({
      data: [
        {
          id: 'fast',
          kind: 'alias',
          isDefault: true,
          shadows: null,
          targets: [
            { model: 'one/m', state: 'ready', problem: null, provider: 'one', alias: false },
            { model: 'one/x', state: 'unusable', problem: 'not_listed', provider: 'one' },
            { model: 'off/m', state: 'unusable', problem: 'provider_off', provider: 'off' },
            { model: 'bare/m', state: 'unusable', problem: 'no_key', provider: 'bare' },
            { model: 'nobody', state: 'unusable', problem: 'not_offered', provider: null },
            { model: 'deep', state: 'ready', alias: true, cycle: null, provider: 'two' },
          ],
        },
        { id: 'deep', kind: 'alias', isDefault: false },
        { id: 'one/gpt', kind: 'manual', targets: [{ model: 'one/gpt', state: 'ready', provider: 'one' }] },
      ],
    });
  });

  it('tells that a target cools, what was said and for how long', async () => {
    const { call, chat } = await start(`  - { id: fast, targets: [{ model: one/m }] }`);
    upstream.script((request) =>
      request.json(429, { error: { message: 'slow down' } }, { 'retry-after': '300' }),
    );
    await chat({ ...ASK, model: 'fast' });
    expect(await call('aliases.list')).toMatchObject({
      data: [
        {
          targets: [
            {
              state: 'cooling',
              problem: 'keys_cooling',
              because: { reason: 'rate_limited', status: 429, message: 'slow down' },
              coolingFor: expect.toSatisfy((left: number) => left > 200_000 && left <= 300_000),
            },
          ],
        },
      ],
    });
  });

  it('names a way back, and takes the own name of an alias for the model it hides', async () => {
    const { call } = await start(
      `  - { id: a, targets: [{ model: b }] }
  - { id: b, targets: [{ model: c }, { model: two/m }] }
  - { id: c, targets: [{ model: a }] }
  - { id: n, targets: [{ model: n }] }`,
    );
    expect(await call('aliases.list')).toMatchObject({
      data: [
        { targets: [{ model: 'b', cycle: ['a', 'b', 'c', 'a'], state: 'ready', provider: 'two' }] },
        { targets: [{ cycle: ['b', 'c', 'a', 'b'] }, { cycle: null }] },
        { targets: [{ cycle: ['c', 'a', 'b', 'c'] }] },
        { id: 'n', shadows: 'one', targets: [{ model: 'n', alias: false, cycle: null, state: 'ready' }] },
      ],
    });
  });
});

describe('changes', () => {
  it('are in force at once, and leave the rest of the file as it was', async () => {
    const { call, chat } = await start(`  # mine
  - id: fast
    targets:
      - model: one/m # first`);
    const put = { alias: alias('fast', 'two/m', 'one/m') };
    expect(await call('aliases.put', put)).toMatchObject({
      ok: true,
      data: { id: 'fast', targets: [{ model: 'two/m' }, { model: 'one/m' }] },
    });
    expect((await chat({ ...ASK, model: 'fast' })).status).toBe(200);
    expect(upstream.requests.at(-1)?.headers['authorization']).toBe(`Bearer ${KEY_TWO}`);
    expect(file.text).toContain('  # mine\n');
    expect(file.text).toContain('- model: one/m # first');
  });

  it('keep weights for who knows nothing of them, and take strategy, weights and ranges from who does', async () => {
    const { call } = await start(
      '  - { id: fast, strategy: weighted, targets: [{ model: one/m, weight: 3 }, { model: two/m }] }',
    );
    expect(await call('aliases.put', { alias: alias('fast', 'two/m', 'one/m') })).toMatchObject({
      data: { strategy: 'weighted', targets: [{ model: 'two/m' }, { model: 'one/m', weight: 3 }] },
    });
    const targets = [
      { model: 'one/m', level: 'low' },
      { model: 'two/m', from: 0.4, to: 1 },
    ];
    expect(
      await call('aliases.put', { alias: { id: 'fast', strategy: 'complexity', targets } }),
    ).toMatchObject({ data: { strategy: 'complexity', targets } });
    await call('aliases.put', {
      alias: { id: 'fast', strategy: 'complexity', targets: targets.map(({ model }) => ({ model })) },
    });
    expect(file.text).not.toContain('level:');
    expect(file.text).toContain('complexity');
    expect(file.text).not.toContain('weight:');
  });

  it('touch the targets they are of alone: what is written of the others stays', async () => {
    const { call } = await start(`  - id: fast
    strategy: weighted
    targets:
      - model: \${CHEAP_MODEL:-one/m} # set per machine
        weight: 2
      - model: two/m # second
  - id: all
    targets:
      - model: \${CHEAP_MODEL:-one/m} # the same
      - model: fast # mine`);
    const put = async (...targets: readonly object[]) => {
      const answer = await call('aliases.put', { alias: { id: 'fast', strategy: 'weighted', targets } });
      expect(answer).toMatchObject({ ok: true, data: { targets } });
      return file.text?.slice(file.text.indexOf('models:\n'), file.text.indexOf('  - id: all'));
    };
    const cheap = '      - model: ${CHEAP_MODEL:-one/m} # set per machine\n        weight: 2\n';
    const head = 'models:\n  - id: fast\n    strategy: weighted\n    targets:\n';
    expect(await put({ model: 'one/m', weight: 2 }, { model: 'two/m', weight: 5 })).toBe(
      `${head}${cheap}      - model: two/m # second\n        weight: 5\n`,
    );
    expect(await put({ model: 'two/m' }, { model: 'one/m', weight: 2 })).toBe(
      `${head}      - model: two/m # second\n${cheap}`,
    );
    expect(await put({ model: 'one/n' }, { model: 'one/m', weight: 2 })).toBe(
      `${head}      - model: one/n\n${cheap}`,
    );
    await call('aliases.put', { was: 'fast', alias: alias('quick', 'one/m') });
    expect(file.text).toContain('- model: ${CHEAP_MODEL:-one/m} # the same\n      - model: quick # mine');
  });

  it('a new one is made, and removed again', async () => {
    const { call, chat } = await start('  []');
    expect(await call('aliases.put', { alias: alias('quick', 'one/n') })).toMatchObject({ ok: true });
    expect((await chat({ ...ASK, model: 'quick' })).status).toBe(200);
    const gone = await call('aliases.remove', { id: 'quick' });
    expect((await chat({ ...ASK, model: 'quick' })).status).toBe(404);
    expect(await call('aliases.list')).toEqual({ ok: true, data: [] });
    const undo = /"undo":"([^"]+)"/.exec(JSON.stringify(gone))?.[1];
    expect(await call('aliases.restore', { undo })).toMatchObject({ data: [{ id: 'quick' }] });
    expect(await call('aliases.restore', { undo })).toMatchObject({ error: { code: 'not_found' } });
  });

  it('a new name is taken over wherever the old one stood', async () => {
    const { call } = await start(
      `  - { id: fast, targets: [{ model: one/m }] }
  - { id: all, targets: [{ model: two/m }, { model: fast }] }`,
      `routing: { default_model: fast }
rules:
  - { when: { model: fast }, then: { model: fast } } # mine
  - { when: {}, then: { model: all } }
budgets:
  - { scope: "alias:fast", usd: 5 }`,
    );
    expect(await call('aliases.put', { was: 'fast', alias: alias('quick', 'one/m') })).toMatchObject({
      ok: true,
      data: { id: 'quick', isDefault: true },
    });
    // What a tool asks for is the tool's; what a rule sends to is ours.
    expect(file.text).toMatch(/when: \{ ?model: fast ?\}, then: \{ ?model: quick ?\} ?\} # mine/);
    expect(file.text).toContain('alias:quick');
    expect(await call('aliases.list')).toMatchObject({
      data: [
        { id: 'quick', isDefault: true },
        { id: 'all', targets: [{ model: 'two/m' }, { model: 'quick', alias: true, state: 'ready' }] },
      ],
    });
  });

  it('are told to who listens, once they are in force', async () => {
    const running = await start('  []');
    const heard: EventMessage[] = [];
    const subscription = running.gateway.control.subscribe(['config.changed'], (message) => {
      heard.push(message);
      return true;
    });
    await running.call('aliases.put', { alias: alias('quick', 'one/n') });
    expect(heard).toEqual([{ topic: 'config.changed', data: null, number: 1 }]);
    subscription.close();
  });
});

describe('what is refused', () => {
  it.each([
    ['put', { alias: alias(' x', 'one/m') }, 'invalid_input', 'alias.id'],
    ['put', { alias: alias('x\n', 'one/m') }, 'invalid_input', 'alias.id'],
    ['put', { alias: alias('', 'one/m') }, 'invalid_input', 'alias.id'],
    ['put', { alias: alias('x') }, 'invalid_input', 'alias.targets'],
    ['put', { alias: alias('x', 'one/m', 'one/n', 'one/m') }, 'invalid_input', 'alias.targets.2.model'],
    ['put', { alias: alias('one/gpt', 'one/m') }, 'conflict', 'alias.id'],
    ['put', { was: 'fast', alias: alias('deep', 'one/m') }, 'conflict', 'alias.id'],
    ['put', { was: 'gone', alias: alias('new', 'one/m') }, 'not_found', undefined],
    ['remove', { id: 'gone' }, 'not_found', undefined],
    ['remove', { id: 'one/gpt' }, 'conflict', 'alias.id'],
  ] as const)('aliases.%s %j: %s at %s', async (verb, input, code, field) => {
    const { call } = await start(
      `  - { id: fast, targets: [{ model: one/m }] }
  - { id: deep, targets: [{ model: one/m }] }
  - { id: one/gpt, provider: one }`,
    );
    const before = file.text;
    const answer = await call(`aliases.${verb}`, input);
    expect(answer).toMatchObject({ ok: false, error: { code } });
    expect(answer.ok ? null : answer.error.field).toBe(field);
    expect(file.text).toBe(before);
  });
});
