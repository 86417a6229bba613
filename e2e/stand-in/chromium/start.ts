/** The Chromium that shows the pages: headless, reaching nothing but this machine. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { findChromium } from '../../../scripts/chromium.ts';

export interface Chromium {
  /** `ws://...` of its DevTools */
  readonly endpoint: string;
  /** Resolves once it has ended, as it does after `Browser.close`. */
  ended(): Promise<void>;
}

export interface ChromiumOptions {
  /** Folder of its profile. */
  readonly profile: string;
  /** Value of `--lang`; the system's language where it is empty. */
  readonly language: string;
  /** Port on 127.0.0.1 that answers for every `*.localhost`. */
  readonly schemePort: number;
}

/** It writes down what pages stored, which takes a moment; then it is killed, ms. */
const LONGEST_END = 10_000;

/** Nothing that calls home, asks questions or throttles a page that is not seen. */
const QUIET = [
  '--disable-background-networking',
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-breakpad',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-dev-shm-usage',
  '--disable-extensions',
  '--disable-renderer-backgrounding',
  '--disable-sync',
  '--no-default-browser-check',
  '--no-first-run',
  '--password-store=basic',
  '--use-mock-keychain',
];

/** @throws Error when there is no Chromium, or it ends before it listens */
export function startChromium(options: ChromiumOptions): Promise<Chromium> {
  const program = findChromium(process.env, process.platform);
  if (program === undefined) throw new Error('The stand-in for Electron needs a Chromium; none was found.');
  const child = spawn(
    program,
    [
      '--headless=new',
      '--remote-debugging-port=0',
      '--no-startup-window',
      `--user-data-dir=${options.profile}`,
      // Names of pages end here; all others do not exist.
      `--host-resolver-rules=MAP *.localhost:80 127.0.0.1:${options.schemePort}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1`,
      ...(options.language === '' ? [] : [`--lang=${options.language}`, `--accept-lang=${options.language}`]),
      // Chromium's sandbox refuses to run as root, as containers do.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ...QUIET,
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const ended = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, 'exit');
    const patience = setTimeout(() => child.kill('SIGKILL'), LONGEST_END);
    await exit;
    clearTimeout(patience);
  };
  return new Promise((resolve, reject) => {
    let printed = '';
    child.stderr.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
      const line = /^DevTools listening on (ws:\S+)$/m.exec(printed);
      if (line?.[1] !== undefined) resolve({ endpoint: line[1], ended });
    });
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`Chromium ended with code ${code}:\n${printed}`)));
  });
}
