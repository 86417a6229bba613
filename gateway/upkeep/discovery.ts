/** Keeps the providers' model lists: read at start, again now and then, and at once when a name is missed. */
import { createHash } from 'node:crypto';
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import type { ListedModel } from '../core/dialect.ts';
import type { Logger } from '../core/ports.ts';
import type { RuntimeProvider } from '../core/runtime-provider.ts';
import type { AskPorts } from './ask.ts';
import { safeTold } from './safe-words.ts';
import { readList, type ReadList } from './read-list.ts';

/** A list is read again after this long, ms. */
const REFRESH = 600_000;
/** A missed name asks again for lists older than this, ms. */
const STALE = 30_000;

/** How one provider's list stands. */
export interface ListState {
  /** The provider has no list: the names are those that the bundled catalogue knows of it. */
  readonly bundled: boolean;
  /** Of the last good answer, undefined before the first. */
  readonly models: readonly ListedModel[] | undefined;
  /** Of the last good answer, Unix ms; null for bundled names. */
  readonly readAt: number | null;
  /** Ids of the keys there were to ask with. */
  readonly keys: string;
  /** Why the last reading failed, in a sentence without secrets; null when it did not. */
  readonly problem: Told | null;
}

export interface Discovery {
  /** Lists known so far, by provider id. */
  lists(): ReadonlyMap<string, readonly ListedModel[]>;
  /** Every provider that was asked, by id. */
  states(): ReadonlyMap<string, ListState>;
  /** Asks every provider whose list is missing or older than `age` ms; resolves when all have answered or failed. */
  refresh(age: number): Promise<void>;
  /**
   * Asks providers now, all or one, however young their lists are.
   * @param told after each answer how many are done
   */
  refreshNow(provider: string | undefined, told: (done: number, of: number) => void): Promise<void>;
  /** For names nobody lists: asks again where the list is stale. */
  refreshStale(): Promise<void>;
  stop(): void;
}

export interface DiscoveryPorts extends AskPorts {
  readonly logger: Logger;
  /** Providers in use now that are to be asked. */
  readonly providers: () => Iterable<RuntimeProvider>;
  /** A list has changed. */
  readonly changed: () => void;
  /** A provider was asked, whatever came of it. */
  readonly asked: () => void;
  readonly redact: (text: string) => string;
  /** Names that the bundled catalogue knows of a provider by its address; empty for one it does not know. */
  readonly wellKnown: (address: string) => Promise<readonly ListedModel[]>;
}

interface Known extends ListState {
  /** Monotonic ms of the last try. */
  readonly at: number;
  /** What the list was read from; another address makes it worthless. */
  readonly url: string | null;
  /** Tells an unchanged list from a new one. */
  readonly digest: string;
}

export function createDiscovery(ports: DiscoveryPorts): Discovery {
  const known = new Map<string, Known>();
  const running = new Map<string, Promise<void>>();
  let stopTimer: () => void = () => undefined;
  let stopped = false;

  async function read(provider: RuntimeProvider): Promise<void> {
    const { modelsUrl } = provider;
    const result =
      modelsUrl === null ? await wellKnown(provider) : await readList(provider, modelsUrl, ports);
    const last = known.get(provider.id);
    const next = after(last?.url === provider.modelsUrl ? last : undefined, provider, result);
    known.set(provider.id, next);
    if (next.problem !== null) {
      ports.logger.debug('a model list could not be read', {
        provider: provider.id,
        reason: next.problem.text,
      });
    }
    // A first reading that came to nothing is news too: names no longer wait for it.
    if (last === undefined || next.digest !== last.digest || (next.keys === '') !== (last.keys === '')) {
      ports.changed();
    }
    ports.asked();
  }

  /** At an address of the user's own they have names of their own: deployments, say. */
  async function wellKnown({ definition }: RuntimeProvider): Promise<ReadList> {
    const [{ baseUrl }] = definition.endpoints;
    return { ok: true, models: baseUrl === '' ? [] : await ports.wellKnown(baseUrl) };
  }

  function after(last: Known | undefined, provider: RuntimeProvider, result: ReadList): Known {
    const bundled = provider.modelsUrl === null;
    const now = { at: ports.clock.monotonic(), url: provider.modelsUrl, keys: keyIds(provider), bundled };
    if (!result.ok) {
      const problem = safeTold(result.problem, ports.redact);
      const { models, readAt = null, digest = '' } = last ?? { models: undefined };
      return { models, readAt, digest, problem, ...now };
    }
    // A name that holds a secret of ours would stand in lists, requests and logs; no honest provider has one.
    const models = result.models.filter((model) => isClean(JSON.stringify(model)));
    const digest = createHash('sha256').update(JSON.stringify(models)).digest('hex');
    return { models, readAt: bundled ? null : ports.clock.wall(), problem: null, digest, ...now };
  }

  const isClean = (text: string): boolean => ports.redact(text) === text;

  function readOnce(provider: RuntimeProvider): Promise<void> {
    const under = running.get(provider.id);
    if (under !== undefined) return under;
    const reading = read(provider).finally(() => running.delete(provider.id));
    running.set(provider.id, reading);
    return reading;
  }

  async function refresh(age: number): Promise<void> {
    const now = ports.clock.monotonic();
    const due = [...ports.providers()].filter((provider) => {
      const last = known.get(provider.id);
      if (last?.url !== provider.modelsUrl) return true;
      // The first key may see more, and another key may be let in where the last one was not.
      const mayHelp = last.keys === '' || last.problem !== null;
      return (mayHelp && provider.keys.size > 0 && last.keys !== keyIds(provider)) || now - last.at >= age;
    });
    await Promise.all(due.map(readOnce));
  }

  function schedule(): void {
    stopTimer = ports.clock.after(REFRESH, () => {
      void refresh(0).finally(() => {
        if (!stopped) schedule();
      });
    });
  }
  schedule();

  return {
    lists() {
      const lists = new Map<string, readonly ListedModel[]>();
      for (const [id, { models }] of known) if (models !== undefined) lists.set(id, models);
      return lists;
    },
    states: () => known,
    refresh,
    async refreshNow(provider, told) {
      const asked = [...ports.providers()].filter(({ id }) => provider === undefined || id === provider);
      let done = 0;
      told(done, asked.length);
      await Promise.all(
        asked.map(async (one) => {
          await readOnce(one);
          done += 1;
          told(done, asked.length);
        }),
      );
    },
    refreshStale: () => refresh(STALE),
    stop() {
      stopped = true;
      stopTimer();
    },
  };
}

const keyIds = ({ keys }: RuntimeProvider): string => [...keys.keys()].join(' ');
