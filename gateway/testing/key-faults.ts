/** A provider with many keys that does what the test says, a gateway before it that is watched, and a clock to set. */
import { expect } from 'vitest';
import type { RequestRow } from '../../contract/log/row.ts';
import type { KeyView, ProviderView } from '../../contract/rpc/procedures/providers.ts';
import { startFakeUpstream, type FakeRequest, type FakeUpstream } from './fake-upstream.ts';
import { ANSWER } from './openai-wire.ts';
import { createSkewedClock, type SkewedClock } from './skewed-clock.ts';
import { providerYaml, startTestGateway, type TestGateway } from './test-gateway.ts';
import { watched, type WatchedGateway } from './watched-gateway.ts';

export const SECOND = 1_000;
export const HOUR = 3_600 * SECOND;
/** What all keys have in common. */
const SECRET = 'sk-test-key-';

/** Keys by their number; the last four characters tell which. */
export const keyOf = (number: number): string => `${SECRET}00000000${String(1_000 + number)}`;
/** @returns the number of the key that a request came with */
export const usedKey = ({ headers }: FakeRequest): number =>
  Number((headers['authorization'] ?? '').slice(-3));

export const good = (request: FakeRequest): void => request.json(200, ANSWER);
export const bad =
  (status: number, error: object, headers: Readonly<Record<string, string>> = {}) =>
  (request: FakeRequest): void =>
    request.json(status, { error }, headers);

export interface KeyFaults {
  readonly upstream: FakeUpstream;
  readonly clock: SkewedClock;
  /**
   * A gateway with so many keys of the provider `one`, always tried from the first on.
   * @param more sections of the configuration; @param settings members of the provider, each after a comma
   */
  readonly start: (count: number, more?: string, settings?: string) => Promise<WatchedGateway>;
  /** A gateway of this configuration. */
  readonly startWith: (yaml: string) => Promise<WatchedGateway>;
  /** How many calls came with the key of that number. */
  readonly callsTo: (number: number) => number;
  /** Ends all, and judges what holds after every fault. */
  readonly checkAndStop: () => Promise<void>;
}

export async function openKeyFaults(): Promise<KeyFaults> {
  const upstream = await startFakeUpstream();
  const clock = createSkewedClock();
  let gateway: WatchedGateway | undefined;

  async function startWith(yaml: string): Promise<WatchedGateway> {
    gateway = watched(await startTestGateway(yaml, { clock }), upstream, SECRET);
    return gateway;
  }

  return {
    upstream,
    clock,
    startWith,
    start(count, more = '', settings = '') {
      const keys = Array.from({ length: count }, (_, index) => keyOf(index + 1));
      const provider = providerYaml('one', upstream.url, keys, `, strategy: priority${settings}`);
      return startWith(`${more}\nproviders:\n${provider}`);
    },
    callsTo: (number) => upstream.requests.filter((one) => usedKey(one) === number).length,
    async checkAndStop() {
      await gateway?.checkAndStop();
      await upstream.close();
    },
  };
}

const isViews = (value: unknown): value is readonly ProviderView[] => Array.isArray(value);

/** @returns the keys of the first provider as they are shown */
export async function keysOf(running: TestGateway): Promise<readonly KeyView[]> {
  const answer = await running.call('providers.list');
  if (!answer.ok || !isViews(answer.data)) throw new Error('no providers');
  return answer.data[0]?.keys ?? [];
}

/** What holds after every fault: one row for each request, and no secret in any of them. */
export async function rowsOf(running: TestGateway, count: number): Promise<readonly RequestRow[]> {
  const rows = await running.rows(count);
  expect(rows).toHaveLength(count);
  expect(JSON.stringify(rows)).not.toContain(SECRET);
  for (const row of rows) expect(row.attempts.length).toBe(row.attemptCount);
  return rows;
}
