/** Rules with their hits, aliases with the state of their targets, and the changes that are not applied yet. */
import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { AliasView } from '../../../contract/rpc/procedures/aliases.ts';
import type { ModelCatalogue } from '../../../contract/rpc/procedures/models.ts';
import type { RuleView } from '../../../contract/rpc/procedures/routing.ts';
import { useRpc } from '../../shared/rpc/rpc.ts';
import {
  faultsOf,
  moved,
  newDraft,
  NO_DRAFTS,
  rowsOf,
  withDraft,
  withoutDraft,
  type AliasDraft,
  type AliasRow,
} from './drafts.ts';
import { newQuestion, type ExplainDraft } from './explain-request.ts';
import { arrangedRule, isFaulty, newRule, rowOfRule, rulesChanged, type RuleDraft } from './rule-drafts.ts';
import { targetOf } from './targets.ts';

/** Keys change their state with requests: shortest time between two readings, ms. */
const PAUSE = 500;

/** Requests move the hits of rules, and where a target stands. */
const TOPICS = ['config.changed', 'providers.changed', 'models.changed', 'requests.changed'] as const;

export const useRouting = defineStore('routing', () => {
  const rpc = useRpc();
  /** Null until the first answer. */
  const views = shallowRef<readonly AliasView[] | null>(null);
  /** When `views` was true, Unix ms; times left in it count from here. */
  const receivedAt = shallowRef(0);
  /** Null until the first answer. */
  const ruleViews = shallowRef<readonly RuleView[] | null>(null);
  /** The rules as they are going to be; null while nothing was changed. */
  const ruleDrafts = shallowRef<readonly RuleDraft[] | null>(null);
  /** What the dry run is asked; kept while other pages are open. */
  const question = ref<ExplainDraft>(newQuestion());
  const failure = shallowRef<unknown>(null);
  const drafts = shallowRef(NO_DRAFTS);
  /** Models to choose from; null until they were asked for. */
  const catalogue = shallowRef<ModelCatalogue | null>(null);

  const rows = computed(() => (views.value === null ? [] : rowsOf(views.value, drafts.value)));
  const changed = computed(() => rows.value.filter((row) => row.changed));
  const rules = computed(() => ruleDrafts.value ?? (ruleViews.value ?? []).map(rowOfRule));
  const rulesDiffer = computed(
    () => ruleDrafts.value !== null && rulesChanged(ruleDrafts.value, ruleViews.value ?? []),
  );
  /** Changes that are not applied: each alias is one, the list of rules is one. */
  const changes = computed(() => changed.value.length + Number(rulesDiffer.value));
  const faulty = computed(() => aliasesFaulty.value || (rulesDiffer.value && rules.value.some(isFaulty)));
  const aliasesFaulty = computed(() =>
    changed.value.some((row) => {
      const { name, targets } = faultsOf(row, rows.value);
      return name !== null || targets !== null;
    }),
  );
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function read(): Promise<void> {
    try {
      const [aliases, current] = await Promise.all([
        rpc.call('aliases.list', {}),
        rpc.call('routing.rules', {}),
      ]);
      views.value = aliases;
      ruleViews.value = current;
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

  function edit(
    row: AliasRow,
    changes: Partial<Pick<AliasDraft, 'id' | 'strategy' | 'targets' | 'removed'>>,
  ): void {
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
    const alias = { id: draft.id.trim(), strategy: draft.strategy, targets: draft.targets.map(targetOf) };
    const known = was !== null && views.value?.some(({ id }) => id === was) === true;
    await rpc.call('aliases.put', { ...(known ? { was } : {}), alias });
  }

  return {
    views,
    receivedAt,
    failure,
    question,
    rows,
    changed,
    ruleViews,
    rules,
    rulesDiffer,
    changes,
    faulty,
    catalogue,
    read,
    readCatalogue,
    edit,
    /** Takes back the changes to one alias. */
    discard,
    discardAll(): void {
      drafts.value = NO_DRAFTS;
      ruleDrafts.value = null;
    },
    /** @returns the key of a new, empty rule, which stands last */
    addRule(): string {
      const rule = newRule(rules.value);
      ruleDrafts.value = [...rules.value, rule];
      return rule.key;
    },
    /** @param draft replaces the one of its key */
    editRule(draft: RuleDraft): void {
      ruleDrafts.value = rules.value.map((rule) => (rule.key === draft.key ? draft : rule));
    },
    removeRule(key: string): void {
      ruleDrafts.value = rules.value.filter((rule) => rule.key !== key);
    },
    moveRule(from: number, to: number): void {
      ruleDrafts.value = moved(rules.value, from, to);
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
        if (rulesDiffer.value) {
          ruleViews.value = await rpc.call('routing.setRules', { rules: rules.value.map(arrangedRule) });
          ruleDrafts.value = null;
        }
      } finally {
        await read();
      }
    },
    /** @returns how to stop following; changes that are not applied stay */
    follow(): () => void {
      const stop = rpc.subscribe(TOPICS, (event) => {
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
