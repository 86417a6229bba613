import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createSteppedClock } from '../gateway/testing/clock.ts';
import { drainDeadline } from './drain-deadline.ts';
import { openerFor, openPage } from './open-page.ts';
import { openSecrets } from './secrets.ts';
import { createStopSignals } from './stop-signals.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'switchyard-start-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the time to drain', () => {
  it.each([
    [undefined, 120_000],
    ['', 120_000],
    ['0', 0],
    ['30', 30_000],
    ['3600', 3_600_000],
  ])('%s is %i ms', (text, expected) => {
    expect(drainDeadline({ SWITCHYARD_DRAIN_SECONDS: text })).toBe(expected);
  });

  it.each(['-1', '1.5', '3601', 'soon'])('%j is refused', (text) => {
    expect(() => drainDeadline({ SWITCHYARD_DRAIN_SECONDS: text })).toThrow('from 0 to 3600');
  });
});

describe('the store of secrets', () => {
  it('is memory without a master key', async () => {
    expect((await openSecrets({}, folder)).kind).toBe('memory');
  });

  it('is the sealed file with one, from a variable or a file', async () => {
    const text = 'a passphrase of some length';
    writeFileSync(join(folder, 'key'), `${text}\n`);
    const fromFile = await openSecrets({ SWITCHYARD_MASTER_KEY_FILE: join(folder, 'key') }, folder);
    await fromFile.set('openai/k1', 'value');
    const fromVariable = await openSecrets({ SWITCHYARD_MASTER_KEY: text }, folder);
    expect([fromVariable.kind, await fromVariable.get('openai/k1')]).toEqual(['sealed', 'value']);
  });

  it('is not memory while a sealed file waits for its key', async () => {
    writeFileSync(join(folder, 'secrets.enc'), 'sealed');
    await expect(openSecrets({ SWITCHYARD_MASTER_KEY: '' }, folder)).rejects.toThrow(
      'no master key is given',
    );
  });

  it.each([
    [{ SWITCHYARD_MASTER_KEY: 'short' }, 'SWITCHYARD_MASTER_KEY is too short'],
    [{ SWITCHYARD_MASTER_KEY_FILE: '/nowhere/key' }, 'names a file that cannot be read'],
    [{ SWITCHYARD_MASTER_KEY: 'x', SWITCHYARD_MASTER_KEY_FILE: 'y' }, 'are both set'],
  ])('is never quietly another one: %j', async (environment, sentence) => {
    await expect(openSecrets(environment, folder)).rejects.toThrow(sentence);
  });
});

describe('opening the page', () => {
  it.each([
    ['linux', 'xdg-open'],
    ['darwin', 'open'],
    ['win32', 'rundll32'],
  ] as const)('on %s is done by %s with the address as one argument', (platform, program) => {
    const opener = openerFor(platform, 'http://127.0.0.1:8000/#token=a&b');
    expect(opener.program).toBe(program);
    expect(opener.args.at(-1)).toBe('http://127.0.0.1:8000/#token=a&b');
  });

  const ADDRESS = 'http://127.0.0.1:8000';
  const TOKEN = 'a-token';
  const order = (more: Partial<Parameters<typeof openPage>[0]> = {}) => ({
    platform: 'linux' as const,
    address: ADDRESS,
    logInAddress: `${ADDRESS}/#token=${TOKEN}`,
    dataFolder: folder,
    clock: createSteppedClock(),
    failed: () => undefined,
    ...more,
  });
  /** An opener that writes down what it was started with. @returns its arguments, once it was */
  function fakeOpener(): () => Promise<string> {
    const heard = join(folder, 'heard');
    writeFileSync(
      join(folder, 'xdg-open'),
      `#!/bin/sh\nprintf '%s' "$*" > '${heard}.next'\nmv '${heard}.next' '${heard}'\n`,
      { mode: 0o755 },
    );
    vi.stubEnv('PATH', `${folder}:${process.env['PATH'] ?? ''}`);
    return async () => {
      await expect.poll(() => existsSync(heard), { timeout: 20_000, interval: 5 }).toBe(true);
      return readFileSync(heard, 'utf8');
    };
  }
  afterEach(() => vi.unstubAllEnvs());

  it('that fails is told, not thrown', async () => {
    const reason = await new Promise<string>((resolve) => {
      void openPage(order({ platform: 'win32', failed: resolve }));
    });
    expect(reason).toContain('rundll32');
  });

  it.skipIf(process.platform === 'win32')(
    'leads by a page of its owner: no argument has the token, which other accounts would see',
    async () => {
      const opened = fakeOpener();
      const clock = createSteppedClock();
      await openPage(order({ clock }));
      const argument = await opened();
      expect(argument).not.toContain(TOKEN);
      const page = fileURLToPath(argument);
      expect(statSync(page).mode & 0o777).toBe(0o600);
      expect(readFileSync(page, 'utf8')).toContain(`content="0;url=${ADDRESS}/#token=${TOKEN}"`);
      clock.step(60_000);
      await expect.poll(() => existsSync(page), { interval: 5 }).toBe(false);
    },
  );

  it.skipIf(process.platform === 'win32')('takes that page away when told to', async () => {
    const opened = fakeOpener();
    writeFileSync(join(folder, 'open.html'), 'left by a kill', { mode: 0o644 });
    const close = await openPage(order());
    const page = fileURLToPath(await opened());
    expect(statSync(page).mode & 0o777).toBe(0o600);
    await close();
    expect(existsSync(page)).toBe(false);
  });

  it.skipIf(process.platform === 'win32')('needs no page where a password is asked for', async () => {
    const opened = fakeOpener();
    await openPage(order({ logInAddress: null }));
    expect(await opened()).toBe(ADDRESS);
    expect(existsSync(join(folder, 'open.html'))).toBe(false);
  });

  it('does not fall back to the token where no page can be written', async () => {
    const reasons: string[] = [];
    await openPage(order({ dataFolder: join(folder, 'missing'), failed: (reason) => reasons.push(reason) }));
    expect(reasons).toEqual([expect.stringContaining('ENOENT')]);
  });
});

describe('signals', () => {
  function setup() {
    const clock = createSteppedClock();
    const happened: string[] = [];
    const onSignal = createStopSignals({
      clock,
      stop: (signal) => happened.push(`stop ${signal}`),
      end: (code) => happened.push(`end ${code}`),
    });
    return { clock, happened, onSignal };
  }

  it('stops in good order at the first, at once at the second', () => {
    const { clock, happened, onSignal } = setup();
    onSignal('SIGTERM');
    clock.step(1_000);
    onSignal('SIGINT');
    expect(happened).toEqual(['stop SIGTERM', 'end 130']);
  });

  it('takes what one Ctrl-C sends several times as one', () => {
    const { clock, happened, onSignal } = setup();
    onSignal('SIGINT');
    clock.step(5);
    onSignal('SIGINT');
    expect(happened).toEqual(['stop SIGINT']);
  });
});
