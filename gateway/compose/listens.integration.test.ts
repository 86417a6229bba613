import { createServer, type Server } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { listens } from './listens.ts';

let server: Server;
let port: number;
beforeEach(async () => {
  server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const place = server.address();
  port = typeof place === 'object' && place !== null ? place.port : 0;
});
const close = (): Promise<void> => new Promise((resolve) => void server.close(() => resolve()));
afterEach(close);

it('tells whether anybody listens there', async () => {
  expect(await listens(`http://127.0.0.1:${port}/v1`)).toBe(true);
  await close();
  expect(await listens(`http://127.0.0.1:${port}/v1`)).toBe(false);
});

it('takes what is no address for nobody', async () => {
  expect(await listens('nowhere')).toBe(false);
});
