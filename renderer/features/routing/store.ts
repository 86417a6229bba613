/** Aliases with the state of their targets, kept current by events, and the changes that are not applied yet. */
import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { AliasView } from '../../../contract/rpc/procedures/aliases.ts';
import type { ModelCatalogue } from '../../../contract/rpc/procedures/models.ts';
import { useRpc } from '../../shared/rpc/rpc.ts';
import {
  faultsOf,
  newDraft,
  NO_DRAFTS,
  rowsOf,
  withDraft,
  withoutDraft,
  type AliasDraft,
  type AliasRow,
} from './drafts.ts';

/** Keys change their state with requests: shortest time between two readings, ms. */
const PAUSE = 500;

export const useRouting = defineStore('routing', () => {
  const rpc = useRpc();
  /** Null until the first answer. */
  const views = shallowRef<readonly AliasView[] | null>(null);
  /** When `views` was true, Unix ms; times left in it count from here. */
  const receivedAt = shallowRef(0);
  const failure = shallowRef<unknown>(null);
  const drafts = shallowRef(NO_DRAFTS);
  /** Models to choose from; null until they were asked for. */
  const catalogue = shallowRef<ModelCatalogue | null>(null);

  const rows = computed(() => (views.value === null ? [] : rowsOf(views.value, drafts.value)));
  const changed = computed(() => rows.value.filter((row) => row.changed));
  const faulty = computed(() =>
    changed.value.some((row) => {
      const { name, targets } = faultsOf(row, rows.value);
      return name !== null || targets !== null;
    }),
  );
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function read(): Promise<void> {
    try {
      views.value = await rpc.call('aliases.list', {});
      receivedAt.value = Date.now();
      failure.value = null;
    } catch (error) {
      failure.value = error;
    }
  }
  function soon(): void {
    timer ??= setTimeout(() => {
      timer = undefined;
      void read();
    }, PAUSE);
  }
  async function readCatalogue(): Promise<void> {
    try {
      catalogue.value = await rpc.call('models.list', {});
    } catch {
      // Names can still be typed; the gateway says afterwards whether somebody offers them.
      catalogue.value ??= null;
    }
  }

  function edit(row: AliasRow, changes: Partial<Pick<AliasDraft, 'id' | 'targets' | 'removed'>>): void {
    drafts.value = withDraft(drafts.value, { ...row.draft, ...changes });
  }
  function discard(key: string): void {
    drafts.value = withoutDraft(drafts.value, key);
  }
  async function applyOne({ draft }: AliasRow): Promise<void> {
    const { was, removed } = draft;
    if (removed) {
      if (was !== null) await rpc.call('aliases.remove', { id: was });
      return;
    }
    const alias = { id: draft.id.trim(), targets: draft.targets.map((model) => ({ model })) };
    const known = was !== null && views.value?.some(({ id }) => id === was) === true;
    await rpc.call('aliases.put', { ...(known ? { was } : {}), alias });
  }

  return {
    views,
    receivedAt,
    failure,
    rows,
    changed,
    faulty,
    catalogue,
    read,
    readCatalogue,
    edit,
    /** Takes back the changes to one alias. */
    discard,
    discardAll(): void {
      drafts.value = NO_DRAFTS;
    },
    /** @returns the key of a new, empty alias */
    add(): string {
      const draft = newDraft(drafts.value);
      drafts.value = withDraft(drafts.value, draft);
      return draft.key;
    },
    /**
     * Applies every change; names that become free go first. What was applied is no change any more.
     * @throws at the first that is refused; the ones after it stay changes
     */
    async apply(): Promise<void> {
      const order = [...changed.value].sort((a, b) => Number(b.draft.removed) - Number(a.draft.removed));
      try {
        for (const row of order) {
          await applyOne(row);
          discard(row.key);
        }
      } finally {
        await read();
      }
    },
    /** @returns how to stop following; changes that are not applied stay */
    follow(): () => void {
      const stop = rpc.subscribe(['config.changed', 'providers.changed', 'models.changed'], (event) => {
        if (event.topic === 'models.changed' && catalogue.value !== null) void readCatalogue();
        soon();
      });
      void read();
      return () => {
        stop();
        clearTimeout(timer);
        timer = undefined;
      };
    },
  };
});
