/** The client of a tool: made when it is connected with a key of its own, and taken out again when it is not. */
import type { Config } from '../../contract/config/schema.ts';
import type { ToolId } from '../../contract/rpc/procedures/connect.ts';
import type { ClientChange, OrderInput, Plan } from '../connect/connector.ts';
import type { ToolDefinition, ToolTexts } from '../connect/tool.ts';
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
  const offered = new Map<string, string>();
  const keyOf = (id: string): string | undefined => config().clients.find((client) => client.id === id)?.key;

  function offeredKey(tool: ToolId): string {
    const key = offered.get(tool) ?? connect.newKey();
    offered.set(tool, key);
    return key;
  }

  async function takeOut(id: string): Promise<void> {
    await edit([{ op: 'delete', path: ['clients', { id }] }]);
  }

  const adding = (client: string, key: string): ToolClientChange => ({
    does: 'add',
    client,
    before: async () => {
      await edit([{ op: 'add', path: ['clients'], value: { id: client, key, optional: true } }]);
      return () => takeOut(client);
    },
    after: () => {
      if (offered.get(client) === key) offered.delete(client);
      return Promise.resolve();
    },
  });

  return {
    keyFor: (tool, own) => (own ? (keyOf(tool) ?? offeredKey(tool)) : config().server.api_key || ANY_KEY),

    changeFor({ tool, order, wiring }, plan) {
      const made = plan.look.record?.client ?? plan.client ?? null;
      const own = order.does === 'connect' && order.ownKey;
      // A tool that keeps its key where no program may write has no use for one that nobody sees.
      const brings = plan.files.some(({ after }) => after?.includes(wiring.key) === true);
      if (own && brings && keyOf(tool) === undefined) return adding(tool, wiring.key);
      const key = made === null ? undefined : keyOf(made);
      const lost = order.does === 'restore' && made !== null && key === undefined ? keyAgain(plan) : null;
      if (made !== null && lost !== null && !isTaken(lost, config())) return adding(made, lost);
      const over = order.does === 'connect' ? !own : plan.record === undefined;
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

/** The key that was written for a tool, where its files bring it again once a copy is restored. */
function keyAgain({ look, files, record }: Plan): string | null {
  const after = look.files.flatMap(({ file, found }) =>
    files
      .filter((one) => one.found.path === found.path)
      .map((one): readonly [string, string | undefined] => [file.name, one.after]),
  );
  const key = keyIn(look.definition, { ...look.texts, ...Object.fromEntries(after) });
  const wrote = record?.files.flatMap(({ undo }) => undo.wrote.map(({ value }) => value)) ?? [];
  return wrote.includes(key) ? key : null;
}

/** A copy that cannot be understood is restored all the same. */
function keyIn(definition: ToolDefinition, texts: ToolTexts): string | null {
  try {
    return definition.read(texts).key;
  } catch {
    return null;
  }
}

const isTaken = (key: string, { server, clients }: Pick<Config, 'server' | 'clients'>): boolean =>
  server.api_key === key || clients.some((client) => client.key === key);

/** Rules and budgets that name a client would be wrong without it. */
const isNamed = (id: string, { rules, budgets }: Pick<Config, 'rules' | 'budgets'>): boolean =>
  rules.some(({ when }) => when.client === id) || budgets.some(({ scope }) => scope === `client:${id}`);
