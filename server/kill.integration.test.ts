/** Killed twenty times under load: nothing that was shown is lost, and nothing says it is still running. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { RequestPage } from '../contract/log/row.ts';
import { runHost, type RunningHost } from './testing/run-host.ts';

let folder: string;
/** Ended even when an expectation fails. */
let running: RunningHost | undefined;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'switchyard-kill-'));
});
afterEach(() => running?.stop('SIGKILL'));
afterAll(() => rm(folder, { recursive: true, force: true }));

const isPage = (value: unknown): value is { ok: true; data: RequestPage } =>
  typeof value === 'object' && value !== null && 'data' in value;

/** Reads the newest rows over the control plane, as a user interface does. */
async function readRows(host: RunningHost): Promise<RequestPage> {
  const token = new URL(host.logInAddress).hash.slice('#token='.length);
  const headers = { 'content-type': 'application/json' };
  const logIn = await fetch(`${host.address}/admin/login`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ token }),
  });
  const cookie = logIn.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  const session = await fetch(`${host.address}/admin/session`, { headers: { cookie } });
  const said: unknown = await session.json();
  const csrf = /"csrf":"([^"]+)"/.exec(JSON.stringify(said))?.[1] ?? '';
  const answer = await fetch(`${host.address}/admin/rpc/requests.list`, {
    method: 'POST',
    headers: { ...headers, cookie, 'x-switchyard-csrf': csrf },
    body: JSON.stringify({ limit: 500 }),
  });
  const page: unknown = await answer.json();
  if (!isPage(page)) throw new Error(`no page: ${JSON.stringify(page)}`);
  return page.data;
}

const ask = (host: RunningHost, content: string): Promise<unknown> =>
  fetch(`${host.address}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'demo/chat', stream: true, messages: [{ role: 'user', content }] }),
  }).then((answer) => answer.text());

it(
  'keeps acknowledged rows over twenty kills, and calls the unfinished interrupted',
  { timeout: 120_000 },
  async () => {
    let shown: readonly string[] = [];
    for (let kill = 0; kill < 20; kill += 1) {
      const host = await runHost({ args: ['--demo'], folder });
      running = host;
      const rows = await readRows(host);
      const known = new Map(rows.rows.map(({ id, outcome }) => [id, outcome]));
      for (const id of shown) expect(known.has(id), `row ${id} after kill ${kill}`).toBe(true);
      expect([...known.values()]).not.toContain('live');
      if (kill > 0) expect([...known.values()]).toContain('interrupted');

      const load = Array.from({ length: 8 }, (_, index) =>
        ask(host, index < 4 ? '/slow' : 'quick').catch(() => undefined),
      );
      await Promise.all(load.slice(4));
      // What the page has shown is what must not be lost; the slow half is still under way.
      const before = await readRows(host);
      shown = before.rows.slice(0, 400).map(({ id }) => id);
      expect(before.rows.filter(({ outcome }) => outcome === 'live')).toHaveLength(4);
      await host.stop('SIGKILL');
      await Promise.all(load);
    }
  },
);
