/** Procedures on clients with a key of their own. A key leaves with the answer that made it, and in no other way. */
import type { ClientConfig, Config } from '../../contract/config/schema.ts';
import type { InputOf } from '../../contract/rpc/define.ts';
import type { Handlers, Procedures } from '../../contract/rpc/procedures.ts';
import type { ClientView } from '../../contract/rpc/procedures/clients.ts';
import type { ConfigEdit } from '../config/store.ts';
import { fingerprint } from '../state/key-ring.ts';
import { clientActivity } from './client-activity.ts';
import type { ControlPorts } from './ports.ts';
import type { Removals } from './removals.ts';
import { restoring } from './restore-entries.ts';
import { refused } from '../core/refusals.ts';

type ClientPorts = Pick<ControlPorts, 'config' | 'edit' | 'connect' | 'clock' | 'log'>;
type Names = Extract<keyof Handlers, `clients.${string}`>;
type Changes = InputOf<Procedures['clients.update']>;

/** Who brings the key of `server.api_key` is called so in the log and in budgets. */
const EVERYBODY = 'default';

export function clientHandlers(ports: ClientPorts, removals: Removals): Pick<Handlers, Names> {
  const views = (): readonly ClientView[] => clientViews(ports);

  return {
    'clients.list': () => Promise.resolve(views()),
    'clients.activity': () =>
      clientActivity(
        ports.config().clients.map(({ id }) => id),
        ports,
      ),

    async 'clients.add'({ id, optional, rpm = 0, maxConcurrency = 0, models = [], log = null, budget }) {
      if (id === EVERYBODY || ports.config().clients.some((client) => client.id === id)) {
        throw refused('client-exists', { id }, 'id');
      }
      const key = ports.connect.newKey();
      const value = {
        id,
        key,
        ...(optional ? { optional } : {}),
        ...(log === null ? {} : { log }),
        ...(rpm === 0 ? {} : { rpm }),
        ...(maxConcurrency === 0 ? {} : { max_concurrency: maxConcurrency }),
        ...(models.length === 0 ? {} : { models }),
        ...(budget === undefined ? {} : { budget }),
      };
      await ports.edit([{ op: 'add', path: ['clients'], value }]);
      return { clients: views(), key };
    },

    async 'clients.update'(changes) {
      await ports.edit(({ config }) => editsOf(find(changes.id, config), changes));
      return views();
    },

    async 'clients.rotate'({ id }) {
      const key = ports.connect.newKey();
      await ports.edit(({ config }) => {
        find(id, config);
        return [{ op: 'set', path: ['clients', { id }, 'key'], value: key }];
      });
      return { clients: views(), key };
    },

    async 'clients.remove'({ id }) {
      const [client, ...budgets] = await ports.edit(({ config }) => {
        find(id, config);
        // From the last on, so that each leaves those before it where they are.
        const own = config.budgets
          .flatMap(({ scope }, at) => (scope === `client:${id}` ? [at] : []))
          .toReversed();
        return [
          { op: 'delete', path: ['clients', { id }] },
          ...own.map((at) => ({ op: 'delete', path: ['budgets', { at }] }) as const),
        ];
      });
      const back = [restoring(['clients'], [client]), restoring(['budgets'], budgets)];
      const edits = back.flatMap((some) => some ?? []);
      const undo = back.includes(null)
        ? null
        : removals.keep(async () => {
            await ports.edit(edits);
          });
      return { clients: views(), undo };
    },

    async 'clients.restore'({ undo }) {
      await removals.restore(undo);
      return views();
    },
  };
}

/** @throws RpcError `not_found` */
function find(id: string, { clients }: Pick<Config, 'clients'>): ClientConfig {
  const found = clients.find((client) => client.id === id);
  if (found === undefined) throw refused('no-client', { id }, 'id');
  return found;
}

/** What is as if nothing were written leaves the file. */
function editsOf(before: ClientConfig, { id, optional, rpm, maxConcurrency, models, log }: Changes) {
  const asked: readonly (readonly [field: keyof ClientConfig, now: unknown, empty: boolean])[] = [
    ['optional', optional, optional === false],
    ['rpm', rpm, rpm === 0],
    ['max_concurrency', maxConcurrency, maxConcurrency === 0],
    ['models', models, models?.length === 0],
    ['log', log, log === null],
  ];
  return asked.flatMap(([field, now, empty]): readonly ConfigEdit[] => {
    const was = before[field];
    const path = ['clients', { id }, field];
    if (now === undefined || JSON.stringify(was) === JSON.stringify(now)) return [];
    if (!empty) return [{ op: 'set', path, value: now }];
    return was === undefined ? [] : [{ op: 'delete', path }];
  });
}

/** Connecting calls the client as the tool. */
function toolOf(id: string, { definitions }: ClientPorts['connect']): ClientView['tool'] {
  const found = definitions.find((tool) => tool.id === id);
  return found === undefined ? null : { id: found.id, name: found.name };
}

const clientViews = ({ config, connect }: ClientPorts): readonly ClientView[] =>
  config().clients.map(({ id, key, optional, rpm, max_concurrency: maxConcurrency, models, log }) => ({
    id,
    fingerprint: fingerprint(key),
    optional: optional === true,
    rpm: rpm ?? 0,
    maxConcurrency: maxConcurrency ?? 0,
    models: models ?? [],
    log: log ?? null,
    tool: toolOf(id, connect),
  }));
