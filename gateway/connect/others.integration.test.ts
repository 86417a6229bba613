/** Two Switchyards on one home folder: neither takes out what the other needs, nor leads back to one that is over. */
import { beforeEach, describe, expect, it } from 'vitest';
import { ANY_KEY, FIRST, IDS, original, SECOND, sharedHome } from './testing/switchyards.ts';

const { listen, switchyard, first, second, order, put, get } = sharedHome();

describe.each(IDS)('%s stays connected to the second: the first says so and takes nothing out', (tool) => {
  const keys = [
    [undefined, undefined],
    [ANY_KEY, ANY_KEY],
    [ANY_KEY, undefined],
    [undefined, ANY_KEY],
  ] as const;
  describe.each(keys)('where the first has the key %s, the second %s', (firstKey, secondKey) => {
    it.each([[[FIRST, SECOND]], [[FIRST]]])('and %j run', async (running) => {
      await put(tool, original(tool));
      await order(first(firstKey), tool, 'connect');
      await order(second(secondKey), tool, 'connect');
      const connected = await get(tool);
      listen(running);
      await expect(order(first(firstKey), tool, 'remove')).rejects.toThrow(
        new RegExp(`leads to ${SECOND}\\S* by now, which looks like another Switchyard`),
      );
      expect(await get(tool)).toBe(connected);
    });
  });
});

describe.each(IDS)('%s', (tool) => {
  beforeEach(async () => {
    await put(tool, original(tool));
    await order(first(), tool, 'connect');
  });

  it('is as it was when the second is taken out, and then the first', async () => {
    const connected = await get(tool);
    await order(second(), tool, 'connect');
    await order(second(), tool, 'remove');
    expect(await get(tool)).toBe(connected);
    await order(first(), tool, 'remove');
    expect(await get(tool)).toBe(original(tool));
  });

  it('is as it was when the first has connected it once more', async () => {
    await order(second(), tool, 'connect');
    await order(first(), tool, 'connect');
    const connected = await get(tool);
    await order(second(), tool, 'remove');
    expect(await get(tool)).toBe(connected);
    await order(first(), tool, 'remove');
    expect(await get(tool)).toBe(original(tool));
  });

  it.each(['', '\n'])('is not led back to a first that is over %j', async (later) => {
    await order(second(), tool, 'connect');
    await put(tool, `${await get(tool)}${later}`);
    listen([SECOND]);
    await order(second(), tool, 'remove');
    expect(await get(tool)).not.toMatch(/127\.0\.0\.1|sy-[AB]|switchyard|one-two/i);
  });
});

// Zed keeps no key: the second finds it set up to the same effect, and writes nothing.
it.each(IDS.filter((id) => id !== 'zed'))(
  '%s is not led back to the same address by the key of a data folder that is gone',
  async (tool) => {
    await put(tool, original(tool));
    await order(first(), tool, 'connect');
    const anew = switchyard('c', FIRST, 'sy-CCCCCCCCCCCCCCCC');
    await order(anew, tool, 'connect');
    await order(anew, tool, 'remove');
    expect(await get(tool)).not.toMatch(/127\.0\.0\.1|sy-[AC]|switchyard|one-two/i);
  },
);

it('an address of another program on this machine comes back', async () => {
  const before =
    '{ "env": { "ANTHROPIC_BASE_URL": "http://127.0.0.1:4000", "ANTHROPIC_AUTH_TOKEN": "sk-1" } }\n';
  await put('claude-code', before);
  await order(first(), 'claude-code', 'connect');
  await put('claude-code', `${await get('claude-code')}\n`);
  await order(first(), 'claude-code', 'remove');
  expect(await get('claude-code')).toBe(`${before}\n`);
});

it('a server of models that does not run just then comes back, whatever word it has for a key', async () => {
  const before = 'openai-api-base: http://127.0.0.1:11434/v1\nopenai-api-key: local\nmodel: openai/llama\n';
  await put('aider', before);
  await order(first(), 'aider', 'connect');
  await order(first(), 'aider', 'remove');
  expect(await get('aider')).toBe(before);
});

it.each(['claude-code', 'aider', 'codex'] as const)(
  '%s: an address set by hand beside what was written is nobody else, and stays',
  async (tool) => {
    await put(tool, original(tool));
    await order(first(), tool, 'connect');
    await put(tool, (await get(tool)).replace(FIRST, 'http://localhost:11434'));
    await order(first(), tool, 'remove');
    const after = await get(tool);
    expect(after).toContain('http://localhost:11434');
    expect(after).not.toContain('sy-AAAA');
  },
);

// With `local` it looks like another Switchyard: the sentence says what to do in either case, and this is one of them.
it.each(['claude-code', 'aider', 'codex', 'zed'] as const)(
  '%s: where an address set by hand cannot be told from another, connecting once more and taking out gets rid of it all',
  async (tool) => {
    listen([]);
    await put(tool, original(tool));
    await order(first(ANY_KEY), tool, 'connect');
    await put(tool, (await get(tool)).replace(FIRST, 'http://localhost:11434'));
    await expect(order(first(ANY_KEY), tool, 'remove')).rejects.toThrow('connect it here again');
    await order(first(ANY_KEY), tool, 'connect');
    await order(first(ANY_KEY), tool, 'remove');
    expect(await get(tool)).not.toMatch(/127\.0\.0\.1|one-two/);
  },
);

it('what the guide says to write by hand comes back', async () => {
  const before = `model_provider = "switchyard"\n\n[model_providers.switchyard]\nbase_url = "${FIRST}/v1"\nenv_key = "K"\n`;
  await put('codex', before);
  await order(first(), 'codex', 'connect');
  expect(await get('codex')).not.toContain('env_key');
  await order(first(), 'codex', 'remove');
  expect(await get('codex')).toBe(before);
});

it('what was kept as the second has it is not taken from it either', async () => {
  await put('claude-code', original('claude-code'));
  await order(first(), 'claude-code', 'connect');
  await order(second(), 'claude-code', 'connect');
  const connected = await get('claude-code');
  await order(first(), 'claude-code', 'keep');
  await expect(order(first(), 'claude-code', 'remove')).rejects.toThrow('another Switchyard');
  expect(await get('claude-code')).toBe(connected);
});

it('an own address by another port, set by hand, is no other Switchyard', async () => {
  await put('claude-code', original('claude-code'));
  await order(first(), 'claude-code', 'connect');
  await put('claude-code', (await get('claude-code')).replace(FIRST, SECOND));
  await order({ ...first(), address: SECOND }, 'claude-code', 'remove');
  expect(await get('claude-code')).not.toContain('sy-A');
});
