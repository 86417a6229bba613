import { afterEach, describe, expect, it } from 'vitest';
import { createMemorySecrets, type GatewayPorts } from '../index.ts';
import { KEY_ONE, KEY_TWO, memoryFile, startTestGateway, type TestGateway } from '../testing/test-gateway.ts';

let gateway: TestGateway | undefined;
afterEach(async () => {
  await gateway?.stop();
  gateway = undefined;
});

const SERVER =
  'providers:\n  - { id: box, dialect: openai-chat, base_url: "https://box.example/v1", models: [m] }\n';
const file = memoryFile(SERVER);

/** Where keys go: into a store that keeps them, or into memory alone. */
const PLACES: readonly (readonly [string, Partial<GatewayPorts>])[] = [
  ['a store', { secrets: { ...createMemorySecrets(), kind: 'sealed' } }],
  ['memory', {}],
];

describe.each(PLACES)('keys in %s', (_place, ports) => {
  async function start(): Promise<(name: string, input: object) => Promise<unknown>> {
    file.text = SERVER;
    const running = await startTestGateway('', { configFile: file, ...ports });
    gateway = running;
    return async (name, input) => {
      const answer = await running.call(name, input);
      return answer.ok ? answer.data : answer.error;
    };
  }

  it('have a limit of requests at once, kept with the rest', async () => {
    const call = await start();
    const added = { key: { weight: 2, maxConcurrency: 20, label: 'main' } };
    const input = { provider: 'box', value: KEY_ONE, label: 'main', weight: 2, maxConcurrency: 20 };
    expect(await call('keys.add', input)).toMatchObject(added);
    const [{ id } = { id: '' }] = await keysOf(call);
    expect(await call('keys.update', { provider: 'box', id, maxConcurrency: 3 })).toMatchObject({
      maxConcurrency: 3,
      weight: 2,
    });
    expect(await call('keys.update', { provider: 'box', id, maxConcurrency: 0 })).toMatchObject({
      maxConcurrency: 0,
    });
    expect(await call('keys.update', { provider: 'box', id, maxConcurrency: -1 })).toMatchObject({
      code: 'invalid_input',
      field: 'maxConcurrency',
    });
  });

  it('have limits a minute that can be changed and taken away', async () => {
    const call = await start();
    await call('keys.add', { provider: 'box', value: KEY_ONE });
    const [{ id } = { id: '' }] = await keysOf(call);
    const limited = await call('keys.update', { provider: 'box', id, rpm: 60, tpm: 90_000 });
    expect(limited).toMatchObject({ rpm: 60, tpm: 90_000, weight: 1 });
    expect(await call('keys.update', { provider: 'box', id, rpm: 0 })).toMatchObject({ rpm: 0, tpm: 90_000 });
    expect(await call('keys.update', { provider: 'box', id, tpm: 0.5 })).toMatchObject({ field: 'tpm' });
  });

  it('are added with all their limits, and belong to an account until they do not', async () => {
    const call = await start();
    const limits = { rpm: 60, tpm: 90_000, account: 'work' };
    expect(await call('keys.add', { provider: 'box', value: KEY_ONE, ...limits })).toMatchObject({
      key: limits,
    });
    await call('keys.add', { provider: 'box', value: KEY_TWO });
    const [{ id } = { id: '' }, { id: other } = { id: '' }] = await keysOf(call);
    expect(await call('keys.update', { provider: 'box', id: other, account: 'work' })).toMatchObject({
      account: 'work',
      sharesAccountWith: [id],
    });
    expect(await call('keys.update', { provider: 'box', id, account: null })).toMatchObject({
      account: null,
      rpm: 60,
      sharesAccountWith: [],
    });
    expect(await call('keys.update', { provider: 'box', id, account: 'a b' })).toMatchObject({
      code: 'invalid_input',
    });
  });

  it('stay in the order they were added; the same one is not added twice', async () => {
    const call = await start();
    await call('keys.add', { provider: 'box', value: KEY_TWO, label: 'second' });
    await call('keys.add', { provider: 'box', value: KEY_ONE, label: 'first' });
    expect(await call('keys.add', { provider: 'box', value: ` ${KEY_TWO}\n` })).toMatchObject({
      code: 'conflict',
      message: 'box has this key already (second).',
    });
    expect((await keysOf(call)).map(({ label }) => label)).toEqual(['second', 'first']);
  });

  it('are added once when they come several times at once', async () => {
    const call = await start();
    const add = (value: string) => call('keys.add', { provider: 'box', value });
    const answers = await Promise.all([add(KEY_ONE), add(KEY_ONE), add(KEY_TWO), add(KEY_ONE)]);
    expect(answers.filter((answer) => JSON.stringify(answer).includes('conflict'))).toHaveLength(2);
    expect(await keysOf(call)).toHaveLength(2);
  });
});

type Key = { readonly id: string; readonly label: string };
const hasKeys = (value: unknown): value is { readonly keys: readonly Key[] } =>
  typeof value === 'object' && value !== null && 'keys' in value;

async function keysOf(call: (name: string, input: object) => Promise<unknown>): Promise<readonly Key[]> {
  const providers = await call('providers.list', {});
  const [box] = Array.isArray(providers) ? providers.filter(hasKeys) : [];
  return box?.keys ?? [];
}
