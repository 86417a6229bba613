/** Procedures that connect the tools of this machine to the gateway. */
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import { refusal } from '../../contract/rpc/errors.ts';
import type { Handlers } from '../../contract/rpc/procedures.ts';
import type { ConnectOrder, ToolId, ToolView } from '../../contract/rpc/procedures/connect.ts';
import type { Connector, LookedTool, OrderInput, Plan } from '../connect/connector.ts';
import { maskText } from '../connect/mask.ts';
import { told } from '../connect/sayings.ts';
import { isOurs } from '../connect/state.ts';
import { toolActivity, type Activity } from './connect-activity.ts';
import { createToolClients } from './connect-clients.ts';
import { answerText, errorText, testRequest } from './connect-trial.ts';
import { planNotes } from './connect-notes.ts';
import { clientOfTool, emptyView, toolView } from './connect-views.ts';
import type { ControlPorts } from './ports.ts';

/** Of the answer of a test, characters. */
const LONGEST_TEXT = 500;

type Names = 'connect.list' | 'connect.plan' | 'connect.apply' | 'connect.test';
export type ConnectHandlerPorts = Pick<
  ControlPorts,
  'clock' | 'log' | 'config' | 'edit' | 'routing' | 'playground' | 'connect'
>;

export function connectHandlers(ports: ConnectHandlerPorts): Pick<Handlers, Names> {
  const { connect, config } = ports;
  const clients = createToolClients(ports);

  function connector(): Connector {
    if (connect.connector !== null && connect.local()) return connect.connector;
    throw refusal('forbidden', told('not-local'));
  }

  async function inputOf(tool: ToolId, order: ConnectOrder): Promise<OrderInput> {
    const address = connect.address();
    if (address === '' && order.does === 'connect') throw refusal('unavailable', told('no-address'));
    const key = clients.keyFor(tool, order.does === 'connect' && order.ownKey);
    const models = order.does === 'connect' ? order.models : {};
    if (order.does === 'connect') checkModels(await connector().look(tool), models);
    return { tool, order, wiring: { address, key, models } };
  }

  async function views(looks: readonly LookedTool[]): Promise<readonly ToolView[]> {
    const active = await activityOf(looks);
    return looks.map((look) => toolView(look, active(look.definition.id), ports));
  }

  const activityOf = (looks: readonly LookedTool[]): Promise<(id: ToolId) => Activity> =>
    toolActivity(
      looks.map((look) => ({
        id: look.definition.id,
        apps: look.definition.apps,
        client: clientOfTool(look, config()),
        since: look.record?.writtenAt ?? null,
      })),
      ports,
    );

  const shownText = (text: string | undefined, plan: Plan, key: string): string | null => {
    if (text === undefined) return null;
    const { server, clients: all } = config();
    const known = [key, plan.look.reading?.key ?? '', server.api_key, ...all.map((client) => client.key)];
    return ports.playground.values(maskText(text, known));
  };

  /** A request that got an answer of ours has a row, which says why as data. */
  async function whyFailed(request: string | null): Promise<Told | undefined> {
    if (request === null) return undefined;
    await ports.log.flush();
    return (await ports.log.get(request))?.errorTold ?? undefined;
  }

  return {
    async 'connect.list'() {
      const address = connect.address();
      const local = connect.connector !== null && connect.local();
      if (!local) return { tools: connect.definitions.map(emptyView), local, address };
      return { tools: await views(await connector().list()), local, address };
    },

    async 'connect.plan'({ tool, order }) {
      const input = await inputOf(tool, order);
      const plan = await connector().plan(input);
      return {
        tool,
        changes: plan.files.map(({ found, after }) => ({
          path: connect.shown(found.path),
          target: found.target === null ? null : connect.shown(found.target),
          before: shownText(found.text, plan, input.wiring.key),
          after: shownText(after, plan, input.wiring.key),
        })),
        version: plan.version,
        notes: planNotes(input, plan, clients.changeFor(input, plan), ports),
      };
    },

    async 'connect.apply'({ tool, order, version }) {
      const input = await inputOf(tool, order);
      await connector().apply(input, version, (plan) => clients.changeFor(input, plan));
      const [view] = await views([await connector().look(tool)]);
      if (view === undefined) throw refusal('not_found', told('no-tool', { id: tool }));
      return view;
    },

    async 'connect.test'({ tool, model }) {
      const { definition, reading } = await connector().look(tool);
      // Zed keeps its key where nobody else reads it; one for another address is not sent here.
      const ours = reading !== null && isOurs(reading.address ?? '', connect.address());
      const key = (ours ? reading.key : null) ?? clients.keyFor(tool, false);
      const from = ports.clock.monotonic();
      const answer = await connect.send(testRequest(definition.dialect, model, key));
      const { status, body, request } = answer;
      const time = Math.round(ports.clock.monotonic() - from);
      const ok = status >= 200 && status < 300;
      const text = ok ? answerText(body) : (errorText(body) ?? String(status));
      const why = ok ? undefined : (answer.told ?? (await whyFailed(request)));
      return { ok, status, text: text.slice(0, LONGEST_TEXT), told: why, time, request };
    },
  };
}

/** @throws RpcError `invalid_input` for a slot the tool has not, and where one it cannot do without would be empty */
function checkModels({ definition, reading }: LookedTool, models: Readonly<Record<string, string>>): void {
  const unknown = Object.keys(models).find((slot) => !definition.slots.some(({ id }) => id === slot));
  if (unknown !== undefined) {
    const slots = definition.slots.map(({ id }) => id).join(', ') || 'none';
    throw refusal(
      'invalid_input',
      told('no-slot', { name: definition.name, slot: unknown, slots }),
      `order.models.${unknown}`,
    );
  }
  const missing = definition.slots.find(
    ({ id, required }) => required && (models[id] ?? reading?.models[id] ?? '') === '',
  );
  if (missing === undefined) return;
  throw refusal(
    'invalid_input',
    told('model-needed', { name: definition.name, slot: missing.id }),
    `order.models.${missing.id}`,
  );
}
