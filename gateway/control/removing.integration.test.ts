/** Removing and putting back, several keys at once, order and copies: what the file, the store and the views say. */
import { afterEach, describe, expect, it } from 'vitest';
import { createMemorySecrets, type GatewayPorts } from '../index.ts';
import {
  KEY_ONE,
  KEY_THREE,
  KEY_TWO,
  memoryFile,
  startTestGateway,
  type TestGateway,
} from '../testing/test-gateway.ts';

let gateway: TestGateway | undefined;
afterEach(async () => {
  await gateway?.stop();
  gateway = undefined;
});

const SERVER = `providers:
  - { id: box, dialect: openai-chat, base_url: "https://box.example/v1", models: [m], headers: { x-team: "\${TEAM:-none}" } }
  - { id: attic, dialect: openai-chat, base_url: "https://attic.example/v1", models: [m] } # upstairs
`;
const PLACES: readonly (readonly [string, () => Partial<GatewayPorts>])[] = [
  ['a store', () => ({ secrets: { ...createMemorySecrets(), kind: 'sealed' } })],
  ['memory', () => ({})],
];

type Call = (name: string, input: object) => Promise<unknown>;
async function start(ports: Partial<GatewayPorts> = {}) {
  const file = memoryFile(SERVER);
  const running = await startTestGateway('', { configFile: file, ...ports });
  gateway = running;
  const call: Call = async (name, input) => {
    const answer = await running.call(name, input);
    return answer.ok ? answer.data : answer.error;
  };
  const list = () => running.gateway.control.handlers['providers.list']({});
  const keys = async () =>
    ((await list()).find(({ id }) => id === 'box')?.keys ?? []).map(
      ({ id, fingerprint, state, enabled }) => ({ id, fingerprint, state, enabled }),
    );
  const { handlers } = running.gateway.control;
  return { file, call, list, keys, handlers };
}
async function addKeys(call: Call): Promise<void> {
  for (const value of [KEY_ONE, KEY_TWO, KEY_THREE]) await call('keys.add', { provider: 'box', value });
}

describe.each(PLACES)('keys in %s', (_place, ports) => {
  it('are removed together and put back, secrets and all', async () => {
    const { call, keys, handlers } = await start(ports());
    await addKeys(call);
    const before = await keys();
    const [first, , third] = before.map(({ id }) => id);
    const ids = [third ?? '', first ?? ''];
    const { undo } = await handlers['keys.removeSeveral']({ provider: 'box', ids });
    expect((await keys()).map(({ fingerprint }) => fingerprint)).toEqual(['…2222']);
    await handlers['providers.restore']({ undo: undo ?? '' });
    const after = await keys();
    expect(after.toSorted((left, right) => left.id.localeCompare(right.id))).toEqual(
      before.toSorted((left, right) => left.id.localeCompare(right.id)),
    );
    expect(await call('providers.restore', { undo })).toMatchObject({ code: 'not_found' });
  });

  it('are all left alone when one of them is not there', async () => {
    const { call, keys } = await start(ports());
    await addKeys(call);
    const before = await keys();
    const ids = [before[0]?.id, 'none'];
    for (const name of ['keys.removeSeveral', 'keys.enableSeveral']) {
      const input = { provider: 'box', ids, ...(name === 'keys.enableSeveral' ? { enabled: false } : {}) };
      expect(await call(name, input)).toMatchObject({ code: 'not_found' });
    }
    expect(await keys()).toEqual(before);
  });

  it('are switched off and on together', async () => {
    const { call, keys } = await start(ports());
    await addKeys(call);
    const ids = (await keys()).slice(0, 2).map(({ id }) => id);
    await call('keys.enableSeveral', { provider: 'box', ids, enabled: false });
    expect((await keys()).map(({ enabled }) => enabled)).toEqual([false, false, true]);
    await call('keys.enableSeveral', { provider: 'box', ids, enabled: true });
    expect((await keys()).every(({ state }) => state === 'ready')).toBe(true);
  });

  it('come back with their provider, at its place', async () => {
    const { file, call, list, keys, handlers } = await start(ports());
    await addKeys(call);
    const text = file.text;
    const before = await keys();
    const { undo } = await handlers['providers.remove']({ id: 'box' });
    expect((await list()).map(({ id }) => id)).toEqual(['attic']);
    await handlers['providers.restore']({ undo: undo ?? '' });
    expect((await list()).map(({ id }) => id)).toEqual(['box', 'attic']);
    expect(await keys()).toEqual(before);
    expect(file.text).toContain('${TEAM:-none}');
    expect(file.text?.split('\n').length).toBe(text?.split('\n').length);
    expect(file.text).not.toContain(KEY_ONE);
  });
});

describe('providers', () => {
  it('stand in the order that was asked for, and a bare model name goes to the first that lists it', async () => {
    const { file, call, list } = await start();
    for (const provider of ['box', 'attic']) await call('keys.add', { provider, value: KEY_ONE });
    await call('providers.arrange', { ids: ['attic', 'box'] });
    expect((await list()).map(({ id }) => id)).toEqual(['attic', 'box']);
    expect(file.text).toContain('# upstairs');
    expect(JSON.stringify(await call('routing.explain', { model: 'm' }))).toContain('attic');
    expect(await call('providers.arrange', { ids: ['cellar'] })).toMatchObject({ code: 'not_found' });
  });

  it('are doubled without their keys, references to variables unexpanded', async () => {
    const { file, call, list } = await start();
    await addKeys(call);
    expect(await call('providers.duplicate', { id: 'box' })).toMatchObject({
      id: 'box-2',
      baseUrl: 'https://box.example/v1',
      keys: [],
    });
    expect(await call('providers.duplicate', { id: 'box-2' })).toMatchObject({ id: 'box-3' });
    expect((await list()).map(({ id }) => id)).toEqual(['box', 'box-2', 'box-3', 'attic']);
    expect(file.text?.match(/\$\{TEAM:-none\}/g)).toHaveLength(3);
  });

  it('that are built in are doubled at the same address', async () => {
    const { call } = await start();
    await call('providers.add', { id: 'groq' });
    const { baseUrl } = (await gateway?.gateway.control.handlers['providers.list']({}))?.at(-1) ?? {};
    expect(await call('providers.duplicate', { id: 'groq' })).toMatchObject({ id: 'groq-2', baseUrl });
  });

  it('that are built in keep their dialects and quirks, also a double of the double', async () => {
    const { call, file } = await start();
    await call('providers.add', { id: 'openrouter' });
    const { endpoints } = (await gateway?.gateway.control.handlers['providers.list']({}))?.at(-1) ?? {};
    expect(endpoints).toHaveLength(3);
    const double = { endpoints, needsKey: true };
    expect(await call('providers.duplicate', { id: 'openrouter' })).toMatchObject(double);
    expect(await call('providers.duplicate', { id: 'openrouter-2' })).toMatchObject(double);
    expect(file.text?.match(/like: openrouter$/gm)).toHaveLength(2);
  });
});
