/** The retry budget of the process: failures that nothing explains must not multiply calls, and are told as they are. */
import { englishOf } from '../testing/english-of.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { RequestRow } from '../../contract/log/row.ts';
import { startFakeUpstream, type FakeUpstream } from '../testing/fake-upstream.ts';
import { ANSWER, ASK } from '../testing/openai-wire.ts';
import { seeded } from '../testing/routing.ts';
import {
  KEY_ONE,
  KEY_TWO,
  providerYaml,
  startTestGateway,
  type TestGateway,
} from '../testing/test-gateway.ts';

const REQUESTS = 1_000;
/** Requests under way at the same time. */
const ABREAST = 20;
const FAILURE = { error: { message: 'a coin fell', type: 'server_error' } };

let upstream: FakeUpstream;
let gateway: TestGateway;

beforeEach(async () => {
  upstream = await startFakeUpstream();
  const random = seeded(3);
  upstream.script((request) => (random() < 0.5 ? request.json(500, FAILURE) : request.json(200, ANSWER)));
  const provider = providerYaml('one', upstream.url, [KEY_ONE, KEY_TWO]);
  // A coin that falls on the same side many times is no reason for a key to rest.
  const routing = 'routing: { max_consecutive_failures: 100 }\nrequests: { bodies: metadata }';
  gateway = await startTestGateway(`${routing}\nproviders:\n${provider}`);
});
afterEach(async () => {
  await gateway.stop();
  await upstream.close();
});

const isRow = (value: unknown): value is RequestRow =>
  typeof value === 'object' && value !== null && 'attempts' in value;

/** The row of an answer; the client may have that before the log has its end. */
async function rowOf(answer: Response): Promise<RequestRow> {
  for (let look = 0; look < 600; look += 1) {
    const row = await gateway.call('requests.get', { id: answer.headers.get('x-request-id') });
    if (row.ok && isRow(row.data) && row.data.outcome !== 'live') return row.data;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('an answer has no finished row');
}

it('half of 1,000 requests fail: under 1.25 calls for each, and every failure has its reason', async () => {
  const answers: { readonly answer: Response; readonly body: unknown }[] = [];
  let asked = 0;
  const client = async (): Promise<void> => {
    while (asked < REQUESTS) {
      asked += 1;
      const answer = await gateway.chat(ASK);
      answers.push({ answer, body: await answer.json() });
    }
  };
  await Promise.all(Array.from({ length: ABREAST }, client));
  expect(upstream.requests.length).toBeLessThan(1.25 * REQUESTS);

  const failed = { spent: 0, nothingLeft: 0 };
  let calls = 0;
  for (const { answer, body } of answers) {
    const row = await rowOf(answer);
    calls += row.attempts.length;
    const results = row.attempts.map(({ result }) => result);
    expect(answer.headers.get('x-switchyard-attempts')).toBe(String(results.length));
    const told = answer.headers.get('x-switchyard-retry');
    if (answer.status === 200) {
      expect([body, told, row.outcome, results.at(-1), row.warnings]).toEqual([ANSWER, null, 'ok', 'ok', []]);
      continue;
    }
    expect([answer.status, body, row.outcome, row.status]).toEqual([500, FAILURE, 'error', 500]);
    expect(answer.headers.get('x-should-retry')).toBe('false');
    expect(row.errorCode).toBe('upstream_error');
    if (told === null) {
      // Both keys were tried.
      expect([results, row.warnings]).toEqual([['upstream_error', 'upstream_error'], []]);
      failed.nothingLeft += 1;
    } else {
      expect(told).toBe('budget-exhausted');
      expect(results).toEqual(['upstream_error']);
      expect(englishOf(row.warnings)).toEqual([expect.stringContaining('budget-exhausted')]);
      failed.spent += 1;
    }
  }
  expect(calls).toBe(upstream.requests.length);
  // The budget is a fifth of what arrives: some get their second try, others do not.
  expect(failed.spent).toBeGreaterThan(100);
  expect(failed.nothingLeft).toBeGreaterThan(30);
}, 60_000);
