/** The port of its own for measurements, over real sockets. */
import type { Server } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { NO_OVERRIDES } from '../config/overrides.ts';
import { openRaw, requestText } from '../testing/http-app.ts';
import { sparePort, takenPort } from '../testing/spare-port.ts';
import { memoryFile, startTestGateway, type TestGateway } from '../testing/test-gateway.ts';

let gateway: TestGateway | undefined;
let others: Server[] = [];
let save: (text: string) => void = () => undefined;

afterEach(async () => {
  await gateway?.stop();
  gateway = undefined;
  for (const other of others) other.close();
  others = [];
});

async function start(text: string): Promise<TestGateway> {
  const file = memoryFile(text);
  save = () => undefined;
  const configFile = Object.assign(file, {
    watch(changed: () => void) {
      save = (next) => {
        file.text = next;
        changed();
      };
      return () => undefined;
    },
  });
  gateway = await startTestGateway('', { configFile });
  return gateway;
}

/** A port that another program holds until the test ends. */
async function heldPort(): Promise<number> {
  const { port, server } = await takenPort();
  others.push(server);
  return port;
}

/** The status of an answer; null where nobody listens. */
async function ask(
  port: number,
  path = '/metrics',
  headers: Readonly<Record<string, string>> = {},
): Promise<number | null> {
  // Connections that are kept would outlive the listener they were made to.
  const close = { connection: 'close', ...headers };
  return fetch(`http://127.0.0.1:${port}${path}`, { headers: close }).then(
    async (response) => {
      await response.text();
      return response.status;
    },
    () => null,
  );
}

const problems = async ({ gateway: { control } }: TestGateway): Promise<readonly string[]> =>
  (await control.handlers['gateway.status']({})).problems.map(({ code, message }) => `${code}: ${message}`);

it('has measurements and probes, and nothing else', async () => {
  const port = await sparePort();
  const running = await start(`monitoring: { port: ${port} }`);
  const scraped = await fetch(`http://127.0.0.1:${port}/metrics`);
  expect(scraped.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  expect(await scraped.text()).toMatch(/^process_resident_memory_bytes \d+$/m);
  expect([await ask(port, '/health'), await ask(port, '/ready')]).toEqual([200, 200]);
  // All of what the gateway itself has: not one of its other paths is here.
  const others = running.gateway.routes.filter(({ path }) => !/^\/(?:metrics|health|ready)$/.test(path));
  expect(others.length).toBeGreaterThan(10);
  for (const { path, method } of others) {
    const { status } = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      ...(method === 'POST' ? { body: '{}', headers: { 'content-type': 'application/json' } } : {}),
    });
    expect([method, path, status]).toEqual([method, path, 404]);
  }
  const elsewhere = await fetch(`http://127.0.0.1:${port}/v1/models`);
  expect(await elsewhere.text()).toContain('This port has GET /metrics, /health and /ready');
  // The gateway's own address has it as before.
  expect(await ask(running.port)).toBe(200);
  expect(await problems(running)).toEqual([]);
});

it('lets in whom the gateway lets in: by key, by name, by page', async () => {
  const port = await sparePort();
  const { port: own } = await start(`server: { api_key: client-key-1234 }\nmonitoring: { port: ${port} }`);
  const cases: readonly (readonly [Readonly<Record<string, string>>, number])[] = [
    [{}, 401],
    [{ authorization: 'Bearer wrong-key-1234' }, 401],
    [{ authorization: 'Bearer client-key-1234' }, 200],
    [{ authorization: 'Bearer client-key-1234', origin: 'https://evil.example' }, 403],
  ];
  for (const [headers, status] of cases) {
    expect([await ask(port, '/metrics', headers), await ask(own, '/metrics', headers)]).toEqual([
      status,
      status,
    ]);
  }
  expect(await ask(port, '/health')).toBe(200);
  const rebound = openRaw(port);
  rebound.socket.write(requestText(port, 'GET', '/metrics', [['Host', 'elsewhere.example']]));
  expect(await rebound.closed).toContain('The Host \\"elsewhere.example\\" is not this gateway');
});

it('is judged by its own address where that is not the one of the gateway', async () => {
  const port = await sparePort();
  const { port: own } = await start(`monitoring: { port: ${port}, host: 0.0.0.0 }`);
  const answer = await fetch(`http://127.0.0.1:${port}/metrics`);
  expect(await answer.text()).toContain('listens beyond its own machine and has no client key');
  expect(await ask(own)).toBe(200);
});

it('is a told problem where its port is taken, and the gateway works all the same', async () => {
  const [taken, free] = [await heldPort(), await sparePort()];
  const running = await start(`monitoring: { port: ${taken} }`);
  const told = await problems(running);
  expect(told).toHaveLength(1);
  expect(told[0]).toMatch(
    new RegExp(`^metrics_port_taken: Port ${taken} is taken by .*own address alone\\.`),
  );
  expect(running.logged.join('\n')).toContain(`error Port ${taken} is taken by`);
  expect([await ask(running.port), await ask(running.port, '/ready')]).toEqual([200, 200]);
  save(`monitoring: { port: ${free} }`);
  await expect.poll(() => ask(free)).toBe(200);
  await expect.poll(() => problems(running)).toEqual([]);
});

it('never shares the port of the gateway', async () => {
  const own = await sparePort();
  const file = memoryFile(`server: { port: ${own} }\nmonitoring: { port: ${own}, host: 127.0.0.1 }`);
  gateway = await startTestGateway('', {
    configFile: file,
    overrides: NO_OVERRIDES,
  });
  expect(await problems(gateway)).toEqual([
    expect.stringContaining(`metrics_port_taken: Port ${own} is the gateway's own (server.port)`),
  ]);
  expect(await ask(own, '/v1/models')).toBe(200);
});

it('moves, closes and opens again with the configuration', async () => {
  const [from, to] = [await sparePort(), await sparePort()];
  await start(`monitoring: { port: ${from} }`);
  expect(await ask(from)).toBe(200);
  save(`monitoring: { port: ${to} }`);
  await expect.poll(() => ask(to)).toBe(200);
  await expect.poll(() => ask(from)).toBeNull();
  save('monitoring: {}');
  await expect.poll(() => ask(to)).toBeNull();
  save(`monitoring: { port: ${to} }`);
  await expect.poll(() => ask(to)).toBe(200);
  save(`monitoring: { port: ${to}, enabled: false }`);
  await expect.poll(() => ask(to)).toBeNull();
});

it('is closed when the gateway stops', async () => {
  const port = await sparePort();
  const running = await start(`monitoring: { port: ${port} }`);
  expect(await ask(port)).toBe(200);
  await running.gateway.drain(200);
  expect(await ask(port)).toBeNull();
});
