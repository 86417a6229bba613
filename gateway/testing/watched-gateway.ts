/** A gateway in a test of faults, and what holds after every one of them (the common invariants of the fault list). */
import { expect } from 'vitest';
import type { FakeUpstream } from './fake-upstream.ts';
import type { TestGateway } from './test-gateway.ts';

export interface WatchedGateway extends TestGateway {
  /** Requests that were sent without `chat`. */
  readonly alsoAsked: (count: number) => void;
  /**
   * Ends the gateway. Each request has exactly one row and each failure an id and a JSON error, nothing is under way,
   * no socket stays open, to the upstream or to a client, and no secret was told to anybody.
   */
  readonly checkAndStop: () => Promise<void>;
}

/** Of this process, whoever opened them. */
const openSockets = (): number =>
  process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;

/** @param secret what all keys of the test have in common */
export function watched(gateway: TestGateway, upstream: FakeUpstream, secret: string): WatchedGateway {
  const failures: Response[] = [];
  let asked = 0;
  const before = openSockets();

  return {
    ...gateway,
    async chat(...request) {
      asked += 1;
      const answer = await gateway.chat(...request);
      if (answer.status >= 400) failures.push(answer.clone());
      return answer;
    },
    alsoAsked(count) {
      asked += count;
    },
    async checkAndStop() {
      for (const failure of failures) {
        const text = await failure.text();
        expect(text).not.toContain(secret);
        expect(JSON.parse(text)).toMatchObject({ error: { message: expect.any(String) } });
        expect(failure.headers.get('x-request-id')).toMatch(/^req_/);
        expect(JSON.stringify([...failure.headers])).not.toContain(secret);
      }
      const list = (filter: object) => gateway.call('requests.list', { filter, limit: 500 });
      await expect
        .poll(() => list({ where: [{ kind: 'text', field: 'outcome', values: ['live'] }] }), {
          timeout: 10_000,
        })
        .toMatchObject({ data: { total: 0 } });
      const rows = await list({});
      expect(rows).toMatchObject({ data: { total: asked } });
      // Tokens that nobody told are counted after the answer.
      const busy = expect.poll(() => gateway.call('gateway.status'), { timeout: 10_000 });
      await busy.toMatchObject({ data: { inFlight: 0 } });
      await gateway.stop();
      await expect.poll(() => upstream.openSockets, { timeout: 10_000 }).toBe(0);
      await expect.poll(openSockets, { timeout: 10_000 }).toBeLessThanOrEqual(before);
      expect(JSON.stringify(rows) + gateway.logged.join('\n')).not.toContain(secret);
    },
  };
}
