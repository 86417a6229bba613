/** Why an address could not be bound, and what to do about it. */

export type ListenProblem = 'port_taken' | 'port_forbidden' | 'address_unavailable';

/** The message is a sentence for a person: which address, why, what to do. */
export class ListenError extends Error {
  readonly code: ListenProblem;

  constructor(code: ListenProblem, message: string, cause: Error) {
    super(message, { cause });
    this.name = 'ListenError';
    this.code = code;
  }
}

/** Settings that decide of an address, as they complete `choose another port with …` and `Set … to`. */
export interface AddressSettings {
  readonly port: string;
  readonly host: string;
}

const OF_SERVER: AddressSettings = {
  port: '--port, PORT or server.port',
  host: '--host, HOST or server.host',
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
    return new ListenError('port_taken', message, error);
  }
  if (code === 'EACCES') {
    const message = `The address ${address} may not be used by this account; choose another port with ${settings.port}, 1024 or higher.`;
    return new ListenError('port_forbidden', message, error);
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'EAFNOSUPPORT') {
    const message = `The address ${address} does not belong to this machine. Set ${settings.host} to localhost, to 0.0.0.0 for all addresses, or to one of this machine's own.`;
    return new ListenError('address_unavailable', message, error);
  }
  return undefined;
}
