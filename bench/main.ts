/**
 * `npm run bench`: the gateway with everything on against a bare pipe, in the same run, in turns. Prints
 * the rows of DESIGN section 14 that this version can measure and writes them to bench/results/.
 *
 * CPU is compared at the same rate of requests, not each server at its own limit: a saturated server finds
 * many sockets ready at once and its peers awake, which makes each of its system calls cheaper, and the bare
 * pipe's far more so than the gateway's.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { largeConfig, smallConfig } from './configs.ts';
import { median, percentile, table, type Row } from './figures.ts';
import { measureGrowth, type Switched } from './growth.ts';
import {
  closeConnections,
  many,
  MESSAGES,
  once,
  openStreams,
  steady,
  uniqueBody,
  uniqueMessage,
} from './load.ts';
import { startGateway, startOwn, type Measured } from './process.ts';

const MAIN = fileURLToPath(new URL('../out/server/main.js', import.meta.url));
const RESULTS = fileURLToPath(new URL('./results/', import.meta.url));
const ROUNDS = 5;
/** For a difference that is smaller than the noise of one round; with as many processes. */
const GROWTH_ROUNDS = 10;
const GROWTH_PROCESSES = 3;
/** One measurement of CPU or latency, seconds. */
const SECONDS = 1.5;
/** The gateway's code is fully compiled after about 15,000 requests; until then a request costs twice as much. */
const WARM_REQUESTS = 15_000;
const WARM_STREAMS = 600;

const folder = mkdtempSync(join(tmpdir(), 'switchyard-bench-'));
const upstream = await startOwn('./upstream.ts');
const target = `http://127.0.0.1:${upstream.port}`;
const fileOf = (name: string): string => join(folder, `${name}.yaml`);
/** In a file of its own, for a gateway of its own. */
function argsFor(name: string, config: string): readonly string[] {
  const file = fileOf(name);
  writeFileSync(file, config);
  return ['serve', '--config', file, '--data-dir', join(folder, name), '--port', '0'];
}

const plain = (size: number) => () => uniqueBody(size, '');
const streamed = () => uniqueBody(2_000, ',"stream":true,"stream_options":{"include_usage":true}');

/** Microseconds of the main thread per request, at an even rate. */
async function cost(of: Measured, perSecond: number, body: () => string, path?: string): Promise<number> {
  const before = await of.cpu();
  const times = await steady(of.port, perSecond, SECONDS, body, path);
  return ((await of.cpu()) - before) / times.length;
}

/** Pipe and gateway in turns, so that a busy moment of the machine hits both. */
async function compare(
  pipe: Measured,
  gateway: Measured,
  measure: (of: Measured) => Promise<number>,
): Promise<{ readonly pipe: number; readonly gateway: number; readonly ratio: number }> {
  const rounds: { pipe: number; gateway: number }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    rounds.push({ pipe: await measure(pipe), gateway: await measure(gateway) });
  }
  return {
    pipe: median(rounds.map((round) => round.pipe)),
    gateway: median(rounds.map((round) => round.gateway)),
    ratio: median(rounds.map((round) => round.gateway / round.pipe)),
  };
}

const us = (value: number): string => `${value.toFixed(0)} us`;
const ms = (value: number): string => `${value.toFixed(2)} ms`;

async function ratioRow(
  what: string,
  budget: number,
  pipe: Measured,
  gateway: Measured,
  perSecond: number,
  body: () => string,
): Promise<Row> {
  const found = await compare(pipe, gateway, (of) => cost(of, perSecond, body));
  return {
    what,
    pipe: us(found.pipe),
    gateway: us(found.gateway),
    result: `${found.ratio.toFixed(2)} x`,
    budget: `<= ${budget} x`,
    met: found.ratio <= budget,
  };
}

/** What more aliases, rules and keys add to the first row. */
async function growthRow(pipe: Measured, switched: readonly Switched[]): Promise<Row> {
  const measure = async (of: Measured): Promise<number> => {
    // The first requests after a change dial anew.
    await many(of.port, 1_000, 8, plain(2_000));
    return cost(of, 600, plain(2_000));
  };
  const configs = { small: smallConfig(target), large: largeConfig(target), onlyLarge: 'alias-1' };
  const found = await measureGrowth(switched, configs, GROWTH_ROUNDS, measure);
  const piped: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) piped.push(await measure(pipe));
  const growth = found.added.value / median(piped);
  const error = found.added.error / median(piped);
  return {
    what: 'the same with 20 aliases, 10 rules, 100 keys',
    pipe: `small ${us(found.small)}`,
    gateway: us(found.large),
    result: `${growth < 0 ? '' : '+'}${growth.toFixed(2)} x ± ${error.toFixed(2)}`,
    budget: '<= +0.05 x',
    met: growth <= 0.05,
  };
}

