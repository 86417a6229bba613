/**
 * `npm run bench:faults -- [minutes] [abreast] [seed]`: traffic of all kinds with faults of all kinds against the built
 * gateway, 10 minutes and 40 requests abreast by default. Prints heap (after a collection), memory and open handles
 * now and then, and at the end what must hold: one whole answer or one error for each request, and a row whose attempts
 * are the calls that the upstream saw.
 */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { Agent, request } from 'undici';
import { DEEDS, question, startFaultyUpstream } from './faulty-upstream.ts';
import { percentile } from './figures.ts';
import { CHAT } from './load.ts';
import { startGateway, type Memory } from './process.ts';
import { judge, readRow, type Told } from './soak-judge.ts';

const [minutes = 10, abreast = 40, seed = 32] = process.argv.slice(2).map(Number);
const MAIN = fileURLToPath(new URL('../out/server/main.js', import.meta.url));
const SAMPLE = 10_000;
const LEAVES = 0.1;

let state = seed;
/** Park and Miller's generator: the same requests for the same seed. */
const chance = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
const draw = (): string => DEEDS[Math.floor(chance() * DEEDS.length)] ?? 'ok';

const folder = mkdtempSync(join(tmpdir(), 'switchyard-faults-'));
const upstream = await startFaultyUpstream();
const provider = (id: string, port: number, keys: readonly string[]): string =>
  `  - { id: ${id}, dialect: openai-chat, base_url: "http://127.0.0.1:${port}/v1", allow_private_network: true, models: [m], timeout: { first_content: 2s, idle: 1s, total: 20s }, keys: [${keys.map((key) => `{ id: ${key}, value: bench-key-${id}-${key}-0123456789 }`).join(', ')}] }\n`;
const config = join(folder, 'config.yaml');
writeFileSync(
  config,
  // Nobody listens on port 9, and rests are short, so that all of them come round often.
  `routing: { cooldown: { base: 100ms, ceiling: 500ms } }
models:
  - { id: soak, targets: [{ model: one/m }, { model: two/m }] }
  - { id: soak-gone, targets: [{ model: gone/m }, { model: one/m }, { model: two/m }] }
providers:
${provider('gone', 9, ['a'])}${provider('one', upstream.port, ['a', 'b', 'c'])}${provider('two', upstream.port, ['a', 'b'])}`,
);
const { gateway } = await startGateway(
  MAIN,
  ['serve', '--config', config, '--data-dir', join(folder, 'data'), '--port', '0'],
  { PATH: process.env['PATH'], HOME: folder, SWITCHYARD_HEADLESS: '1' },
);
const agent = new Agent({ connections: abreast + 5, headersTimeout: 0, bodyTimeout: 0 });

const told: Told[] = [];
/** ms of requests that one good call answered at once. */
const quick: number[] = [];
let sent = 0;
let ending = false;

async function ask(): Promise<void> {
  const number = (sent += 1);
  const deeds = [draw(), draw(), draw()];
  const streamed = chance() < 0.6;
  const abort = new AbortController();
  const leaving = chance() < LEAVES ? setTimeout(() => abort.abort(), chance() * 1_500) : undefined;
  let seen: Pick<Told, 'id' | 'status'> = { id: null, status: null };
  let body = '';
  let broke = false;
  const began = performance.now();
  try {
    const answer = await request(`http://127.0.0.1:${gateway.port}${CHAT}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        model: chance() < 0.3 ? 'soak-gone' : 'soak',
        messages: [{ role: 'user', content: question(number, deeds) }],
        ...(streamed ? { stream: true } : {}),
      }),
      dispatcher: agent,
      signal: abort.signal,
    });
    seen = { id: String(answer.headers['x-request-id']), status: answer.statusCode };
    for await (const bytes of answer.body) body += String(bytes);
    if (deeds[0] === 'ok' && answer.headers['x-switchyard-attempts'] === '1')
      quick.push(performance.now() - began);
  } catch {
    broke = true;
  } finally {
    clearTimeout(leaving);
  }
  told.push({ ...seen, body, broke, number, streamed, left: abort.signal.aborted });
}

const files = (): number => readdirSync(`/proc/${gateway.pid}/fd`).length;
const megabytes = (bytes: number): string => `${(bytes / 1_048_576).toFixed(1)} MB`;
const line = ({ heap, external, rss, handles }: Memory): string =>
  `heap ${megabytes(heap)} (+ ${megabytes(external)} outside), rss ${megabytes(rss)}, ${handles} handles, ${files()} files`;

await pause(1_000);
console.log(`before  ${line(await gateway.memory())}`);
const began = performance.now();
const running = Array.from({ length: abreast }, async () => {
  while (!ending) await ask();
});
while (performance.now() - began < minutes * 60_000) {
  await pause(Math.min(SAMPLE, minutes * 60_000));
  const passed = Math.round((performance.now() - began) / 1_000);
  console.log(
    `${String(passed).padStart(4)} s  ${line(await gateway.memory())}, ${sent} sent, load ${loadavg()[0]?.toFixed(1)}`,
  );
}
ending = true;
await Promise.all(running);
await agent.close();
// Kept sockets end, rows are written.
await pause(10_000);
console.log(`after   ${line(await gateway.memory())}`);

const log = new Database(join(folder, 'data', 'log.db'), { readonly: true });
const rows = log
  .prepare<[], { id: string; outcome: string; code: string | null; detail: string }>(
    'SELECT id, outcome, error_code AS code, detail FROM requests JOIN details USING (sequence)',
  )
  .all();
log.close();
const logged = new Map(rows.map(({ id, outcome, detail }) => [id, readRow(outcome, detail)]));
const outcomes = new Map<string, number>();
for (const { outcome, code } of rows) {
  const name = code === null ? outcome : `${outcome} ${code}`;
  outcomes.set(name, (outcomes.get(name) ?? 0) + 1);
}
const wrong = told.flatMap((one) =>
  judge(one, logged.get(one.id ?? ''), upstream.calls.get(one.number) ?? 0),
);
const calls = [...upstream.calls.values()].reduce((sum, count) => sum + count, 0);
console.log(`
requests   ${sent} sent, ${rows.length} rows: ${JSON.stringify(Object.fromEntries(outcomes))}; ${calls} calls upstream
answers    p50 ${percentile(quick, 0.5).toFixed(1)} ms, p99 ${percentile(quick, 0.99).toFixed(1)} ms of ${quick.length} that one call answered at once
unexplained ${wrong.length}${wrong
  .slice(0, 20)
  .map((words) => `\n  ${words}`)
  .join('')}`);
await gateway.stop();
upstream.close();
rmSync(folder, { recursive: true, force: true });
process.exitCode = wrong.length > 0 || rows.length > sent ? 1 : 0;
