/** The real host as a process of its own, on a free port with a temporary data folder. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const { NODE_COMPILE_CACHE } = process.env;
/** Where Node keeps compiled code, if it does: sources that are started a hundred times are compiled once. */
const COMPILED = NODE_COMPILE_CACHE === undefined ? {} : { NODE_COMPILE_CACHE };

/** The host as its sources run it. */
export const UNBUILT = join(import.meta.dirname, '..', 'main.ts');

export interface RunOptions {
  /** The program's file; the sources by default. */
  readonly entry?: string;
  /** Value of `--port`, a free one by default; null leaves it to the configuration. */
  readonly port?: string | null;
  /** What stands before the flags; nothing by default. */
  readonly command?: readonly string[];
  /** Flags besides `--port` and `--data-dir`. */
  readonly args?: readonly string[];
  /** Variables besides PATH and Node's own: none of this machine's keys are seen. */
  readonly environment?: Readonly<Record<string, string>>;
  /** A data folder to share or to start again on; by default a new one that is deleted at the end. */
  readonly folder?: string;
  /** Where it is started; in the data folder by default. */
  readonly workingFolder?: string;
}

export interface EndedHost {
  readonly code: number | null;
  readonly output: string;
}

export interface RunningHost {
  readonly pid: number;
  readonly folder: string;
  /** `http://127.0.0.1:<port>` */
  readonly address: string;
  /** The printed address that logs in by token; empty where a password is set. */
  readonly logInAddress: string;
  /** Everything printed so far, on both outputs. */
  output(): string;
  /** Sends the signal and waits for the end. */
  stop(signal?: NodeJS.Signals): Promise<EndedHost>;
}

/** Runs until the host ends by itself, as it does when it cannot start. */
export async function runToEnd(options: RunOptions = {}): Promise<EndedHost> {
  const started = await start(options);
  const ended = await started.ended;
  await started.clean();
  return ended;
}

/**
 * Runs it until the moment that `watch` resolves at, and kills it there. It may have ended by itself before; one that
 * has got as far as its ready line is killed then.
 */
export async function runUntil(
  options: RunOptions,
  watch: (folder: string, over: AbortSignal) => Promise<unknown>,
): Promise<EndedHost> {
  const { child, folder, ended, ready, clean } = await start(options);
  const over = new AbortController();
  await Promise.race([watch(folder, over.signal), ready, ended]);
  over.abort();
  child.kill('SIGKILL');
  const result = await ended;
  await clean();
  return result;
}

/** Starts a host and waits for its ready line. @throws Error with its output when it ends instead */
export async function runHost(options: RunOptions = {}): Promise<RunningHost> {
  const { child, folder, ended, ready, output, clean } = await start(options);
  const failed = ended.then(({ code }) => {
    throw new Error(`The host ended with code ${code}:\n${output()}`);
  });
  const address = await Promise.race([ready, failed]);
  // It ends at some time; only before its ready line that is a failure.
  failed.catch(() => undefined);
  return {
    pid: child.pid ?? 0,
    folder,
    address,
    logInAddress: /^Open (\S+)$/m.exec(output())?.[1] ?? '',
    output,
    async stop(signal = 'SIGTERM') {
      child.kill(signal);
      const result = await ended;
      await clean();
      return result;
    },
  };
}

async function start(options: RunOptions) {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'switchyard-host-')));
  const { entry = UNBUILT, port = '0', command = [], args: further = [] } = options;
  const args = [
    entry,
    ...command,
    '--data-dir',
    folder,
    ...(port === null ? [] : ['--port', port]),
    ...further,
  ];
  const child = spawn(process.execPath, args, {
    cwd: options.workingFolder ?? folder,
    // Its home is the test's folder, so nothing of this account is read or written.
    env: {
      PATH: process.env['PATH'] ?? '',
      ...COMPILED,
      HOME: folder,
      USERPROFILE: folder,
      SWITCHYARD_DRAIN_SECONDS: '1',
      ...options.environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const take = (chunk: Buffer): void => {
    output += chunk.toString();
  };
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  /** The address of its ready line. */
  const ready = new Promise<string>((resolve) => {
    child.stdout.on('data', () => {
      const line = /^Switchyard is ready on (\S+)$/m.exec(output);
      if (line?.[1] !== undefined) resolve(line[1]);
    });
  });
  const ended = new Promise<EndedHost>((resolve) => {
    child.once('close', (code) => resolve({ code, output }));
  });
  const clean = async (): Promise<void> => {
    if (options.folder === undefined) await rm(folder, { recursive: true, force: true });
  };
  return { child, folder, ended, ready, output: () => output, clean };
}
