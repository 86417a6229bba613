/**
 * `npm test`: format, lint, types, layers, unit, integration, recordings and browser tests, each with its
 * counts; says at the end what was skipped. Under CI=true a missing Chromium is a failure.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium } from './chromium.ts';
import { ROOT, run } from './project.ts';
import { readPlaywright, readVitest, summary } from './test-report.ts';
import type { Outcome } from './test-report.ts';

// Programs and threads that run sources as they are start a hundred times: what Node compiled once is kept.
process.env['NODE_COMPILE_CACHE'] ??= join(ROOT, 'out', '.cache', 'tests');
/**
 * In continuous integration a test that failed is tried once more; what passes then is named at the end as a bug. One
 * unsteady test of twenty thousand would hold everything else back (docs/decisions/0014-a-second-try.md).
 */
const TRIES_MORE = process.env['CI'] === 'true' ? 1 : 0;
const folder = await mkdtemp(join(tmpdir(), 'switchyard-test-report-'));
// Minutes of one processor each: the next ones run beside them.
const types = check('types');
const lint = check('lint');
const outcomes: Outcome[] = [
  await check('format'),
  await check('layers'),
  await vitest('unit', ['unit', 'renderer']),
  await types,
  // They wait more than they work: three files at a time keep two processors busy.
  await vitest('integration', ['integration'], ['--maxWorkers=3']),
  await lint,
  await recordings(),
  await browser(),
];
await rm(folder, { recursive: true });
console.log(summary(outcomes));
process.exit(outcomes.some(({ failed }) => failed.length > 0) ? 1 : 0);

/** One of the `check:` scripts; it passes or fails as a whole. */
async function check(name: string): Promise<Outcome> {
  const { code, output } = await run('npm', ['run', '--silent', `check:${name}`], { quiet: true });
  heading(name);
  console.log(output.trimEnd());
  return {
    name,
    passed: code === 0 ? 1 : 0,
    failed: code === 0 ? [] : [`npm run check:${name}`],
    skipped: [],
  };
}

async function vitest(
  name: string,
  projects: readonly string[],
  options: readonly string[] = [],
): Promise<Outcome> {
  heading(name);
  const report = join(folder, `${name}.json`);
  const { code } = await run('vitest', [
    'run',
    ...projects.flatMap((project) => ['--project', project]),
    ...options,
    `--retry=${TRIES_MORE}`,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]);
  return counted(name, code, report, readVitest);
}

function recordings(): Promise<Outcome> {
  if (existsSync(join(ROOT, '..', 'shared', 'fixtures'))) return vitest('recordings', ['recordings']);
  const skipped = ['the folder ../shared/fixtures with the recordings is not there'];
  return Promise.resolve({ name: 'recordings', passed: 0, failed: [], skipped });
}

async function browser(): Promise<Outcome> {
  const name = 'e2e';
  if (findChromium(process.env, process.platform) === undefined) {
    const reason = 'no Chromium was found; install one or set CHROMIUM_PATH';
    const failed = process.env['CI'] === 'true' ? [reason] : [];
    return { name, passed: 0, failed, skipped: [reason] };
  }
  heading(name);
  const report = join(folder, 'e2e.json');
  const { code } = await run(
    process.execPath,
    ['scripts/e2e.ts', '--reporter=line,json', `--retries=${TRIES_MORE}`],
    {
      environment: { PLAYWRIGHT_JSON_OUTPUT_NAME: report },
    },
  );
  return counted(name, code, report, readPlaywright);
}

/** A runner that failed without a failed test, or left no report, has failed all the same. */
async function counted(
  name: string,
  code: number,
  report: string,
  read: (name: string, text: string) => Outcome,
): Promise<Outcome> {
  try {
    const outcome = read(name, await readFile(report, 'utf8'));
    const silent = code !== 0 && outcome.failed.length === 0;
    return silent ? { ...outcome, failed: [`no test, but the runner ended with ${code}`] } : outcome;
  } catch (error) {
    const reason = `no report: ${error instanceof Error ? error.message : String(error)}`;
    return { name, passed: 0, failed: [reason], skipped: [] };
  }
}

function heading(name: string): void {
  console.log(`\n== ${name}`);
}
