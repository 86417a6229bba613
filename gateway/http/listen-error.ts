/** Why an address could not be bound, and what to do about it. */
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import { asSaid, say } from '../core/sayings.ts';

export type ListenProblem = 'port_taken' | 'port_forbidden' | 'address_unavailable';

/** The message is a sentence for a person: which address, why, what to do. */
export class ListenError extends Error {
  readonly code: ListenProblem;
  readonly told: Told;

  constructor(code: ListenProblem, why: string | Told, cause: Error) {
    const told = typeof why === 'string' ? asSaid(why) : why;
    super(told.text, { cause });
    this.name = 'ListenError';
    this.code = code;
    this.told = told;
  }
}

/** Settings that decide of an address, as they complete `choose another port with …` and `Set … to`. */
export interface AddressSettings {
  readonly port: string;
  readonly host: string;
}

const OF_SERVER: AddressSettings = {
  port: '--port, PORT or server.port',
  host: '--host or server.host',
};

/** @returns undefined for an error that is none of the three */
export function listenErrorOf(
  error: Error,
  host: string,
  port: number,
  settings = OF_SERVER,
): ListenError | undefined {
  const code = 'code' in error ? error.code : undefined;
  const address = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  if (code === 'EADDRINUSE') {
    const who = `\`lsof -i :${port}\` (on Windows \`netstat -ano | findstr :${port}\`) shows which program`;
    const message = `The address ${address} is already taken by another program. ${who}; end it, or choose another port with ${settings.port}.`;
    return new ListenError('port_taken', say('port-taken', { port }, undefined, message), error);
  }
  if (code === 'EACCES') {
    return new ListenError(
      'port_forbidden',
      say(
        'address-forbidden',
        { address, setting: listed(settings.port) },
        undefined,
        `The address ${address} may not be used by this account; choose another port with ${settings.port}, 1024 or higher.`,
      ),
      error,
    );
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'EAFNOSUPPORT') {
    return new ListenError(
      'address_unavailable',
      say(
        'address-foreign',
        { address, setting: listed(settings.host) },
        undefined,
        `The address ${address} does not belong to this machine. Set ${settings.host} to localhost, to 0.0.0.0 for all addresses, or to one of this machine's own.`,
      ),
      error,
    );
  }
  return undefined;
}

/** Names of settings for a sentence of any language. */
const listed = (names: string): string => names.replaceAll(' or ', ', ');
