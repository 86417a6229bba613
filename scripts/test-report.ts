/** What the test runners report, counted the same way. */
import { stripVTControlCharacters } from 'node:util';
import * as z from 'zod/mini';

/** One part of the test command. */
export interface Outcome {
  readonly name: string;
  readonly passed: number;
  /** What failed, in words: a test with the first lines of its error, a file that did not load, or the whole part. */
  readonly failed: readonly string[];
  /** What failed and passed when tried again: counted as passed, and a bug all the same. */
  readonly unsteady?: readonly string[];
  /** What did not run, in words. */
  readonly skipped: readonly string[];
}

/** In the names of tests that the stand-in for Electron cannot run. */
const ELECTRON_ONLY = '@electron-only';

const vitestSchema = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(
        z.object({
          fullName: z.string(),
          status: z.string(),
          failureMessages: z.optional(z.array(z.string())),
        }),
      ),
    }),
  ),
});

/** Counts Vitest's JSON report; a file that failed before its first test counts as one failure. */
export function readVitest(name: string, text: string): Outcome {
  const { testResults } = vitestSchema.parse(JSON.parse(text));
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  const told = (one: (typeof tests)[number]): string => withError(one.fullName, one.failureMessages?.[0]);
  const failed = tests.filter(({ status }) => status === 'failed').map(told);
  const broken = testResults
    .filter(
      ({ status, assertionResults }) =>
        status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
    )
    .map((file) => file.name);
  const passed = tests.filter(({ status }) => status === 'passed');
  const unsteady = passed.filter(({ failureMessages = [] }) => failureMessages.length > 0).map(told);
  const skipped = tests
    .filter(({ status }) => status !== 'passed' && status !== 'failed')
    .map(({ fullName }) => fullName);
  return { name, passed: passed.length, failed: [...failed, ...broken], unsteady, skipped };
}

/** Lines of an error that the summary repeats: the end of the output is what is kept of a run elsewhere. */
const ERROR_LINES = 8;

/** @returns the name, and below it the first lines of the error without the terminal's colours */
function withError(name: string, error: string | undefined): string {
  if (error === undefined) return name;
  const lines = stripVTControlCharacters(error)
    .split('\n')
    .filter((line) => line.trim() !== '');
  return [name, ...lines.slice(0, ERROR_LINES).map((line) => `    ${line}`)].join('\n');
}

interface PlaywrightTest {
  readonly status: string;
  /** Its tries. */
  readonly results?: readonly { readonly errors?: readonly { readonly message?: string }[] }[];
}
interface PlaywrightSuite {
  readonly specs?: readonly {
    readonly title: string;
    readonly tests: readonly PlaywrightTest[];
  }[];
  readonly suites?: readonly PlaywrightSuite[];
}

const testSchema = z.object({
  status: z.string(),
  results: z.optional(
    z.array(z.object({ errors: z.optional(z.array(z.object({ message: z.optional(z.string()) }))) })),
  ),
});
const suiteSchema: z.ZodMiniType<PlaywrightSuite> = z.object({
  specs: z.optional(z.array(z.object({ title: z.string(), tests: z.array(testSchema) }))),
  suites: z.optional(z.lazy(() => z.array(suiteSchema))),
});
const playwrightSchema = z.object({ suites: z.array(suiteSchema), errors: z.array(z.unknown()) });

/** Counts Playwright's JSON report; an error outside of any test counts as one failure. */
export function readPlaywright(name: string, text: string): Outcome {
  const report = playwrightSchema.parse(JSON.parse(text));
  const specs = report.suites.flatMap(specsOf);
  const tests = specs.flatMap(({ title, tests: runs }) => runs.map((one) => ({ title, ...one })));
  const titles = (wanted: string): readonly string[] =>
    tests
      .filter(({ status }) => status === wanted)
      .map(({ title, results = [] }) => withError(title, firstError(results)));
  return {
    name,
    passed: tests.filter(({ status }) => status === 'expected' || status === 'flaky').length,
    failed: [...titles('unexpected'), ...report.errors.map(() => 'an error outside of any test')],
    unsteady: titles('flaky'),
    skipped: titles('skipped'),
  };
}

const firstError = (results: NonNullable<PlaywrightTest['results']>): string | undefined =>
  results.flatMap(({ errors = [] }) => errors.flatMap(({ message }) => message ?? []))[0];

const specsOf = (suite: PlaywrightSuite): NonNullable<PlaywrightSuite['specs']> => [
  ...(suite.specs ?? []),
  ...(suite.suites ?? []).flatMap(specsOf),
];

/** The end of the test command's output: what failed, what was skipped, and `N passed, N failed`. */
export function summary(outcomes: readonly Outcome[]): string {
  const sum = (pick: (outcome: Outcome) => number): number =>
    outcomes.reduce((total, outcome) => total + pick(outcome), 0);
  const broken = outcomes.flatMap(({ name, failed }) => failed.map((one) => `Failed: ${name}: ${one}`));
  const unsteady = outcomes.flatMap(({ name, unsteady: what = [] }) =>
    what.map((one) => `Passed only when tried again, which is a bug: ${name}: ${one}`),
  );
  const all = outcomes.flatMap(({ name, skipped: what }) => what.map((one) => `${name}: ${one}`));
  const [needElectron, others] = [true, false].map((wanted) =>
    all.filter((one) => one.includes(ELECTRON_ONLY) === wanted),
  );
  const skipped = [
    ...(others ?? []).map((one) => `Skipped: ${one}`),
    ...(needElectron?.length
      ? [`Need Electron's own binary (${ELECTRON_ONLY}): ${needElectron.length}`]
      : []),
  ];
  const line = `${sum(({ passed }) => passed)} passed, ${sum(({ failed }) => failed.length)} failed`;
  return ['', ...broken, ...unsteady, ...skipped, line].join('\n');
}
