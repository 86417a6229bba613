/** What may stand behind the app's name on a command line; Chromium's own switches are none of our business. */
import { parseArgs } from 'node:util';
import { StartProblem } from '../../gateway/index.ts';
import { readLink, type Link } from './links/read-link.ts';

export interface DesktopOptions {
  /** A provider that needs no key, on a data folder of its own. */
  readonly demo: boolean;
  /** Starts without a window, as at log-in. */
  readonly hidden: boolean;
  readonly dataFolder: string | undefined;
  readonly config: string | undefined;
  readonly host: string | undefined;
  readonly port: number | undefined;
  /** What an address of the form `switchyard://` asks for. */
  readonly link: Link | null;
}

/**
 * @param argv what stands behind the program, in an unpackaged app behind the app's folder
 * @throws StartProblem for a flag of ours without its value, or a port that is none
 */
export function readOptions(argv: readonly string[]): DesktopOptions {
  const { values, positionals } = parseArgs({
    args: [...argv],
    // Switches of Chromium and Electron pass through here too.
    strict: false,
    allowPositionals: true,
    options: {
      demo: { type: 'boolean' },
      hidden: { type: 'boolean' },
      'data-dir': { type: 'string' },
      config: { type: 'string' },
      host: { type: 'string' },
      port: { type: 'string' },
    },
  });
  const text = (name: 'data-dir' | 'config' | 'host' | 'port'): string | undefined => {
    const value = values[name];
    if (value === undefined || typeof value === 'string') return value;
    throw new StartProblem(`--${name} needs a value.`);
  };
  return {
    demo: values['demo'] === true,
    hidden: values['hidden'] === true,
    dataFolder: text('data-dir'),
    config: text('config'),
    host: text('host'),
    port: portOf(text('port')),
    link: positionals.map(readLink).find((link) => link !== null) ?? null,
  };
}

function portOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Infinity;
  if (port <= 65_535) return port;
  throw new StartProblem('--port is a whole number from 0 to 65535, 0 for a free one.');
}
