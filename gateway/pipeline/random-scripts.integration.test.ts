/**
 * 1,000 random scripts against a small model of the rules: upstreams that are slow, refuse, cut and stall, clients that
 * leave, keys that cool and places that are taken. `SCRIPT_SEED=n` runs that one alone.
 */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { RequestRow } from '../../contract/log/row.ts';
import { startFakeUpstream, type FakeRequest, type FakeUpstream } from '../testing/fake-upstream.ts';
import { RETRY_BUDGET, type RetryBudgetLimits } from '../routing/retry-budget.ts';
import { ask, type Leaving, type Seen } from '../testing/random-scripts/client.ts';
import { judgeScript } from '../testing/random-scripts/judge.ts';
import { lanesYaml } from '../testing/random-scripts/lanes.ts';
import { drawScript, KEYS, METER, textOf, type Ask, type Script } from '../testing/random-scripts/script.ts';
import { anthropicWire, openAiWire } from '../testing/random-scripts/wires.ts';
import { createPatientClock } from '../testing/patient-clock.ts';
import { startTestGateway, type TestGateway } from '../testing/test-gateway.ts';

const ONLY = process.env['SCRIPT_SEED'];
const SEEDS = ONLY === undefined ? Array.from({ length: 1_000 }, (_, index) => index + 1) : [Number(ONLY)];
/** Scripts that share the budget for retries as it is. */
const WITH_BUDGET = 400;
/** Scripts at the same time, each with providers of its own. */
const LANES = ONLY === undefined ? 40 : 1;
/** What the upstream never answers ends by this; all else takes a fraction of it, ms. */
const PATIENCE = 500;
/** It takes seconds; many times that where 30 others want the same two cores, ms. */
const BUSY = 300_000;

interface Running {
  readonly ask: Ask;
  readonly calls: string[];
  readonly leaving: Leaving & { goWithContent: boolean };
}

let upstream: FakeUpstream;
let gateway: TestGateway;
/** When each metered key was asked, monotonic ms. */
const metered = new Map<string, readonly number[]>();
const running = new Map<string, Running>();

const lanes = Array.from({ length: LANES }, (_, index) => String(1_000 + index));

/** Looks up what the script wants of this place, and does it. */
function perform(call: FakeRequest): unknown {
  const credential = `${call.headers['authorization'] ?? ''}${call.headers['x-api-key'] ?? ''}`;
  const [, letter = '', key = ''] = /sk-lane-(\w)-(\w+)-/.exec(credential) ?? [];
  const one = running.get(/ask (\d+\.\d+)\./.exec(call.body.toString())?.[1] ?? '');
  if (one === undefined) throw new Error('a call that belongs to no script');
  const place = `${letter}/${key}`;
  const deed = one.ask.deeds.get(place)?.[one.calls.includes(place) ? 1 : 0];
  // What is sent again on a fresh socket had most often never come.
  const again = one.calls.includes(place);
  one.calls.push(place);
  if (letter === 'e' && !again)
    metered.set(credential, [...(metered.get(credential) ?? []), performance.now()]);
  return deed?.act({
    call,
    wire: letter === 'c' ? anthropicWire : openAiWire,
    streamed: one.ask.streamed,
    text: textOf(place, one.ask),
    leave(when) {
      if (when === 'now') one.leaving.leave();
      else one.leaving.goWithContent = true;
    },
  });
}

function begin(of: Ask): Running {
  const controller = new AbortController();
  const leaving = {
    signal: controller.signal,
    goWithContent: false,
    withContent: (): boolean => leaving.goWithContent,
    leave: () => controller.abort(),
  };
  const one = { ask: of, calls: [], leaving };
  running.set(of.id, one);
  return one;
}

interface Ran {
  readonly script: Script;
  readonly seen: readonly Seen[];
}

/** One script after the other; each begins with all keys well. */
async function runLane(lane: string, seeds: number[]): Promise<readonly Ran[]> {
  const ran: Ran[] = [];
  for (let seed = seeds.pop(); seed !== undefined; seed = seeds.pop()) {
    const script = drawScript(seed);
    const seen = await Promise.all(
      script.asks.map((one) => ask(gateway.url, `${script.plan}${lane}`, one, begin(one).leaving)),
    );
    ran.push({ script, seen });
    for (const letter of Object.keys(KEYS))
      await gateway.call('keys.clear', { provider: `${letter}${lane}` });
  }
  return ran;
}

interface Page {
  readonly rows: readonly RequestRow[];
  readonly next: number | null;
}
const isPage = (value: unknown): value is Page =>
  typeof value === 'object' && value !== null && 'rows' in value;
const isRow = (value: unknown): value is RequestRow =>
  typeof value === 'object' && value !== null && 'attempts' in value;

