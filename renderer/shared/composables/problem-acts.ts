/** Problems of the gateway: how grave they are, and the act that helps with each. */
import type { RouteLocationRaw } from 'vue-router';
import type { Problem } from '../../../contract/rpc/procedures/gateway.ts';

export type ProblemCode = Problem['code'];

/** Where to go about a problem; `retry` is an act of the desktop host. */
export type ProblemAct =
  { readonly kind: 'go'; readonly to: RouteLocationRaw } | { readonly kind: 'retry-secrets' };

const setting = (section: string, item: string): ProblemAct => ({
  kind: 'go',
  to: { name: 'settings', params: { section }, query: { item } },
});

const BUDGETS: ProblemAct = { kind: 'go', to: { name: 'routing', query: { tab: 'budgets' } } };

const ACTS: Readonly<Record<ProblemCode, ProblemAct>> = {
  config_broken: setting('data', 'data.configFile'),
  config_warning: setting('data', 'data.configFile'),
  address_taken: setting('gateway', 'server.port'),
  metrics_port_taken: setting('data', 'data.configFile'),
  no_client_key: setting('gateway', 'server.api_key'),
  log_unhealthy: setting('requests', 'requests.keep.size'),
  backup_failed: setting('backup', 'backup.copies'),
  restore_failed: setting('backup', 'backup.copies'),
  secrets_unavailable: { kind: 'retry-secrets' },
  budget_spent: BUDGETS,
  budget_near: BUDGETS,
  alert: { kind: 'go', to: { name: 'requests' } },
};

/** @param onDesktop a headless host has no keychain to try again */
export function actOf(code: ProblemCode, onDesktop: boolean): ProblemAct | null {
  const act = ACTS[code];
  return act.kind === 'retry-secrets' && !onDesktop ? null : act;
}

/** A warning asks for a look; everything else keeps the gateway from doing its work in full. */
export const isFault = (code: ProblemCode): boolean => code !== 'config_warning' && code !== 'budget_near';
