/** The offer to take over keys from the environment: shown by fingerprint, stored only when the user says so. */
import type { Told } from '../../../contract/rpc/connect-sayings.ts';
import type { Config } from '../../../contract/config/schema.ts';
import { RpcError } from '../../../contract/rpc/errors.ts';
import type { Handlers } from '../../../contract/rpc/procedures.ts';
import type { DesktopHandlers } from '../../../contract/rpc/procedures/desktop.ts';
import { causeOf, fingerprint, say, type SecretStore } from '../../../gateway/index.ts';
import { findKeys, type FoundVariable } from './find-keys.ts';

export interface ImportPorts {
  /** Of the app itself. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The configuration in force. */
  readonly config: () => Pick<Config, 'providers' | 'server' | 'clients'>;
  readonly secrets: Pick<SecretStore, 'get'>;
  readonly control: Pick<Handlers, 'providers.add' | 'providers.remove' | 'keys.add'>;
  /** Variables the user does not want to be asked about again. */
  readonly dismissed: {
    get(): readonly string[];
    set(variables: readonly string[]): void;
  };
}

type Names = 'imports.found' | 'imports.take' | 'imports.dismiss';

export function importHandlers(ports: ImportPorts): Pick<DesktopHandlers, Names> {
  const { environment, config, control, dismissed } = ports;

  /** Taken from the configuration and, for the providers in question, from the store where that can be read. */
  async function find(): Promise<readonly FoundVariable[]> {
    const { providers, server, clients } = config();
    const known = new Set([server.api_key, ...clients.map(({ key }) => key)]);
    for (const { keys } of providers) for (const { value } of keys) if (value !== undefined) known.add(value);
    const found = findKeys(environment, known);
    const asked = new Set(found.map(({ provider }) => provider));
    const stored = providers
      .filter(({ id }) => asked.has(id))
      .flatMap(({ id, keys }) =>
        keys.filter(({ value }) => value === undefined).map((key) => `${id}/${key.id}`),
      );
    if (stored.length === 0) return found;
    // A key that cannot be read now is offered; taking it will find its twin, or fail with the store's own reason.
    for (const read of await Promise.allSettled(stored.map((name) => ports.secrets.get(name)))) {
      if (read.status === 'fulfilled') known.add(read.value);
    }
    return findKeys(environment, known);
  }

  /** @returns how many keys were stored, and why the others were not */
  async function take({ name, provider, keys }: FoundVariable): Promise<Taken> {
    const reasons = new Map<string, Told>();
    const refused = (error: unknown): void => {
      const told = reasonOf(error);
      reasons.set(told.text, told);
    };
    let taken = 0;
    const isNew = !config().providers.some(({ id }) => id === provider);
    try {
      if (isNew) await control['providers.add']({ id: provider });
      for (const { value, weight } of keys) {
        try {
          await control['keys.add']({
            provider,
            value,
            label: name,
            weight,
            rpm: 0,
            tpm: 0,
            maxConcurrency: 0,
          });
          taken += 1;
        } catch (error) {
          refused(error);
        }
      }
      // A provider that came for its keys goes without them.
      if (isNew && taken === 0) await control['providers.remove']({ id: provider });
    } catch (error) {
      refused(error);
    }
    return { taken, skipped: [...reasons.values()].map((told) => ({ variable: name, told })) };
  }

  return {
    async 'imports.found'() {
      const unwanted = new Set(dismissed.get());
      const found = (await find()).filter(({ name }) => !unwanted.has(name));
      return found.map(({ name, provider, providerName, keys }) => ({
        variable: name,
        provider,
        providerName,
        fingerprint: fingerprint(keys[0]?.value ?? ''),
        count: keys.length,
      }));
    },
    async 'imports.take'({ variables }) {
      const found = new Map((await find()).map((variable) => [variable.name, variable]));
      const results: Taken[] = [];
      for (const name of new Set(variables)) {
        const variable = found.get(name);
        results.push(variable === undefined ? nothingIn(name) : await take(variable));
      }
      return {
        taken: results.reduce((sum, { taken }) => sum + taken, 0),
        skipped: results.flatMap(({ skipped }) => skipped),
      };
    },
    'imports.dismiss'({ variables }) {
      dismissed.set([...new Set([...dismissed.get(), ...variables])]);
      return Promise.resolve(null);
    },
  };
}

interface Taken {
  readonly taken: number;
  readonly skipped: readonly { readonly variable: string; readonly told: Told }[];
}

const nothingIn = (variable: string): Taken => ({
  taken: 0,
  skipped: [{ variable, told: say('no-new-key', { name: variable.slice(0, 100) }) }],
});

/** @throws what is no answer of the control plane */
function reasonOf(error: unknown): Told {
  if (error instanceof RpcError) return causeOf(error);
  throw error;
}
