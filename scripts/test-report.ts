/** What the test runners report, counted the same way. */
import * as z from 'zod/mini';

/** One part of the test command. */
export interface Outcome {
  readonly name: string;
  readonly passed: number;
  /** What failed, in words: a test, a file that did not load, or the part as a whole. */
  readonly failed: readonly string[];
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
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
});

/** Counts Vitest's JSON report; a file that failed before its first test counts as one failure. */
export function readVitest(name: string, text: string): Outcome {
  const { testResults } = vitestSchema.parse(JSON.parse(text));
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  const failed = tests.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName);
  const broken = testResults
    .filter(
      ({ status, assertionResults }) =>
        status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
    )
    .map((file) => file.name);
  const passed = tests.filter(({ status }) => status === 'passed').length;
  const skipped = tests
    .filter(({ status }) => status !== 'passed' && status !== 'failed')
    .map(({ fullName }) => fullName);
  return { name, passed, failed: [...failed, ...broken], skipped };
}

interface PlaywrightSuite {
  readonly specs?: readonly {
    readonly title: string;
    readonly tests: readonly { readonly status: string }[];
  }[];
  readonly suites?: readonly PlaywrightSuite[];
}

const suiteSchema: z.ZodMiniType<PlaywrightSuite> = z.object({
  specs: z.optional(
    z.array(z.object({ title: z.string(), tests: z.array(z.object({ status: z.string() })) })),
  ),
  suites: z.optional(z.lazy(() => z.array(suiteSchema))),
});
const playwrightSchema = z.object({ suites: z.array(suiteSchema), errors: z.array(z.unknown()) });

/** Counts Playwright's JSON report; an error outside of any test counts as one failure. */
export function readPlaywright(name: string, text: string): Outcome {
  const report = playwrightSchema.parse(JSON.parse(text));
  const specs = report.suites.flatMap(specsOf);
  const tests = specs.flatMap(({ title, tests: runs }) => runs.map(({ status }) => ({ title, status })));
  const titles = (wanted: string): readonly string[] =>
    tests.filter(({ status }) => status === wanted).map(({ title }) => title);
  return {
    name,
    passed: tests.filter(({ status }) => status === 'expected' || status === 'flaky').length,
    failed: [...titles('unexpected'), ...report.errors.map(() => 'an error outside of any test')],
    skipped: titles('skipped'),
  };
}

const specsOf = (suite: PlaywrightSuite): NonNullable<PlaywrightSuite['specs']> => [
  ...(suite.specs ?? []),
  ...(suite.suites ?? []).flatMap(specsOf),
];

/** The end of the test command's output: what failed, what was skipped, and `N passed, N failed`. */
export function summary(outcomes: readonly Outcome[]): string {
  const sum = (pick: (outcome: Outcome) => number): number =>
    outcomes.reduce((total, outcome) => total + pick(outcome), 0);
  const broken = outcomes.flatMap(({ name, failed }) => failed.map((one) => `Failed: ${name}: ${one}`));
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
  return ['', ...broken, ...skipped, line].join('\n');
}
