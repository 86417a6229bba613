/**
 * Ports for tests that must name one beforehand. The system hands out those from 32,768 on to every server and
 * connection that asks for any, so a port that was free a moment ago may be somebody's now: these lie below. Each
 * worker has some of its own, none of those that browser tests use, and two runs on one machine begin at different ones.
 */
import { createServer, type Server } from 'node:net';

const FIRST_PORT = 10_000;
const PORTS = 1_000;
const WORKERS = 10;
const worker = Number(process.env['VITEST_POOL_ID'] ?? 0) % WORKERS;
let given = process.pid;

/** A port of 127.0.0.1 that nobody holds, and that nobody else is given. */
export async function sparePort(): Promise<number> {
  const { port, server } = await takenPort();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A port of 127.0.0.1 that another program holds until its server is closed. */
export async function takenPort(): Promise<{ readonly port: number; readonly server: Server }> {
  for (let tries = 0; tries < PORTS; tries += 1) {
    given += 1;
    const port = FIRST_PORT + worker * PORTS + (given % PORTS);
    const server = await listenAt(port);
    if (server !== null) return { port, server };
  }
  throw new Error('Every port for tests is taken.');
}

function listenAt(port: number): Promise<Server | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(null));
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}
