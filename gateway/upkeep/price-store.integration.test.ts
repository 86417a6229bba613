/** Newer prices on request: from a server that behaves and from ones that do not, kept over restarts. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitForUpdate } from '@pydantic/genai-prices';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isArray, isObject } from '../core/json.ts';
import { frozenPrice } from '../core/price-sheet.ts';
import { createSteppedClock } from '../testing/clock.ts';
import { startFakeUpstream, type FakeUpstream } from '../testing/fake-upstream.ts';
import { createUpstream } from '../transport/upstream.ts';
import { loadBundledPrices, PRICES_AS_OF } from './bundled-prices.ts';
import { createFetchPrices } from './fetch-prices.ts';
import { createPriceStore, type PriceStore } from './price-store.ts';
import { createPricesFile } from './prices-file.ts';

const NOW = Date.UTC(2026, 10, 21);
const TODAY = '2026-11-21';
const clock = createSteppedClock(NOW);
const logger = { debug() {}, info() {}, warn() {}, error() {} };
const transport = createUpstream({ clock, environment: {} });

let server: FakeUpstream;
let folder: string;
let changes: number;

beforeEach(async () => {
  server = await startFakeUpstream({ scriptLists: true });
  folder = await mkdtemp(join(tmpdir(), 'prices-'));
  changes = 0;
});
afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

const path = (): string => join(folder, 'prices.json');

/** A process that starts with what lies in the folder. */
function start(): PriceStore {
  return createPriceStore({
    clock,
    logger,
    bundled: async () => ({ ...(await loadBundledPrices()), url: `${server.url}/data.json` }),
    fetch: createFetchPrices({
      upstream: transport,
      clock,
      version: '1',
      network: () => ({ proxy: 'none', noProxy: [] }),
      allowPrivateNetwork: true,
    }),
    file: createPricesFile(path()),
    changed: () => {
      changes += 1;
    },
  });
}

/** The catalogue of the app with another price of one model. */
async function dearer(input: number): Promise<unknown> {
  const data: unknown = JSON.parse(JSON.stringify(await waitForUpdate()));
  if (!isArray(data)) throw new Error('no list');
  const openai = data.filter(isObject).find(({ id }) => id === 'openai');
  const models = isArray(openai?.['models']) ? openai['models'].filter(isObject) : [];
  const gpt5 = models.find(({ id }) => id === 'gpt-5');
  if (gpt5 === undefined) throw new Error('no such model');
  return data.map((provider) =>
    provider === openai
      ? {
          ...openai,
          models: models.map((one) => (one === gpt5 ? { ...one, prices: { input_mtok: input } } : one)),
        }
      : provider,
  );
}

async function priceOf(store: PriceStore): Promise<number | null | undefined> {
  const sheet = (await store.book()).find('openai', 'gpt-5')?.sheet ?? null;
  return sheet === null ? undefined : frozenPrice(sheet, NOW, 1, 1).input;
}

describe('prices on request', () => {
  it('those of the app are used until asked, and nobody is asked before', async () => {
    const store = start();
    expect(await priceOf(store)).toBe(1.25);
    expect(await store.status()).toMatchObject({
      source: 'bundled',
      asOf: PRICES_AS_OF,
      fetchedAt: null,
      problem: null,
    });
    expect(server.requests).toEqual([]);
  });

  it('newer ones are fetched without a key, used at once and after a restart, and given up again', async () => {
    const data = await dearer(7);
    server.script((request) => request.json(200, data));
    const store = start();
    expect(await store.refresh()).toMatchObject({
      source: 'fetched',
      asOf: TODAY,
      fetchedAt: NOW,
      problem: null,
    });
    expect(changes).toBe(1);
    expect(await priceOf(store)).toBe(7);
    const [request] = server.requests;
    expect(Object.keys(request?.headers ?? {}).sort()).toEqual(
      ['accept', 'accept-encoding', 'connection', 'host', 'user-agent'].filter(
        (name) => name in (request?.headers ?? {}),
      ),
    );

    const again = start();
    expect(await priceOf(again)).toBe(7);
    expect(await again.reset()).toMatchObject({ source: 'bundled', asOf: PRICES_AS_OF });
    expect(await priceOf(again)).toBe(1.25);
    expect(await priceOf(start())).toBe(1.25);
  });

  it.each<
    readonly [string, (request: Parameters<Parameters<FakeUpstream['script']>[0]>[0]) => unknown, string]
  >([
    ['an error', (request) => request.json(404, {}), 'the status 404'],
    [
      'a redirect, which is not followed',
      (request) => request.respond(302, { location: 'http://127.0.0.1:1/' }, ''),
      'the status 302',
    ],
    ['a page', (request) => request.respond(200, {}, '<html>'), 'not JSON'],
    ['something else', (request) => request.json(200, { models: [] }), 'not a price catalogue'],
    [
      'half of it',
      (request) => {
        request.raw('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n[{');
        request.cut();
      },
      'could not be fetched',
    ],
    ['too much', (request) => request.respond(200, {}, `[${' '.repeat(8_400_000)}]`), 'larger than 8 MiB'],
  ])('%s changes nothing and is told', async (_, answer, why) => {
    const data = await dearer(7);
    server.script((request) => request.json(200, data));
    const store = start();
    await store.refresh();
    const kept = await readFile(path(), 'utf8');
    server.script(answer);
    const status = await store.refresh();
    expect(status).toMatchObject({ source: 'fetched', asOf: TODAY });
    expect(status.problem?.text).toContain(why);
    expect(await priceOf(store)).toBe(7);
    expect(await readFile(path(), 'utf8')).toBe(kept);
    expect(changes).toBe(1);
  });

  it('older data is not taken', async () => {
    const data = await dearer(7);
    server.script((request) => request.json(200, data, { 'last-modified': 'Tue, 01 Sep 2026 00:00:00 GMT' }));
    const status = await start().refresh();
    expect(status).toMatchObject({ source: 'bundled', asOf: PRICES_AS_OF });
    expect(status.problem?.text).toContain('2026-09-01');
  });

  it('a file that is broken or older than the app leaves the prices of the app', async () => {
    await writeFile(path(), '{"version":1,');
    expect(await start().status()).toMatchObject({
      source: 'bundled',
      problem: { text: expect.stringContaining('could not be read') },
    });
    await writeFile(path(), JSON.stringify({ version: 1, asOf: TODAY, fetchedAt: NOW, data: [] }));
    expect(await start().status()).toMatchObject({
      source: 'bundled',
      problem: { text: expect.stringContaining('cannot be used') },
    });
    const data = await dearer(7);
    await writeFile(path(), JSON.stringify({ version: 1, asOf: '2026-01-01', fetchedAt: 0, data }));
    const store = start();
    expect(await priceOf(store)).toBe(1.25);
    expect(await store.status()).toMatchObject({ source: 'bundled', problem: null });
  });

  it('no network leaves everything as it is', async () => {
    await server.close();
    const status = await start().refresh();
    expect(status).toMatchObject({
      source: 'bundled',
      problem: { text: expect.stringContaining('could not be fetched') },
    });
    server = await startFakeUpstream();
  });
});
