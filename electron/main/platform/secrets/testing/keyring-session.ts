/** A desktop session of its own for one test: a D-Bus daemon, and a real gnome-keyring that can be made to misbehave. */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const NEEDED = ['gnome-keyring-daemon', 'dbus-daemon', 'dbus-send'];
const PASSWORD = 'password of the login keyring';
const LOGIN_KEYRING = '/org/freedesktop/secrets/collection/login';

/** Programs that the tests need and that are not installed here. */
export const missingPrograms: readonly string[] =
  process.platform === 'linux' ? NEEDED.filter((name) => !isInstalled(name)) : NEEDED;

/** True where a program is on the path. */
export function isInstalled(name: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, name)));
}

export interface KeyringSession {
  /** Of processes that belong to the session. */
  readonly environment: NodeJS.ProcessEnv;
  /** Starts the keyring daemon; `locked` leaves the login keyring closed, which must exist by then. */
  startKeyring(how: 'unlocked' | 'locked'): Promise<void>;
  lock(): Promise<void>;
  /** Kills the keyring daemon. */
  killKeyring(): Promise<void>;
  /** Stops and continues the keyring daemon or the bus. */
  freeze(what: 'keyring' | 'bus'): void;
  thaw(what: 'keyring' | 'bus'): void;
  /** Unlock dialogs that were asked for; each stays open until it is dismissed. */
  dialogs(): number;
  /** Ends the dialog that was asked for last, without an answer. */
  dismissDialog(): void;
  stop(): Promise<void>;
}

export async function startKeyringSession(): Promise<KeyringSession> {
  const folder = await mkdtemp(join(tmpdir(), 'switchyard-keyring-'));
  const home = join(folder, 'home');
  const runtime = join(folder, 'run');
  const shown = join(folder, 'dialogs');
  const last = join(folder, 'last-dialog');
  await mkdir(home);
  await mkdir(runtime);
  await chmod(runtime, 0o700);
  await writeFile(shown, '');
  const { PATH } = process.env;
  const base = { PATH, HOME: home, XDG_RUNTIME_DIR: runtime, XDG_DATA_HOME: join(home, 'share') };
  const bus = spawn(
    'dbus-daemon',
    ['--nofork', '--print-address', `--config-file=${await busConfig(folder, shown, last)}`],
    {
      env: base,
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  const address = await firstLine(bus);
  const environment = { ...base, DBUS_SESSION_BUS_ADDRESS: address };
  let keyring: ChildProcess | undefined;
  const send = (...message: readonly string[]) =>
    run('dbus-send', ['--session', '--print-reply', ...message], { env: environment });
  const pidOf = (what: 'keyring' | 'bus'): number => (what === 'bus' ? bus : keyring)?.pid ?? 0;

  return {
    environment,
    async startKeyring(how) {
      const unlock = how === 'unlocked' ? ['--unlock'] : [];
      keyring = spawn('gnome-keyring-daemon', ['--foreground', '--components=secrets', ...unlock], {
        env: environment,
        stdio: ['pipe', 'ignore', 'ignore'],
      });
      keyring.stdin?.end(how === 'unlocked' ? PASSWORD : '');
      await until(() => hasOwner(send));
    },
    async lock() {
      await send(
        '--dest=org.freedesktop.secrets',
        '/org/freedesktop/secrets',
        'org.freedesktop.Secret.Service.Lock',
        `array:objpath:${LOGIN_KEYRING}`,
      );
    },
    async killKeyring() {
      await end(keyring);
      await until(async () => !(await hasOwner(send)));
    },
    freeze: (what) => void process.kill(pidOf(what), 'SIGSTOP'),
    thaw: (what) => void process.kill(pidOf(what), 'SIGCONT'),
    dialogs: () => readFileSync(shown, 'utf8').length,
    dismissDialog: () => void process.kill(Number(readFileSync(last, 'utf8'))),
    async stop() {
      await end(keyring);
      await end(bus);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

type Send = (...message: readonly string[]) => Promise<{ readonly stdout: string }>;

async function hasOwner(send: Send): Promise<boolean> {
  const { stdout } = await send(
    '--dest=org.freedesktop.DBus',
    '/org/freedesktop/DBus',
    'org.freedesktop.DBus.NameHasOwner',
    'string:org.freedesktop.secrets',
  );
  return stdout.includes('boolean true');
}

/** A bus that starts nothing by itself but the unlock dialog, which says who it is, counts itself and waits. */
async function busConfig(folder: string, shown: string, last: string): Promise<string> {
  const services = join(folder, 'services');
  await mkdir(services);
  const dialog = join(folder, 'dialog.sh');
  await writeFile(dialog, `#!/bin/sh\necho $$ >${last}\nprintf x >>${shown}\nexec sleep 600\n`, {
    mode: 0o700,
  });
  await writeFile(
    join(services, 'org.gnome.keyring.SystemPrompter.service'),
    `[D-BUS Service]\nName=org.gnome.keyring.SystemPrompter\nExec=${dialog}\n`,
  );
  const config = join(folder, 'bus.conf');
  await writeFile(
    config,
    `<busconfig><type>session</type><listen>unix:dir=${folder}</listen><servicedir>${services}</servicedir>` +
      '<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>\n',
  );
  return config;
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('the bus has no output');
  for await (const chunk of child.stdout) return String(chunk).trim();
  throw new Error('the bus ended before it told its address');
}

async function end(child: ChildProcess | undefined): Promise<void> {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
}

/** Looks again every 20 ms, for ten seconds. */
export async function until(true_: () => boolean | Promise<boolean>): Promise<void> {
  for (let look = 0; look < 500; look += 1) {
    if (await true_()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('what was waited for did not happen');
}
