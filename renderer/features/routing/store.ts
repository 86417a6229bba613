/** Rules with their hits, aliases with the state of their targets, and the changes that are not applied yet. */
import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import type { AliasView } from '../../../contract/rpc/procedures/aliases.ts';
import type { ModelCatalogue } from '../../../contract/rpc/procedures/models.ts';
import type { RuleView } from '../../../contract/rpc/procedures/routing.ts';
import { createCoolDownEnds } from '../../shared/composables/cool-down-ends.ts';
import { useAnswers } from '../../shared/composables/useAnswers.ts';
import { useRpc } from '../../shared/rpc/rpc.ts';
import {
  aliasOf,
  faultsOf,
  moved,
  newDraft,
  NO_DRAFTS,
  rowsOf,
  seenOf,
  stillMeant,
  withDraft,
  withNewName,
  withoutDraft,
  type AliasDraft,
  type AliasRow,
  type SeenAlias,
} from './drafts.ts';
import { newQuestion, type ExplainDraft } from './explain-request.ts';
import {
  followedName,
  followedViews,
  putBack,
  renumbered,
  rulesBack,
  sameRules,
  withCopy,
} from './rule-changes.ts';
import {
  arrangedRule,
  isFaulty,
  makesRules,
  newRule,
  rowOfRule,
  rulesChanged,
  type RuleDraft,
} from './rule-drafts.ts';
import { shadows } from './rule-overlap.ts';

/** Keys change their state with requests: shortest time between two readings, ms. */
const PAUSE = 500;

/** Requests move the hits of rules, and where a target stands. */
const TOPICS = ['config.changed', 'providers.changed', 'models.changed', 'requests.changed'] as const;

type Step = () => Promise<unknown>;

/** One alias that was applied. */
interface Applied {
  /** Brings it back to how it was; null where nothing does. */
  readonly back: Step | null;
  /** What it has become; null for one that was removed. */
  readonly made: SeenAlias | null;
}

/** What an empty page suggests. */
export interface Example {
  readonly alias: Pick<AliasDraft, 'id' | 'strategy' | 'targets'> | null;
  readonly rule: Partial<RuleDraft> | null;
}

const rulesOf = (views: readonly RuleView[]) => views.map(({ rule }) => rule);

