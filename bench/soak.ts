/**
 * `npm run bench:soak -- [seconds] [streams] [seed]`: row 32 of the fault list, 600 s and 500 streams by default.
 * So many streams are always under way, three of ten are left by their clients at a random moment; meanwhile small
 * requests measure what the gateway adds. Prints memory and open files every 10 s, and what must hold at the end.
 */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { Agent, request } from 'undici';
import { median, percentile } from './figures.ts';
import { CHAT, uniqueBody } from './load.ts';
import { startGateway, startOwn, type Measured } from './process.ts';

const [seconds = 600, streams = 500, seed = 32] = process.argv.slice(2).map(Number);
const ABORTED = 0.3;
/** The upstream's slow streams take about so long, ms. */
const STREAM_TIME = 19_600;
const SAMPLE = 10_000;
/** Memory is judged from here on, ms: until then caches fill and code is compiled. */
const SETTLED = 180_000;
const MAIN = fileURLToPath(new URL('../out/server/main.js', import.meta.url));

let state = seed;
/** Park and Miller's generator: the same run for the same seed. */
const chance = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;

const folder = mkdtempSync(join(tmpdir(), 'switchyard-soak-'));
const upstream = await startOwn('./upstream.ts');
const config = join(folder, 'config.yaml');
writeFileSync(
  config,
  `providers:\n  - { id: bench, dialect: openai-chat, base_url: "http://127.0.0.1:${upstream.port}/v1", allow_private_network: true, models: [bench], keys: [{ id: k1, value: bench-key-0123456789 }] }\n`,
);
const { gateway } = await startGateway(
  MAIN,
  ['serve', '--config', config, '--data-dir', join(folder, 'data'), '--port', '0'],
  { PATH: process.env['PATH'], HOME: folder, SWITCHYARD_HEADLESS: '1' },
);
const agent = new Agent({
  connections: streams + 50,
  headersTimeout: 0,
  bodyTimeout: 0,
  keepAliveTimeout: 1_000,
});
const probes = new Agent({ connections: 4 });

const told = { sent: 0, whole: 0, left: 0, wrong: 0, errors: new Map<string, number>() };
let ending = false;

/** One stream, read to its end or left on the way. */
async function oneStream(): Promise<void> {
  const leaves = chance() < ABORTED;
  const abort = new AbortController();
  const leaving = leaves ? setTimeout(() => abort.abort(), chance() * STREAM_TIME) : undefined;
  told.sent += 1;
  try {
    const answer = await request(`http://127.0.0.1:${gateway.port}${CHAT}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: uniqueBody(500, ',"stream":true,"seed":1'),
      dispatcher: agent,
      signal: abort.signal,
    });
    let tail = '';
    for await (const chunk of answer.body) tail = (tail + String(chunk)).slice(-40);
    if (answer.statusCode === 200 && tail.endsWith('data: [DONE]\n\n')) told.whole += 1;
    else told.wrong += 1;
  } catch (error) {
    if (abort.signal.aborted) told.left += 1;
    else {
      const name = error instanceof Error ? error.message : String(error);
      told.wrong += 1;
      told.errors.set(name, (told.errors.get(name) ?? 0) + 1);
    }
  } finally {
    clearTimeout(leaving);
  }
}

async function keepStreaming(index: number): Promise<void> {
  await pause((index * STREAM_TIME) / streams);
  while (!ending) await oneStream();
}

async function probe(port: number): Promise<number> {
  const began = performance.now();
  const answer = await request(`http://127.0.0.1:${port}${CHAT}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: uniqueBody(500, ''),
    dispatcher: probes,
  });
  await answer.body.dump();
  return performance.now() - began;
}

const filesOf = ({ pid }: Measured): number => readdirSync(`/proc/${pid}/fd`).length;
const megabytes = (bytes: number): number => Math.round(bytes / 104_857.6) / 10;

/** Rise of a line through the points, per unit of x. */
function slope(points: readonly (readonly [number, number])[]): number {
  const x = points.reduce((sum, [at]) => sum + at, 0) / points.length;
  const y = points.reduce((sum, [, value]) => sum + value, 0) / points.length;
  const above = points.reduce((sum, [at, value]) => sum + (at - x) * (value - y), 0);
  return above / points.reduce((sum, [at]) => sum + (at - x) ** 2, 0);
}

await probe(gateway.port);
await pause(1_000);
const filesBefore = filesOf(gateway);
const began = performance.now();
const running = Array.from({ length: streams }, (_, index) => keepStreaming(index));
const direct: number[] = [];
const through: number[] = [];
const memory: (readonly [number, number])[] = [];
let probed = 1;

for (let next = SAMPLE; performance.now() - began < seconds * 1_000;) {
  direct.push(await probe(upstream.port));
  through.push(await probe(gateway.port));
  probed += 1;
  await pause(100);
  const passed = performance.now() - began;
  if (passed < next) continue;
  next += SAMPLE;
  const rss = await gateway.rss();
  if (passed >= SETTLED) memory.push([passed / 60_000, rss]);
  const { sent, whole, left, wrong } = told;
  console.log(
    `${String(Math.round(passed / 1_000)).padStart(4)} s  ${megabytes(rss)} MB  ${filesOf(gateway)} files  sent ${sent}, whole ${whole}, left ${left}, wrong ${wrong}  load ${loadavg()[0]?.toFixed(1)}`,
  );
}
ending = true;
await Promise.all(running);
await agent.close();
await probes.close();
const ended = performance.now();
let files = filesOf(gateway);
while (files > filesBefore + 1 && performance.now() - ended < 90_000) {
  await pause(250);
  files = filesOf(gateway);
}
const settledAfter = Math.round(performance.now() - ended) / 1_000;
await pause(3_000);

const log = new Database(join(folder, 'data', 'log.db'), { readonly: true });
const outcomes = log
  .prepare('SELECT outcome, count(*) AS rows FROM requests GROUP BY outcome ORDER BY outcome')
  .all();
const rows = log.prepare('SELECT count(*) FROM requests').pluck().get();
log.close();
const share = (at: number): string =>
  `${(percentile(through, at) - percentile(direct, at)).toFixed(1)} ms (${percentile(direct, at).toFixed(1)} → ${percentile(through, at).toFixed(1)})`;
console.log(`
requests         ${told.sent} streams and ${probed} probes sent, ${String(rows)} rows: ${JSON.stringify(outcomes)}
streams          ${told.whole} whole, ${told.left} left, ${told.wrong} wrong ${JSON.stringify([...told.errors])}
open files       ${filesBefore} before, ${files} after, ${settledAfter} s after the last stream
memory           ${memory.length < 2 ? 'too short a run' : `median ${megabytes(median(memory.map(([, rss]) => rss)))} MB after minute 3, rising ${megabytes(slope(memory))} MB a minute`}
added latency    p50 ${share(0.5)}, p99 ${share(0.99)}`);
await gateway.stop();
await upstream.stop();
rmSync(folder, { recursive: true, force: true });
