/** Finds a port that nobody holds, by binding it for a moment. */
import { createServer } from 'node:net';

/** Ports tried before giving up: whoever holds so many in a row holds more. */
const TRIES = 200;
const LAST_PORT = 65_535;

/**
 * @param host as configured; `localhost` is tried as 127.0.0.1 and ::1, as the gateway binds it
 * @returns the first free port from `from` on, or null when none was found
 */
export async function freePort(host: string, from: number): Promise<number | null> {
  for (let port = from; port <= Math.min(LAST_PORT, from + TRIES - 1); port += 1) {
    const addresses = host === 'localhost' ? ['127.0.0.1', '::1'] : [host.replace(/^\[|\]$/g, '')];
    const free = await Promise.all(addresses.map((address) => isFree(address, port)));
    if (free.every(Boolean)) return port;
  }
  return null;
}

function isFree(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    // An address this machine does not have, such as ::1 without IPv6, is in nobody's way.
    server.once('error', (error) => resolve('code' in error && error.code === 'EADDRNOTAVAIL'));
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(true)));
  });
}
