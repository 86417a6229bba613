/** When each client asked last, and how often today: asked of the log, all at once. */
import type { ClientActivity } from '../../contract/rpc/procedures/clients.ts';
import type { ControlPorts } from './ports.ts';

/** Names that figures tell at most. */
const MOST = 250;

export async function clientActivity(
  ids: readonly string[],
  { clock, log }: Pick<ControlPorts, 'clock' | 'log'>,
): Promise<readonly ClientActivity[]> {
  if (ids.length === 0) return [];
  const now = clock.wall();
  const from = new Date(now).setHours(0, 0, 0, 0);
  const [{ groups }, ...pages] = await Promise.all([
    log.figures({ from, by: 'client', most: MOST, compare: false }, now),
    ...ids.map((id) =>
      log.list({ limit: 1, filter: { where: [{ kind: 'text', field: 'client', values: [id] }] } }),
    ),
  ]);
  return ids
    .map((id, index) => ({
      id,
      lastRequestAt: pages[index]?.rows[0]?.startedAt ?? null,
      requestsToday: groups.find(({ name }) => name === id)?.requests ?? 0,
    }))
    .filter(({ lastRequestAt, requestsToday }) => lastRequestAt !== null || requestsToday > 0);
}
