/** Clients with a key of their own, and when they asked last. */
import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { RawInputOf } from '../../../contract/rpc/define.ts';
import type { Procedures } from '../../../contract/rpc/procedures.ts';
import type { ClientActivity, ClientView } from '../../../contract/rpc/procedures/clients.ts';
import { useRpc } from '../../shared/rpc/rpc.ts';

export type NewClient = RawInputOf<Procedures['clients.add']>;
export type ClientChanges = RawInputOf<Procedures['clients.update']>;

/** Shortest time between two readings of when they asked last, ms. */
const PAUSE = 1_000;

export const useClients = defineStore('clients', () => {
  const rpc = useRpc();
  /** Null until the first answer. */
  const clients = shallowRef<readonly ClientView[] | null>(null);
  const activity = shallowRef<ReadonlyMap<string, ClientActivity>>(new Map());
  const failure = shallowRef<unknown>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function read(): Promise<void> {
    try {
      clients.value = await rpc.call('clients.list', {});
      failure.value = null;
    } catch (error) {
      failure.value = error;
    }
  }
  async function readActivity(): Promise<void> {
    try {
      const known = await rpc.call('clients.activity', {});
      activity.value = new Map(known.map((one) => [one.id, one]));
    } catch {
      // Figures beside the list: without them it says nothing of when somebody asked.
      activity.value = new Map();
    }
  }
  function soon(): void {
    timer ??= setTimeout(() => {
      timer = undefined;
      void readActivity();
    }, PAUSE);
  }

  return {
    clients,
    activity,
    failure,
    read,
    /** Tools must bring a key because of one of these. */
    demanding: computed(() => (clients.value ?? []).some(({ optional }) => !optional)),
    /** @returns its key, for this once */
    async add(client: NewClient): Promise<string> {
      const made = await rpc.call('clients.add', client);
      clients.value = made.clients;
      return made.key;
    },
    async update(changes: ClientChanges): Promise<void> {
      clients.value = await rpc.call('clients.update', changes);
    },
    /** @returns its new key, for this once */
    async rotate(id: string): Promise<string> {
      const made = await rpc.call('clients.rotate', { id });
      clients.value = made.clients;
      return made.key;
    },
    /** @returns under what name it can be put back; null where it cannot */
    async remove(id: string): Promise<string | null> {
      const { clients: left, undo } = await rpc.call('clients.remove', { id });
      clients.value = left;
      return undo;
    },
    async restore(undo: string): Promise<void> {
      clients.value = await rpc.call('clients.restore', { undo });
    },
    /** @returns how to stop following */
    follow(): () => void {
      const stop = rpc.subscribe(['config.changed', 'requests.changed', 'requests.cleared'], (event) => {
        if (event.topic === 'config.changed' || event.topic === 'reset') void read();
        soon();
      });
      void read();
      void readActivity();
      return () => {
        stop();
        clearTimeout(timer);
        timer = undefined;
      };
    },
  };
});