export const useRouting = defineStore('routing', () => {
  const rpc = useRpc();
  /** Null until the first answer. */
  const views = shallowRef<readonly AliasView[] | null>(null);
  /** When `views` was true, Unix ms; times left in it count from here. */
  const receivedAt = shallowRef(0);
  /** Null until the first answer. Where rules are changed here: those the change was begun from. */
  const ruleViews = shallowRef<readonly RuleView[] | null>(null);
  /** The rules in force, where these are others than the change here was begun from. */
  const rulesElsewhere = shallowRef<readonly RuleView[] | null>(null);
  /** The rules as they are going to be; null while nothing was changed. */
  const ruleDrafts = shallowRef<readonly RuleDraft[] | null>(null);
  /** What the dry run is asked; kept while other pages are open. */
  const question = ref<ExplainDraft>(newQuestion());
  const failure = shallowRef<unknown>(null);
  /** The note that offers to take back what was applied last; null before that. */
  const undoNote = ref<number | null>(null);
  const drafts = shallowRef(NO_DRAFTS);
  /** Models to choose from; null until they were asked for. */
  const catalogue = shallowRef<ModelCatalogue | null>(null);
  useAnswers().held(() => {
    views.value = null;
    if (ruleDrafts.value === null) ruleViews.value = null;
    catalogue.value = null;
  });

  const rows = computed(() => (views.value === null ? [] : rowsOf(views.value, drafts.value)));
  const changed = computed(() => rows.value.filter((row) => row.changed));
  const rules = computed(() => ruleDrafts.value ?? (ruleViews.value ?? []).map(rowOfRule));
  /** Why a rule leads nowhere as it stands; of a target that is not applied yet nobody can tell. */
  function ruleProblem(rule: RuleDraft): RuleView['problem'] {
    const view = ruleViews.value?.find(({ number }) => number === rule.was);
    return view !== undefined && view.rule.then.model === rule.target ? view.problem : null;
  }
  const shadowed = computed(() => shadows(rules.value, (rule) => ruleProblem(rule) !== null));
  const rulesDiffer = computed(
    () => ruleDrafts.value !== null && rulesChanged(ruleDrafts.value, ruleViews.value ?? []),
  );
  /** Changes that are not applied: each alias is one, the list of rules is one. */
  const changes = computed(() => changed.value.length + Number(rulesDiffer.value));
  const rulesApplicable = computed(() => rulesDiffer.value && rulesElsewhere.value === null);
  const applicable = computed(() => changed.value.filter((row) => !row.elsewhere));
  /** Those of the changes that were changed elsewhere as well since, and cannot be applied. */
  const conflicts = computed(() => changes.value - applicable.value.length - Number(rulesApplicable.value));
  const faulty = computed(() => aliasesFaulty.value || (rulesApplicable.value && rules.value.some(isFaulty)));
  const aliasesFaulty = computed(() =>
    applicable.value.some((row) => {
      const { name, targets } = faultsOf(row, rows.value);
      return name !== null || targets !== null;
    }),
  );
  let timer: ReturnType<typeof setTimeout> | undefined;
  const ends = createCoolDownEnds(() => void read());
  let followed = false;
  /** How often was read, and which of these readings was taken last: answers come in any order. */
  let [asked, taken] = [0, 0];

  async function read(): Promise<void> {
    asked += 1;
    const turn = asked;
    try {
      const [aliases, current] = await Promise.all([
        rpc.call('aliases.list', {}),
        rpc.call('routing.rules', {}),
      ]);
      if (turn < taken) return;
      taken = turn;
      drafts.value = stillMeant(drafts.value, aliases);
      views.value = aliases;
      takeRules(current);
      receivedAt.value = Date.now();
      failure.value = null;
      if (followed) ends.told(aliases.flatMap(({ targets }) => targets.map(({ coolingFor }) => coolingFor)));
    } catch (error) {
      failure.value = error;
    }
  }
  /** A change that is under way stays one to what it was begun from. */
  function takeRules(current: readonly RuleView[]): void {
    const same = ruleViews.value !== null && sameRules(ruleViews.value, current);
    const alike = ruleDrafts.value !== null && makesRules(ruleDrafts.value, current);
    if (rulesDiffer.value && !same && !alike) {
      rulesElsewhere.value = current;
      return;
    }
    if (!same) ruleDrafts.value = null;
    ruleViews.value = current;
    rulesElsewhere.value = null;
  }
  function dropRules(): void {
    ruleDrafts.value = null;
    ruleViews.value = rulesElsewhere.value ?? ruleViews.value;
    rulesElsewhere.value = null;
  }
  // A change that was taken back by hand stands in nobody's way.
  watch(rulesDiffer, (differ) => {
    if (!differ && rulesElsewhere.value !== null) dropRules();
  });
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
    drafts.value = stillMeant(withDraft(drafts.value, { ...row.draft, ...changes }), views.value ?? []);
  }
  function discard(key: string): void {
    drafts.value = withoutDraft(drafts.value, key);
  }
  /** It is not removed after all; what else was changed of it stays changed. */
  function keep(key: string): void {
    const row = rows.value.find((one) => one.key === key);
    if (row !== undefined) edit(row, { removed: false });
  }
  async function applyOne(draft: AliasDraft): Promise<Applied> {
    const { was, removed } = draft;
    if (removed) {
      if (was === null) return { back: null, made: null };
      const { undo } = await rpc.call('aliases.remove', { id: was });
      return { back: undo === null ? null : () => rpc.call('aliases.restore', { undo }), made: null };
    }
    const alias = aliasOf(draft);
    // One that somebody else has removed is made again.
    const seen = views.value?.some(({ id }) => id === was) === true ? draft.seen : null;
    if (was === null || seen === null) {
      const made = seenOf(await rpc.call('aliases.put', { seen: null, alias }));
      return { back: () => rpc.call('aliases.remove', { id: alias.id }), made };
    }
    const made = seenOf(await rpc.call('aliases.put', { was, seen, alias }));
    const back: Step = () =>
      rpc.call('aliases.put', { was: alias.id, seen: made, alias: { id: was, ...seen } });
    return { back, made };
  }
  /** It is no change any more, but for what was changed of it while it was applied. */
  function settle(draft: AliasDraft, made: SeenAlias | null): void {
    const now = drafts.value.get(draft.key);
    discard(draft.key);
    if (now === undefined || now === draft || made === null) return;
    const name = draft.id.trim();
    drafts.value = withDraft(drafts.value, { ...now, key: name, was: name, seen: made });
  }
  async function applyRules(): Promise<Step> {
    const before = ruleViews.value ?? [];
    const applied = rules.value;
    const made = await rpc.call('routing.setRules', {
      seen: rulesOf(before),
      rules: applied.map(arrangedRule),
    });
    const now = ruleDrafts.value;
    // What was changed meanwhile was begun from the rules before, unless those in force were read already.
    if (now === applied) ruleDrafts.value = null;
    else if (now !== null && ruleViews.value !== null && !sameRules(ruleViews.value, made))
      ruleDrafts.value = renumbered(now, applied);
    ruleViews.value = made;
    rulesElsewhere.value = null;
    return () => rpc.call('routing.setRules', { seen: rulesOf(made), rules: rulesBack(before, applied) });
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
    ruleProblem,
    /** Rules that are never reached, with the place of the one that takes all they would. */
    shadowed,
    changes,
    faulty,
    catalogue,
    read,
    readCatalogue,
    edit,
    /** Takes back the changes to one alias. */
    discard,
    keep,
    discardAll(): void {
      drafts.value = NO_DRAFTS;
      dropRules();
    },
    conflicts,
    undoNote,
    /** Takes what was changed elsewhere for what there is; changes here to the very same go. */
    readAnew(): void {
      for (const row of changed.value) if (row.elsewhere) discard(row.key);
      if (rulesElsewhere.value !== null) dropRules();
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
    /** @returns how to take it back, as long as nothing else was changed or applied since */
    removeRule(key: string): () => void {
      const before = rules.value;
      const left = before.filter((rule) => rule.key !== key);
      ruleDrafts.value = left;
      return () => {
        ruleDrafts.value = putBack(rules.value, before, key);
      };
    },
    /** @returns the key of a copy, which stands right after it */
    copyRule(key: string): string {
      const { list, copy } = withCopy(rules.value, key);
      ruleDrafts.value = list;
      return copy;
    },
    /** Adds rules and aliases that are made up, as changes like any other. */
    takeExample({ alias, rule }: Example): void {
      if (alias !== null) drafts.value = withDraft(drafts.value, { ...newDraft(drafts.value), ...alias });
      if (rule !== null) ruleDrafts.value = [...rules.value, { ...newRule(rules.value), ...rule }];
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
     * Applies every change that is no conflict; names that become free go first. What was applied is no change any
     * more.
     * @returns how to take all of it back, as long as no other change was begun
     * @throws at the first that is refused; the ones after it stay changes
     */
    async apply(): Promise<() => Promise<void>> {
      const withRules = rulesApplicable.value;
      const order = [...applicable.value].sort((a, b) => Number(b.draft.removed) - Number(a.draft.removed));
      const back: (Step | null)[] = [];
      try {
        for (const { key, draft: begun } of order) {
          const draft = drafts.value.get(key) ?? begun;
          const applied = await applyOne(draft);
          back.unshift(applied.back);
          settle(draft, applied.made);
          drafts.value = withNewName(drafts.value, draft);
          if (ruleDrafts.value !== null) ruleDrafts.value = followedName(ruleDrafts.value, draft);
          if (ruleViews.value !== null) ruleViews.value = followedViews(ruleViews.value, draft);
        }
        if (withRules && rulesDiffer.value) back.unshift(await applyRules());
      } finally {
        await read();
      }
      return async () => {
        try {
          for (const step of back) await step?.();
        } finally {
          await read();
        }
      };
    },
    /** @returns how to stop following; changes that are not applied stay */
    follow(): () => void {
      const stop = rpc.subscribe(TOPICS, (event) => {
        if (event.topic === 'models.changed' && catalogue.value !== null) void readCatalogue();
        soon();
      });
      followed = true;
      void read();
      return () => {
        stop();
        followed = false;
        ends.stop();
        clearTimeout(timer);
        timer = undefined;
      };
    },
  };
});
