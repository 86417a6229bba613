/** What of the routing page is open, by its address: a tab, an alias, a rule, or the dry run. */
import { computed, type ComputedRef } from 'vue';
import type { RouteLocationNormalizedLoaded, Router } from 'vue-router';
import type { AliasRow } from './drafts.ts';
import type { RuleDraft } from './rule-drafts.ts';
import type { useRouting } from './store.ts';

export const TABS = ['rules', 'complexity', 'budgets'] as const;
export type Tab = (typeof TABS)[number];

export interface RoutingPane {
  readonly tab: ComputedRef<Tab>;
  readonly selected: ComputedRef<AliasRow | null>;
  readonly rule: ComputedRef<RuleDraft | null>;
  readonly explains: ComputedRef<boolean>;
  readonly paneOpen: ComputedRef<boolean>;
  readonly openTab: (tab: Tab) => void;
  /** @param key of an alias; null closes the pane */
  readonly open: (key: string | null) => void;
  readonly openRule: (key: string) => void;
  readonly explain: () => void;
}

export function useRoutingPane(
  store: ReturnType<typeof useRouting>,
  route: RouteLocationNormalizedLoaded,
  router: Router,
): RoutingPane {
  const go = (query: Readonly<Record<string, string>>): void =>
    void router.replace({ name: 'routing', query });
  const tab = computed(() => TABS.find((name) => name === route.query['tab']) ?? 'rules');
  const selected = computed(() => store.rows.find(({ key }) => key === route.params['id']) ?? null);
  const rule = computed(() => store.rules.find(({ key }) => key === route.query['rule']) ?? null);
  const explains = computed(
    () => selected.value === null && rule.value === null && route.query['explain'] === '1',
  );
  return {
    tab,
    selected,
    rule,
    explains,
    paneOpen: computed(
      () => tab.value === 'rules' && (selected.value !== null || rule.value !== null || explains.value),
    ),
    openTab: (name) => go(name === 'rules' ? {} : { tab: name }),
    open: (key) => void router.replace({ name: 'routing', ...(key === null ? {} : { params: { id: key } }) }),
    openRule: (key) => go({ rule: key }),
    explain: () => go({ explain: '1' }),
  };
}
