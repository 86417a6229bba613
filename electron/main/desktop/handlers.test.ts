import { describe, expect, it } from 'vitest';
import type { SecretPlace } from '../../../contract/rpc/procedures/desktop.ts';
import { desktopHandlers, type DesktopPorts } from './handlers.ts';
import { createPreferences, type Preferences } from './preferences.ts';

const place: SecretPlace = { kind: 'keychain', state: 'ready', message: null, told: null, name: 'Keychain' };
const facts = {
  platform: 'linux',
  version: '0.1.0',
  electron: '45.5.0',
  dataFolder: '/data',
  configFile: '/data/config.yaml',
} as const;

/** A system that notes what it was asked for. */
function setup(ports: Partial<DesktopPorts> = {}) {
  const log: unknown[] = [];
  let stored: unknown;
  let atLogin: boolean | null = false;
  const preferences = createPreferences(
    { read: () => stored, write: (written) => void (stored = written) },
    (error) => log.push(error),
  );
  const handlers = desktopHandlers({
    facts,
    secrets: () => place,
    preferences,
    loginItem: {
      isSet: () => atLogin,
      set(on) {
        atLogin = on;
        log.push(['login', on, preferences.get().startHidden]);
        return Promise.resolve();
      },
    },
    writeClipboard: async (text) => void log.push(['copy', await Promise.resolve(text)]),
    openExternal: async (url) => void log.push(['open', await Promise.resolve(url)]),
    openFolder: async (path) => void log.push(['folder', await Promise.resolve(path)]),
    tryNotification: () => false,
    hidden: (unsent) => void log.push(['hidden', unsent]),
    quit: () => log.push(['quit']),
    changed: ({ language, theme }) => log.push(['changed', language, theme]),
    ...ports,
  });
  return { handlers, log, stored: () => stored };
}

describe('the desktop app', () => {
  it('tells what it is and how it is set', async () => {
    expect(await setup().handlers['desktop.info']({})).toEqual({
      ...facts,
      secrets: place,
      openAtLogin: false,
      closeToTray: true,
      freeWindow: true,
      startHidden: false,
      notifications: true,
      quiet: [],
      updates: 'off',
      language: null,
      theme: 'system',
    });
  });

  it('keeps what the user changes, and tells the rest of the app', async () => {
    const { handlers, log, stored } = setup();
    expect(await handlers['desktop.set']({ closeToTray: false })).toMatchObject({ closeToTray: false });
    await handlers['desktop.set']({ language: 'zh-CN', theme: 'dark' });
    expect(stored()).toMatchObject({
      closeToTray: false,
      language: 'zh-CN',
      theme: 'dark',
      notifications: true,
    });
    expect(log).toEqual([
      ['changed', null, 'system'],
      ['changed', 'zh-CN', 'dark'],
    ]);
  });

  it('writes anew how the system starts it when that should be without a window', async () => {
    const { handlers, log } = setup();
    await handlers['desktop.set']({ startHidden: true });
    await handlers['desktop.set']({ openAtLogin: true });
    await handlers['desktop.set']({ startHidden: false });
    expect(await handlers['desktop.set']({ openAtLogin: false })).toMatchObject({ openAtLogin: false });
    expect(log.filter((entry) => Array.isArray(entry) && entry[0] === 'login')).toEqual([
      ['login', true, true],
      ['login', true, false],
      ['login', false, false],
    ]);
  });

  it('says it when the system does not start programs at log-in', async () => {
    const loginItem = { isSet: () => null, set: () => Promise.reject(new Error('no such thing')) };
    const { handlers } = setup({ loginItem });
    expect(await handlers['desktop.info']({})).toMatchObject({ openAtLogin: null });
    await expect(handlers['desktop.set']({ openAtLogin: true })).rejects.toThrow('no such thing');
    expect(await handlers['desktop.set']({ startHidden: true })).toMatchObject({ startHidden: true });
  });

  it('copies, opens and quits', async () => {
    const { handlers, log } = setup();
    await handlers['desktop.copyText']({ text: 'curl' });
    await handlers['desktop.openExternal']({ url: 'https://example.com' });
    await handlers['desktop.hidden']({ unsent: true });
    await handlers['desktop.openDataFolder']({});
    await handlers['desktop.quit']({});
    expect(log).toEqual([
      ['copy', 'curl'],
      ['open', 'https://example.com'],
      ['hidden', true],
      ['folder', '/data'],
    ]);
    await new Promise((resolve) => setImmediate(resolve));
    expect(log.at(-1)).toEqual(['quit']);
  });
});

describe('preferences', () => {
  const read = (text: unknown): Preferences =>
    createPreferences({ read: () => text, write: () => undefined }, () => undefined).get();

  it('are the usual ones at first', () => {
    expect(read(undefined)).toMatchObject({ closeToTray: true, theme: 'system', window: null });
  });

  it('lose only the field that is damaged', () => {
    const damaged = { closeToTray: 'yes', theme: 'dark', window: { bounds: { x: 'left' } }, unknown: 1 };
    expect(read(damaged)).toMatchObject({ closeToTray: true, theme: 'dark', window: null });
  });

  it('that are no object are the usual ones', () => {
    expect(read([1, 2])).toMatchObject({ closeToTray: true });
    expect(read('x')).toMatchObject({ closeToTray: true });
  });

  it('hold until the app is quit when they cannot be read or written', () => {
    const failed: unknown[] = [];
    const store = createPreferences(
      {
        read: () => {
          throw new Error('no file');
        },
        write: () => {
          throw new Error('no disk');
        },
      },
      (error) => failed.push(error),
    );
    store.set({ closeToTray: false, theme: undefined });
    expect(store.get()).toMatchObject({ closeToTray: false, theme: 'system' });
    expect(failed.map(String)).toEqual(['Error: no file', 'Error: no disk']);
  });
});
