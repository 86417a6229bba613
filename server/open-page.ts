/** Opens the page in the user's browser, where there is one. */
import { spawn } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Clock } from '../gateway/index.ts';

/** In the data folder: leads a browser to the address that logs in. */
const LEADING_PAGE = 'open.html';
/** A browser that starts first has read it by then, ms. */
const LIFETIME = 60_000;

export interface PageOrder {
  readonly platform: NodeJS.Platform;
  readonly address: string;
  /** The address with the token; null where nobody is let in by one. */
  readonly logInAddress: string | null;
  readonly dataFolder: string;
  readonly clock: Clock;
  /** Told when no browser could be started; the gateway runs on without. */
  readonly failed: (reason: string) => void;
}

/**
 * Every account of the machine sees the arguments of every process, those of the browser too. The token is none of
 * them: they name a page that only the owner can read, and that leads on.
 * @returns takes that page away, where a while has not done so yet
 */
export async function openPage(order: PageOrder): Promise<() => Promise<void>> {
  const { platform, address, logInAddress, dataFolder, clock, failed } = order;
  const file = join(dataFolder, LEADING_PAGE);
  const drop = (): Promise<void> => rm(file, { force: true }).catch(() => undefined);
  // One that a kill left behind, with whatever rights.
  await drop();
  if (logInAddress === null) {
    startOpener(platform, address, failed);
    return drop;
  }
  try {
    await writeFile(file, leadingPage(logInAddress), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    failed(error instanceof Error ? error.message : String(error));
    return drop;
  }
  clock.after(LIFETIME, () => void drop());
  startOpener(platform, pathToFileURL(file).href, failed);
  return drop;
}

/** The program that opens addresses, by platform. */
export function openerFor(
  platform: NodeJS.Platform,
  address: string,
): { readonly program: string; readonly args: readonly string[] } {
  if (platform === 'darwin') return { program: 'open', args: [address] };
  if (platform === 'win32') return { program: 'rundll32', args: ['url.dll,FileProtocolHandler', address] };
  return { program: 'xdg-open', args: [address] };
}

function startOpener(platform: NodeJS.Platform, address: string, failed: (reason: string) => void): void {
  const { program, args } = openerFor(platform, address);
  const child = spawn(program, args, { stdio: 'ignore', detached: true });
  child.on('error', (error) => failed(error.message));
  child.on('exit', (code) => {
    if (code !== 0 && code !== null) failed(`${program} ended with code ${code}`);
  });
  child.unref();
}

function leadingPage(address: string): string {
  const url = address.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  return `<!doctype html><meta charset="utf-8"><title>Switchyard</title><meta http-equiv="refresh" content="0;url=${url}">\n`;
}
