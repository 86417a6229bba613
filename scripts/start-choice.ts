/** Which host `npm start` starts. Pure. */
import type { HostName } from './build-targets.ts';

export interface Choice {
  readonly host: HostName;
  /** Why it is not the desktop, where nobody asked for that; a sentence for the console. */
  readonly note: string | null;
}

/** @param asked true when the command line or a variable asks for the headless host */
export function chooseHost(
  asked: boolean,
  environment: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
): Choice {
  if (asked) return { host: 'headless', note: null };
  if (hasDisplay(environment, platform)) return { host: 'desktop', note: null };
  return { host: 'headless', note: 'There is no display here; starting without a window.' };
}

/** macOS and Windows have one, except over SSH. */
function hasDisplay(
  environment: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
): boolean {
  const set = (name: string): boolean => (environment[name] ?? '') !== '';
  return platform === 'darwin' || platform === 'win32'
    ? !set('SSH_CONNECTION')
    : set('DISPLAY') || set('WAYLAND_DISPLAY');
}

/** How a run of Electron's program ended. */
export interface DesktopEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** ms. */
  readonly ran: number;
}

/** Exit codes the app itself ends with, see `electron/main/exit-codes.ts`. */
const OWN_CODES: ReadonlySet<number | null> = new Set([0, 3, 130]);
/** A program that lacks a library, its sandbox or a display ends sooner, ms. */
const START_TIME = 10_000;
/** Signals by which people and systems end programs. */
const WISHED: ReadonlySet<string> = new Set(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGKILL', 'SIGQUIT']);

/** @returns why the desktop app could not start at all, or null when it ran */
export function failureToStart({ code, signal, ran }: DesktopEnd): string | null {
  if (OWN_CODES.has(code) || ran > START_TIME) return null;
  if (signal === null) return `Electron ended with code ${code ?? 'unknown'}`;
  return WISHED.has(signal) ? null : `Electron was ended by ${signal}`;
}

/** Variables for Electron: options meant for Node would change or stop it. */
export function electronEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, string | undefined> {
  return { ...environment, NODE_OPTIONS: undefined, ELECTRON_RUN_AS_NODE: undefined };
}