/** Every row there is, by the request it tells of. */
async function rowsById(): Promise<ReadonlyMap<string, readonly RequestRow[]>> {
  const rows = new Map<string, readonly RequestRow[]>();
  let before: number | null = null;
  do {
    const page = await gateway.call('requests.list', { limit: 500, ...(before === null ? {} : { before }) });
    if (!page.ok || !isPage(page.data)) throw new Error('no list');
    for (const { id } of page.data.rows) {
      const row = await gateway.call('requests.get', { id });
      if (!row.ok || !isRow(row.data)) throw new Error(`no row ${id}`);
      const name = row.data.userAgent?.slice('script/'.length) ?? '';
      rows.set(name, [...(rows.get(name) ?? []), row.data]);
    }
    before = page.data.next;
  } while (before !== null);
  return rows;
}

/** @param retries the budget for them, of all scripts together */
async function start(retries: RetryBudgetLimits): Promise<void> {
  gateway = await startTestGateway(lanesYaml(lanes, upstream.url, PATIENCE), {
    clock: createPatientClock(PATIENCE),
    // A heartbeat sends the head before the outcome is known, which the model of the rules does not have.
    limits: { retries, heartbeat: 10_000_000 },
  });
}

beforeEach(async () => {
  running.clear();
  metered.clear();
  upstream = await startFakeUpstream();
  upstream.script(perform);
});
afterEach(async () => {
  await gateway.stop();
  await upstream.close();
}, BUSY);

/** The client may have its answer before the log has its end. */
async function allEnded(): Promise<void> {
  // Tokens that no upstream counted are counted after the answer.
  await expect
    .poll(() => gateway.call('gateway.status'), { timeout: 10_000 })
    .toMatchObject({ data: { inFlight: 0 } });
}

/** No place is taken, and no key is left marked. */
async function expectRest(): Promise<void> {
  const providers = await gateway.call('providers.list');
  if (!providers.ok || !Array.isArray(providers.data)) throw new Error('no providers');
  const keys = providers.data.flatMap(({ keys: some }: { keys: readonly object[] }) => some);
  expect(keys).toHaveLength(LANES * Object.values(KEYS).flat().length);
  for (const key of keys) {
    expect(key).toMatchObject({ state: 'ready', inFlight: 0, consecutiveFailures: 0, models: [] });
  }
  upstream.script((request) => request.json(200, openAiWire.whole('here')));
  const answers = await Promise.all(
    lanes.map((lane) => gateway.chat({ model: `d${lane}/m`, messages: [{ role: 'user', content: 'hi' }] })),
  );
  expect(answers.every(({ status }) => status === 200)).toBe(true);
}

/** @returns what is wrong, and all that clients saw */
async function runAll(
  seeds: readonly number[],
  foreseen: boolean,
): Promise<{ readonly wrong: readonly string[]; readonly seen: readonly Seen[] }> {
  const left = [...seeds].reverse();
  const ran = (await Promise.all(lanes.map((lane) => runLane(lane, left)))).flat();
  await allEnded();
  const rows = await rowsById();
  expect(ran).toHaveLength(seeds.length);
  const wrong = ran.flatMap(({ script, seen }) => {
    const stories = script.asks.map((one, index) => {
      const [row, ...others] = rows.get(one.id) ?? [];
      const client = seen[index];
      if (row === undefined || others.length > 0 || client === undefined) {
        throw new Error(
          `seed ${script.seed}: ${others.length + Number(row !== undefined)} rows for ${one.id}`,
        );
      }
      return { ask: one, seen: client, row, calls: running.get(one.id)?.calls ?? [] };
    });
    return judgeScript(script, stories, foreseen);
  });
  return { wrong, seen: ran.flatMap(({ seen }) => seen) };
}

/** A minute by the gateway's clock is about one as calls arrive; a busy machine delivers one seconds late. */
function expectMetered(): void {
  expect(metered.size).toBeGreaterThan(0);
  for (const [key, times] of metered) {
    const inShort = times.filter((time, at) => time - (times[at - METER] ?? -Infinity) < 30_000);
    expect(inShort, `more than ${METER} calls in half a minute with ${key.slice(-6)}`).toEqual([]);
  }
}

it(
  'every request ends as the rules say, and client, upstream and log tell the same of it',
  async () => {
    // So that all that becomes of a request alone is known beforehand.
    await start({ share: 10, atLeast: 10_000, window: 10_000 });
    const { wrong } = await runAll(SEEDS, true);
    expect(wrong, 'run one of them alone with SCRIPT_SEED').toEqual([]);
    if (ONLY === undefined) expectMetered();
    await expectRest();
  },
  BUSY,
);

it(
  'where the retry budget is spent, each request has asked every provider that it may',
  async () => {
    await start(RETRY_BUDGET);
    const { wrong, seen } = await runAll(SEEDS.slice(0, WITH_BUDGET), false);
    expect(wrong, 'which of them meet a spent budget is chance').toEqual([]);
    const spent = seen.filter(({ headers }) => headers.get('x-switchyard-retry') === 'budget-exhausted');
    if (ONLY === undefined) expect(spent.length).toBeGreaterThan(0);
    await expectRest();
  },
  BUSY,
);
