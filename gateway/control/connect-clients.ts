/** The client of a tool: made when it is connected with a key of its own, and taken out again when it is not. */
import type { Config } from '../../contract/config/schema.ts';
import type { ToolId } from '../../contract/rpc/procedures/connect.ts';
import type { ClientChange, OrderInput, Plan } from '../connect/connector.ts';
import type { ControlPorts } from './ports.ts';

type ClientPorts = Pick<ControlPorts, 'config' | 'edit' | 'connect'>;

/** For tools that insist on a key where the gateway asks for none. */
const ANY_KEY = 'local';

export interface ToolClients {
  keyFor(tool: ToolId, own: boolean): string;
  changeFor(input: OrderInput, plan: Plan): ToolClientChange;
}

export interface ToolClientChange extends ClientChange {
  readonly does: 'add' | 'remove' | 'keep-named' | 'keep-changed' | 'nothing';
}

export function createToolClients({ config, edit, connect }: ClientPorts): ToolClients {
  /** Keys that were shown in a plan and are not in the configuration yet. */
  const offered = new Map<ToolId, string>();
  const keyOf = (id: string): string | undefined => config().clients.find((client) => client.id === id)?.key;

  function offeredKey(tool: ToolId): string {
    const key = offered.get(tool) ?? connect.newKey();
    offered.set(tool, key);
    return key;
  }

  async function add(tool: ToolId, key: string): Promise<void> {
    await edit([{ op: 'add', path: ['clients'], value: { id: tool, key, optional: true } }]);
  }
  async function takeOut(id: string): Promise<void> {
    await edit([{ op: 'delete', path: ['clients', { id }] }]);
  }

  return {
    keyFor: (tool, own) => (own ? (keyOf(tool) ?? offeredKey(tool)) : config().server.api_key || ANY_KEY),

    changeFor({ tool, order, wiring }, plan) {
      const made = plan.look.record?.client ?? null;
      const own = order.does === 'connect' && order.ownKey;
      // A tool that keeps its key where no program may write has no use for one that nobody sees.
      const brings = plan.files.some(({ after }) => after?.includes(wiring.key) === true);
      if (own && brings && keyOf(tool) === undefined) {
        return {
          does: 'add',
          client: tool,
          before: async () => {
            await add(tool, wiring.key);
            return () => takeOut(tool);
          },
          after: () => {
            offered.delete(tool);
            return Promise.resolve();
          },
        };
      }
      const over = order.does === 'connect' ? !own : plan.record === undefined;
      const key = made === null ? undefined : keyOf(made);
      if (made === null || !over || key === undefined) return { ...NOTHING, client: made };
      if (!isOfTool(key, plan)) return { ...NOTHING, does: 'keep-changed', client: null };
      if (isNamed(made, config())) return { ...NOTHING, does: 'keep-named', client: null };
      return { ...NOTHING, does: 'remove', client: null, after: () => takeOut(made) };
    },
  };
}

const NOTHING: ToolClientChange = {
  does: 'nothing',
  client: null,
  before: () => Promise.resolve(() => Promise.resolve()),
  after: () => Promise.resolve(),
};

/** Whether a key is what was written for a tool, or what its files bring: a client that has another is somebody's own. */
const isOfTool = (key: string, { look: { record, reading } }: Plan): boolean =>
  reading?.key === key ||
  record?.files.some(({ undo }) => undo.wrote.some(({ value }) => value === key)) === true;

/** Rules and budgets that name a client would be wrong without it. */
const isNamed = (id: string, { rules, budgets }: Pick<Config, 'rules' | 'budgets'>): boolean =>
  rules.some(({ when }) => when.client === id) || budgets.some(({ scope }) => scope === `client:${id}`);
