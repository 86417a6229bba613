import { describe, expect, it } from 'vitest';
import { readPlaywright, readVitest, summary } from './test-report.ts';

const test = (fullName: string, status: string) => ({ fullName, status });

describe("Vitest's report", () => {
  it('is counted by test, skipped ones by name', () => {
    const assertionResults = [
      test('a', 'passed'),
      test('b', 'failed'),
      test('c', 'skipped'),
      test('d', 'todo'),
    ];
    const text = JSON.stringify({ testResults: [{ name: 'x.test.ts', status: 'failed', assertionResults }] });
    expect(readVitest('unit', text)).toEqual({
      name: 'unit',
      passed: 1,
      failed: ['b'],
      unsteady: [],
      skipped: ['c', 'd'],
    });
  });

  it('tells the errors of failed tests, and what passed only when tried again', () => {
    const failureMessages = ['\u001B[31mExpected 1\u001B[39m\n\n  at x.test.ts:1'];
    const assertionResults = [
      { ...test('a', 'passed'), failureMessages },
      { ...test('b', 'failed'), failureMessages },
    ];
    const text = JSON.stringify({ testResults: [{ name: 'x.test.ts', status: 'failed', assertionResults }] });
    expect(readVitest('unit', text)).toMatchObject({
      passed: 1,
      failed: ['b\n    Expected 1\n      at x.test.ts:1'],
      unsteady: ['a\n    Expected 1\n      at x.test.ts:1'],
    });
  });

  it('counts a file that could not be loaded as a failure', () => {
    const text = JSON.stringify({
      testResults: [
        { name: 'x.test.ts', status: 'failed', assertionResults: [] },
        { name: 'y.test.ts', status: 'failed', assertionResults: [test('a', 'passed')] },
      ],
    });
    expect(readVitest('unit', text)).toMatchObject({ passed: 1, failed: ['x.test.ts', 'y.test.ts'] });
  });

  it('that is none is an error, not a success', () => {
    expect(() => readVitest('unit', '{}')).toThrow();
  });
});

describe("Playwright's report", () => {
  it('is counted through nested suites, with errors outside of tests', () => {
    const spec = (title: string, status: string) => ({ title, tests: [{ status }] });
    const text = JSON.stringify({
      suites: [
        {
          specs: [spec('a', 'expected')],
          suites: [{ specs: [spec('b', 'unexpected'), spec('c', 'skipped')] }],
        },
        {
          specs: [
            {
              title: 'd',
              tests: [{ status: 'flaky', results: [{ errors: [{ message: 'late' }] }, { errors: [] }] }],
            },
          ],
        },
      ],
      errors: [{ message: 'no browser' }],
    });
    expect(readPlaywright('e2e', text)).toEqual({
      name: 'e2e',
      passed: 2,
      failed: ['b', 'an error outside of any test'],
      unsteady: ['d\n    late'],
      skipped: ['c'],
    });
  });
});

it('ends with the totals, after what failed and what was skipped', () => {
  const text = summary([
    { name: 'format', passed: 1, failed: [], skipped: [] },
    { name: 'unit', passed: 10, failed: ['adds up', 'takes away'], skipped: [] },
    {
      name: 'integration',
      passed: 1,
      failed: [],
      unsteady: ['waits'],
      skipped: ['the fuses @electron-only are set'],
    },
    { name: 'e2e', passed: 0, failed: [], skipped: ['no Chromium was found', '@electron-only the sandbox'] },
  ]);
  expect(text.trim().split('\n')).toEqual([
    'Failed: unit: adds up',
    'Failed: unit: takes away',
    'Passed only when tried again, which is a bug: integration: waits',
    'Skipped: e2e: no Chromium was found',
    "Need Electron's own binary (@electron-only): 2",
    '12 passed, 2 failed',
  ]);
});
