/** By which key a Switchyard is told from another, whatever the address. */
import { describe, expect, it } from 'vitest';
import { ANY_KEY, FIRST, IDS, original, sharedHome, type Id } from './testing/switchyards.ts';

const { switchyard, first, second, order, put, get } = sharedHome();

/** Zed keeps its key where nobody else reads it. */
const WITH_KEY = IDS.filter((id) => id !== 'zed');
const OTHER_KEY = 'sy-BBBBBBBBBBBBBBBB';

describe.each(WITH_KEY)('%s, connected to another Switchyard since, is not taken from it', (tool) => {
  it.each([
    ['which has the address that this one had', FIRST, 'http://127.0.0.1:8001'],
    ['which runs by turns at the same address', FIRST, FIRST],
    ['which other machines reach', 'http://192.168.1.5:9000', FIRST],
  ])('%s', async (_, address, now) => {
    await put(tool, original(tool));
    await order(first(), tool, 'connect');
    await order(switchyard('b', address, OTHER_KEY), tool, 'connect');
    const connected = await get(tool);
    await expect(order({ ...first(), address: now }, tool, 'remove')).rejects.toThrow('another Switchyard');
    expect(await get(tool)).toBe(connected);
  });
});

/** A provider of the user's own is chosen in the tool, and the other Switchyard's stands beside it. */
const CHOSEN: readonly (readonly [Id, RegExp, string])[] = [
  ['codex', /^model_provider = .*$/m, 'model_provider = "openai"'],
  ['cline', /"lastUsedProvider": "openai-compatible"/, '"lastUsedProvider": "anthropic"'],
  ['opencode', /"model": "switchyard\/one-two"/, '"model": "anthropic/x"'],
  ['zed', /"provider": "Switchyard"/, '"provider": "anthropic"'],
];
describe.each(CHOSEN)('%s, where another provider was chosen', (tool, chosen, instead) => {
  it.each([undefined, ANY_KEY])('leaves what another Switchyard with the key %s wrote', async (key) => {
    await put(tool, original(tool));
    await order(first(), tool, 'connect');
    await order(second(key), tool, 'connect');
    const connected = (await get(tool)).replace(chosen, instead);
    expect(connected).toContain(instead);
    await put(tool, connected);
    await expect(order(first(), tool, 'remove')).rejects.toThrow('another Switchyard');
    expect(await get(tool)).toBe(connected);
  });

  it('goes where it is the own one', async () => {
    await put(tool, original(tool));
    await order(first(), tool, 'connect');
    await put(tool, (await get(tool)).replace(chosen, instead));
    await order(first(), tool, 'remove');
    expect(await get(tool)).not.toMatch(/127\.0\.0\.1|sy-A/);
  });
});

describe.each(IDS)('%s', (tool) => {
  it.each([OTHER_KEY, ANY_KEY])(
    'set up by hand for this gateway with the key %s, is so again',
    async (key) => {
      const own = switchyard('a', FIRST, 'sy-AAAAAAAAAAAAAAAA', [OTHER_KEY]);
      await put(tool, original(tool));
      await order(switchyard('by-hand', FIRST, key), tool, 'connect', 'by-hand');
      const before = await get(tool);
      await order(own, tool, 'connect');
      await order(own, tool, 'remove');
      expect(await get(tool)).toBe(before);
    },
  );
});

it.each(WITH_KEY)('%s with another key of the same gateway, set by hand, is taken out', async (tool) => {
  await put(tool, original(tool));
  await order(first(), tool, 'connect');
  await put(tool, (await get(tool)).replaceAll('sy-AAAAAAAAAAAAAAAA', OTHER_KEY));
  await order(switchyard('a', FIRST, 'sy-AAAAAAAAAAAAAAAA', [OTHER_KEY]), tool, 'remove');
  expect(await get(tool)).not.toContain('127.0.0.1');
});

it.each(WITH_KEY)(
  '%s is as it was once this one has taken it back from one at the same address',
  async (tool) => {
    await put(tool, original(tool));
    await order(first(), tool, 'connect');
    await order(switchyard('b', FIRST, OTHER_KEY), tool, 'connect');
    await order(first(), tool, 'connect');
    await order(first(), tool, 'remove');
    expect(await get(tool)).toBe(original(tool));
  },
);

it('a Switchyard of another machine, set up by hand, comes back', async () => {
  const before =
    'openai-api-base: http://server:8000/v1\nopenai-api-key: sy-SERVERSERVERSERV\nmodel: openai/x\n';
  await put('aider', before);
  await order(first(), 'aider', 'connect');
  await order(first(), 'aider', 'remove');
  expect(await get('aider')).toBe(before);
});
