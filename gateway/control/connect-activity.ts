/** When the tools asked last, and how often today: a few questions to the log for all of them together. */
import type { Condition } from '../../contract/log/filter.ts';
import type { RequestSummary } from '../../contract/log/row.ts';
import type { ToolId, ToolView } from '../../contract/rpc/procedures/connect.ts';
import { TEST_APP } from './connect-trial.ts';
import type { ControlPorts } from './ports.ts';

type ActivityPorts = Pick<ControlPorts, 'clock' | 'log'>;
export type Activity = Pick<ToolView, 'lastRequestAt' | 'requestsToday'>;

export interface ActiveTool {
  readonly id: ToolId;
  /** Beginnings of its program names. */
  readonly apps: readonly string[];
  /** Client whose key it brings. */
  readonly client: string | null;
  /** Unix ms from which its requests count as its last; null: from any time. */
  readonly since: number | null;
}

/** Newest rows that are looked through; whoever is not among them is asked for alone. */
const NEWEST = 100;
/** Of one tool: its last may be followed by tests. */
const FEW = 20;
/** Names of one dimension that figures tell at most. */
const MOST = 50;

/** @returns what is known of a tool */
export async function toolActivity(
  tools: readonly ActiveTool[],
  { clock, log }: ActivityPorts,
): Promise<(id: ToolId) => Activity> {
  const conditions = conditionsOf(tools);
  const [lists, counts] = await Promise.all([
    Promise.all(conditions.map((where) => log.list({ limit: NEWEST, filter: { where: [where] } }))),
    countsOfToday(tools, { clock, log }),
  ]);
  const rows = lists.flatMap((page) => page.rows);
  const cut = lists.some((page) => page.rows.length === NEWEST);
  const last = async (tool: ActiveTool): Promise<number | null> => {
    const since = tool.since ?? 0;
    const times = [...rows, ...(cut && !rows.some(isOf(tool)) ? await rowsOf(tool, log) : [])]
      .filter(isOf(tool))
      .map(({ startedAt }) => startedAt)
      .filter((at) => at >= since);
    return times.length === 0 ? null : Math.max(...times);
  };
  const found = new Map(
    await Promise.all(
      tools.map(async (tool): Promise<[ToolId, Activity]> => [
        tool.id,
        { lastRequestAt: await last(tool), requestsToday: counts(tool) },
      ]),
    ),
  );
  return (id) => found.get(id) ?? { lastRequestAt: null, requestsToday: 0 };
}

/** One condition for all clients, one for all programs. */
function conditionsOf(tools: readonly Pick<ActiveTool, 'client' | 'apps'>[]): readonly Condition[] {
  const clients = tools.flatMap(({ client }) => (client === null ? [] : [client]));
  const apps = tools.flatMap((tool) => tool.apps.map((name) => `${name}*`));
  const text = (field: 'client' | 'app', values: string[]): readonly Condition[] =>
    values.length === 0 ? [] : [{ kind: 'text', field, values }];
  return [...text('client', clients), ...text('app', apps)];
}

const rowsOf = async (tool: ActiveTool, log: ActivityPorts['log']): Promise<readonly RequestSummary[]> =>
  (
    await Promise.all(
      conditionsOf([tool]).map((where) => log.list({ limit: FEW, filter: { where: [where] } })),
    )
  ).flatMap((page) => page.rows);

const isOf =
  ({ client, apps }: ActiveTool) =>
  (row: RequestSummary): boolean =>
    // A test from the page is not the tool itself.
    row.app !== TEST_APP && ((client !== null && row.client === client) || isApp(apps, row.app ?? ''));

const isApp = (apps: readonly string[], app: string): boolean =>
  apps.some((name) => app.toLowerCase().startsWith(name.toLowerCase()));

/** What came by the client's key and what came by the program's name are mostly the same requests: the larger counts. */
async function countsOfToday(
  tools: readonly ActiveTool[],
  { clock, log }: ActivityPorts,
): Promise<(tool: ActiveTool) => number> {
  const now = clock.wall();
  const from = new Date(now).setHours(0, 0, 0, 0);
  const by = (dimension: 'client' | 'app') =>
    log.figures({ from, by: dimension, most: MOST, compare: false }, now).then(({ groups }) => groups);
  const [clients, apps] = await Promise.all([
    tools.some(({ client }) => client !== null) ? by('client') : [],
    by('app'),
  ]);
  return (tool) =>
    Math.max(
      clients.find(({ name }) => name !== null && name === tool.client)?.requests ?? 0,
      apps
        .filter(({ name }) => name !== null && isApp(tool.apps, name))
        .reduce((sum, { requests }) => sum + requests, 0),
    );
}
