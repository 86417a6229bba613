import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { autostartEntry, autostartPath } from './autostart-file.ts';
import { createLoginItem } from './login-item.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'switchyard-login-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A system that remembers one entry by its arguments, as Windows does. */
function systemItem() {
  let entry: { readonly openAtLogin: boolean; readonly args: readonly string[] } = {
    openAtLogin: false,
    args: [],
  };
  return {
    get entry() {
      return entry;
    },
    getLoginItemSettings: ({ args }: { readonly args: readonly string[] }) => ({
      openAtLogin: entry.openAtLogin && entry.args.join() === args.join(),
    }),
    setLoginItemSettings(settings: { readonly openAtLogin: boolean; readonly args: readonly string[] }) {
      entry = settings;
    },
  };
}

function item(platform: NodeJS.Platform, hidden = false) {
  const app = systemItem();
  const file = join(folder, 'autostart', 'switchyard.desktop');
  const command = ['/opt/Switchyard app/switchyard', '/home/ada/50%'];
  const made = createLoginItem({ platform, app, autostartFile: file, command, hidden: () => hidden });
  return { made, app, file };
}

describe('on Linux', () => {
  it('an autostart entry is written and removed', async () => {
    const { made, file } = item('linux', true);
    expect(made.isSet()).toBe(false);
    await made.set(true);
    await made.set(true);
    expect(made.isSet()).toBe(true);
    expect(await readFile(file, 'utf8')).toContain(
      'Exec="/opt/Switchyard app/switchyard" "/home/ada/50%%" "--hidden"\n',
    );
    await made.set(false);
    expect(made.isSet()).toBe(false);
    await made.set(false);
  });

  it.each(['Hidden=true', 'X-GNOME-Autostart-enabled=false'])('%s turns an entry off', async (line) => {
    const { made, file } = item('linux');
    await made.set(true);
    expect(made.isSet()).toBe(true);
    await writeFile(file, (await readFile(file, 'utf8')).replace(/X-GNOME.*/, line));
    expect(made.isSet()).toBe(false);
  });

  it('what could be read as more than an argument is escaped', () => {
    expect(autostartEntry(['/a"b$c`d\\e'])).toContain('Exec="/a\\\\"b\\\\$c\\\\`d\\\\\\\\e"\n');
  });

  it.each([
    [{}, '/home/ada/.config/autostart/switchyard.desktop'],
    [{ XDG_CONFIG_HOME: '/cfg' }, '/cfg/autostart/switchyard.desktop'],
    [{ XDG_CONFIG_HOME: 'relative' }, '/home/ada/.config/autostart/switchyard.desktop'],
  ])('with %j it lies in %s', (environment, path) => {
    expect(autostartPath(environment, '/home/ada')).toBe(path);
  });
});

describe.each(['darwin', 'win32'] as const)('on %s', (platform) => {
  it.each([
    [true, ['--hidden']],
    [false, []],
  ])('the system is asked, hidden: %s', async (hidden, args) => {
    const { made, app } = item(platform, hidden);
    await made.set(true);
    expect(app.entry).toEqual({ openAtLogin: true, args });
    expect(made.isSet()).toBe(true);
    await made.set(false);
    expect(made.isSet()).toBe(false);
  });
});

it('elsewhere there is no such thing', async () => {
  const { made } = item('freebsd');
  expect(made.isSet()).toBeNull();
  await expect(made.set(true)).rejects.toThrow('log-in');
});
