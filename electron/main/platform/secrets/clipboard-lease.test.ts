import { expect, it } from 'vitest';
import type { Logger } from '../../../../gateway/index.ts';
import { createSteppedClock } from '../../../../gateway/testing/clock.ts';
import { createClipboardLease } from './clipboard-lease.ts';

function lease() {
  const clock = createSteppedClock();
  const warned: string[] = [];
  const quiet = (): void => undefined;
  const logger: Logger = { debug: quiet, info: quiet, error: quiet, warn: (text) => warned.push(text) };
  const clipboard = {
    text: 'before',
    broken: false,
    readText: () => (clipboard.broken ? Promise.reject(new Error('gone')) : Promise.resolve(clipboard.text)),
    writeText(text: string) {
      clipboard.text = text;
      return Promise.resolve();
    },
  };
  return { clock, clipboard, warned, lease: createClipboardLease({ clipboard, clock, logger }) };
}

it('takes a secret off the clipboard after a minute', async () => {
  const { clock, clipboard, lease: lent } = lease();
  await lent.put('sk-secret');
  clock.step(59_999);
  expect(clipboard.text).toBe('sk-secret');
  clock.step(1);
  await expect.poll(() => clipboard.text).toBe('');
});

it('leaves alone what was copied meanwhile', async () => {
  const { clock, clipboard, lease: lent } = lease();
  await lent.put('sk-secret');
  clipboard.text = 'a poem';
  clock.step(60_000);
  await lent.end();
  expect(clipboard.text).toBe('a poem');
});

it('takes it off at once when the app is quit, and has nothing to do without a secret', async () => {
  const { clipboard, lease: lent } = lease();
  await lent.end();
  expect(clipboard.text).toBe('before');
  await lent.put('sk-secret');
  await lent.end();
  expect(clipboard.text).toBe('');
});

it('gives the second secret its own minute', async () => {
  const { clock, clipboard, lease: lent } = lease();
  await lent.put('sk-first');
  clock.step(40_000);
  await lent.put('sk-second');
  clock.step(40_000);
  expect(clipboard.text).toBe('sk-second');
  clock.step(20_000);
  await expect.poll(() => clipboard.text).toBe('');
});

it('says so when the clipboard cannot be cleared, without the secret', async () => {
  const { clipboard, warned, lease: lent } = lease();
  await lent.put('sk-secret');
  clipboard.broken = true;
  await lent.end();
  expect(warned).toEqual(['the clipboard could not be cleared of a key']);
});
