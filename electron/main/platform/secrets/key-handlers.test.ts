import { describe, expect, it } from 'vitest';
import { providerSchema } from '../../../../contract/config/provider.ts';
import { createSteppedClock } from '../../../../gateway/testing/clock.ts';
import { createScriptedSecrets } from '../../../../gateway/testing/scripted-secrets.ts';
import { keyHandlers, type KeyPorts } from './key-handlers.ts';

const PROVIDERS = [
  providerSchema.parse({
    id: 'openai',
    name: 'OpenAI',
    keys: [{ id: 'k1', label: 'main' }, { id: 'k2', value: 'sk-in-the-file' }, { id: 'k3' }],
  }),
];
const STORED = 'sk-in-the-store';

function host(press: (dialog: Parameters<KeyPorts['showDialog']>[0]) => number | Promise<number> = () => 0) {
  const secrets = createScriptedSecrets({ 'openai/k1': STORED });
  const clock = createSteppedClock();
  const copied: string[] = [];
  const shown: string[] = [];
  let lookAway: () => void = () => undefined;
  let listening = 0;
  const handlers = keyHandlers({
    config: () => ({ providers: PROVIDERS }),
    secrets,
    clipboard: {
      put(secret) {
        copied.push(secret);
        return Promise.resolve();
      },
      end: () => Promise.resolve(),
    },
    clock,
    texts: () => ({ title: (name) => name, note: (count) => `${count} s`, copy: 'Copy', close: 'Close' }),
    async showDialog(dialog) {
      shown.push(`${dialog.message}|${dialog.detail}|${dialog.buttons.join(',')}`);
      return press(dialog);
    },
    onLookAway(act) {
      lookAway = act;
      listening += 1;
      return () => void (listening -= 1);
    },
  });
  return { handlers, secrets, clock, copied, shown, lookAway: () => lookAway(), listening: () => listening };
}

const k1 = { provider: 'openai', id: 'k1' };

describe('copying a key', () => {
  it.each([
    ['of the store', 'k1', STORED],
    ['of the configuration', 'k2', 'sk-in-the-file'],
  ])('%s puts it on the clipboard and answers only when it goes', async (_case, id, secret) => {
    const { handlers, copied } = host();
    expect(await handlers['keys.copy']({ provider: 'openai', id })).toEqual({ clearsAfter: 60_000 });
    expect(copied).toEqual([secret]);
  });

  it('that a page shows this once copies it as one', async () => {
    const { handlers, copied } = host();
    expect(await handlers['desktop.copySecret']({ text: 'sy-once' })).toEqual({ clearsAfter: 60_000 });
    expect(copied).toEqual(['sy-once']);
  });

  it.each([
    ['another provider', { provider: 'none', id: 'k1' }, 'not_found'],
    ['another key', { provider: 'openai', id: 'none' }, 'not_found'],
    ['a key whose secret is gone', { provider: 'openai', id: 'k3' }, 'not_found'],
  ])('of %s is refused', async (_case, key, code) => {
    const { handlers, copied } = host();
    await expect(handlers['keys.copy'](key)).rejects.toMatchObject({ code });
    expect(copied).toEqual([]);
  });

  it('from a store that cannot be read says why', async () => {
    const { handlers, secrets } = host();
    secrets.fail('locked', 'The keyring is locked.');
    await expect(handlers['keys.copy'](k1)).rejects.toMatchObject({
      code: 'unavailable',
      message: 'The keyring is locked.',
    });
  });
});

describe('showing a key', () => {
  /** The system's own dialog: closed by its signal or not at all. */
  const untilClosed = ({ signal }: { readonly signal: AbortSignal }): Promise<number> =>
    new Promise((resolve) => signal.addEventListener('abort', () => resolve(0)));

  it('happens in a dialog of the host, and the page gets nothing', async () => {
    const { handlers, shown, copied, listening } = host();
    expect(await handlers['keys.reveal'](k1)).toBeNull();
    expect(shown).toEqual([`OpenAI · main|${STORED}\n\n30 s|Close,Copy`]);
    expect(copied).toEqual([]);
    expect(listening()).toBe(0);
  });

  it('copies it by the dialog’s own button', async () => {
    const { handlers, copied } = host(() => 1);
    await handlers['keys.reveal'](k1);
    expect(copied).toEqual([STORED]);
  });

  it('ends by itself after 30 s', async () => {
    const { handlers, clock, shown } = host(untilClosed);
    const revealed = handlers['keys.reveal'](k1);
    await expect.poll(() => shown.length).toBe(1);
    clock.step(30_000);
    expect(await revealed).toBeNull();
  });

  it('ends when the user turns away', async () => {
    const { handlers, shown, lookAway } = host(untilClosed);
    const revealed = handlers['keys.reveal'](k1);
    await expect.poll(() => shown.length).toBe(1);
    lookAway();
    expect(await revealed).toBeNull();
  });
});