/** The gateway translates what the pipe only passes on: an Anthropic client's stream from an OpenAI upstream. */
async function translatedRow(pipe: Measured, gateway: Measured): Promise<Row> {
  const found = await compare(pipe, gateway, (of) =>
    of === pipe ? cost(of, 50, streamed) : cost(of, 50, () => uniqueMessage(2_000), MESSAGES),
  );
  return {
    what: 'CPU per 100-chunk stream, translated',
    pipe: us(found.pipe),
    gateway: us(found.gateway),
    result: `${found.ratio.toFixed(2)} x`,
    budget: '<= 2.5 x',
    met: found.ratio <= 2.5,
  };
}

async function addedRow(
  what: string,
  budget: number,
  pipe: Measured,
  gateway: Measured,
  measure: (of: Measured) => Promise<number>,
): Promise<Row> {
  const found = await compare(pipe, gateway, measure);
  const added = found.gateway - found.pipe;
  return {
    what,
    pipe: ms(found.pipe),
    gateway: ms(found.gateway),
    result: `${added < 0 ? '' : '+'}${ms(added)}`,
    budget: `<= ${ms(budget)}`,
    met: added <= budget,
  };
}

/** Time to the first content of a probe while a hundred slow streams are open, 99th percentile in ms. */
async function firstContentUnderStreams(of: Measured): Promise<number> {
  const close = await openStreams(of.port, 100, 600, () => uniqueBody(500, ',"stream":true,"seed":1'));
  const firsts: number[] = [];
  for (let probe = 0; probe < 150; probe += 1) firsts.push((await once(of.port, streamed())).first);
  await close();
  return percentile(firsts, 0.99);
}

async function measureAll(): Promise<readonly Row[]> {
  const environment = {
    PATH: process.env['PATH'],
    HOME: folder,
    LOG_LEVEL: 'info',
    SWITCHYARD_HEADLESS: '1',
  };
  const args = argsFor('small', smallConfig(target));
  const starts: number[] = [];
  let gateway: Measured | undefined;
  for (let start = 0; start < 5; start += 1) {
    await gateway?.stop();
    const started = await startGateway(MAIN, args, environment);
    ({ gateway } = started);
    starts.push(started.ready);
  }
  if (gateway === undefined) throw new Error('the gateway did not start');
  const switched: Switched[] = [];
  for (let number = 0; number < GROWTH_PROCESSES; number += 1) {
    const own = argsFor(`switched-${number}`, smallConfig(target));
    const { gateway: started } = await startGateway(MAIN, own, environment);
    switched.push({ gateway: started, file: fileOf(`switched-${number}`) });
  }
  const others = switched.map((one) => one.gateway);
  const pipe = await startOwn('./pipe.ts', [target]);
  try {
    for (const server of [pipe, gateway, ...others]) {
      await many(server.port, WARM_REQUESTS, 16, plain(2_000));
      await many(server.port, WARM_STREAMS, 16, streamed);
    }
    await many(gateway.port, WARM_STREAMS, 16, () => uniqueMessage(2_000), MESSAGES);
    const measuredPipe = pipe;
    const measuredGateway = gateway;
    const rows: Row[] = [];
    const note = (row: Row): void => void rows.push(row);
    note(await ratioRow('CPU per 2 KB chat request', 1.5, pipe, gateway, 600, plain(2_000)));
    note(await growthRow(pipe, switched));
    note(await ratioRow('CPU per 100-chunk stream', 1.2, pipe, gateway, 50, streamed));
    note(await translatedRow(pipe, gateway));
    for (const [share, budget] of [
      [0.5, 1],
      [0.99, 5],
    ] as const) {
      note(
        await addedRow(
          `latency p${share * 100} at 200 rps`,
          budget,
          measuredPipe,
          measuredGateway,
          async (of) => percentile(await steady(of.port, 200, SECONDS, plain(2_000)), share),
        ),
      );
    }
    note(await addedRow('first content p99, 100 open streams', 2, pipe, gateway, firstContentUnderStreams));
    note(
      await addedRow('1 MB request body', 10, pipe, gateway, async (of) => {
        const times: number[] = [];
        for (let index = 0; index < 12; index += 1)
          times.push((await once(of.port, uniqueBody(1_000_000, ''))).last);
        return median(times);
      }),
    );
    const ready = median(starts);
    note({
      what: 'ready line after start',
      pipe: '',
      gateway: ms(ready),
      result: ms(ready),
      budget: '<= 400.00 ms',
      met: ready <= 400,
    });
    return rows;
  } finally {
    await closeConnections();
    await Promise.all([pipe, gateway, ...others].map((server) => server.stop()));
  }
}

try {
  const [load = 0] = loadavg();
  const rows = await measureAll();
  console.log(table(rows));
  // The bench itself keeps one core busy.
  if (load > availableParallelism() - 1) {
    console.log(
      `Something else was running (load ${load.toFixed(1)} before the start): times in ms say little.`,
    );
  }
  mkdirSync(RESULTS, { recursive: true });
  const file = join(RESULTS, `${new Date().toISOString().replaceAll(':', '-')}.json`);
  writeFileSync(file, `${JSON.stringify({ node: process.version, load, rows }, null, 2)}\n`);
  console.log(`Written to ${file}`);
} finally {
  await upstream.stop();
  rmSync(folder, { recursive: true, force: true });
}
