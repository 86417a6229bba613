/** Which changes are worth a notification of the system: few, and none for what heals by itself. */
import type { Told } from '../../../contract/rpc/connect-sayings.ts';
import type { NoticeKind } from '../../../contract/rpc/procedures/desktop.ts';
import type { GatewayStatus } from '../../../contract/rpc/procedures/gateway.ts';
import type { ProviderView } from '../../../contract/rpc/procedures/providers.ts';
import type { Clock } from '../../../gateway/index.ts';

export type Notice =
  | { readonly kind: 'provider-unusable' | 'provider-recovered'; readonly name: string }
  | { readonly kind: 'update-available' | 'update-ready'; readonly version: string }
  | { readonly kind: 'secrets-unavailable' | 'address-taken' | 'alert' | 'budget'; readonly told: Told };

/** A provider is reported after it was unusable for so long, ms: most cool-downs are over sooner. */
export const PATIENCE = 60_000;

/** What a user turns on and off, for each thing that is told. */
const KINDS: Readonly<Record<Notice['kind'], NoticeKind>> = {
  'provider-unusable': 'provider',
  'provider-recovered': 'provider',
  'secrets-unavailable': 'keychain',
  'address-taken': 'address',
  alert: 'alert',
  budget: 'budget',
  'update-available': 'update',
  'update-ready': 'update',
};
export const kindOf = ({ kind }: Notice): NoticeKind => KINDS[kind];

export interface Notices {
  providers(views: readonly ProviderView[]): void;
  status(status: GatewayStatus): void;
}

/** Conditions of the gateway that are reported when they appear. */
const CONDITIONS = [
  { code: 'secrets_unavailable', kind: 'secrets-unavailable' },
  { code: 'address_taken', kind: 'address-taken' },
  { code: 'budget_near', kind: 'budget' },
  { code: 'budget_spent', kind: 'budget' },
] as const;

export function createNotices(clock: Pick<Clock, 'after'>, tell: (notice: Notice) => void): Notices {
  /** Providers without a usable key: how to stop waiting, or `told`. */
  const unusable = new Map<string, 'told' | (() => void)>();
  /** How many of each condition there were. */
  const present = new Map<string, number>();
  let alerts: ReadonlySet<string> = new Set();

  function fell({ id, name }: ProviderView): void {
    const stopWaiting = clock.after(PATIENCE, () => {
      unusable.set(id, 'told');
      tell({ kind: 'provider-unusable', name });
    });
    unusable.set(id, stopWaiting);
  }

  function rose(id: string, name: string | null): void {
    const waiting = unusable.get(id);
    unusable.delete(id);
    if (typeof waiting === 'function') waiting();
    // A provider that was removed or turned off has not recovered.
    else if (waiting === 'told' && name !== null) tell({ kind: 'provider-recovered', name });
  }

  return {
    providers(views) {
      const here = new Map(views.filter(({ enabled }) => enabled).map((view) => [view.id, view]));
      for (const id of [...unusable.keys()]) {
        const view = here.get(id);
        if (view?.problem !== 'no_usable_key') rose(id, view?.name ?? null);
      }
      for (const view of here.values()) {
        if (view.problem === 'no_usable_key' && !unusable.has(view.id)) fell(view);
      }
    },
    status({ problems, alerts: raised }) {
      for (const { id, told } of raised) if (!alerts.has(id)) tell({ kind: 'alert', told });
      alerts = new Set(raised.map(({ id }) => id));
      for (const { code, kind } of CONDITIONS) {
        const now = problems.filter((one) => one.code === code);
        // Of budgets there are several at once, told apart by what they are for; of the others one.
        const before = present.get(code) ?? 0;
        const newest = now.at(-1);
        if (newest !== undefined && now.length > before) tell({ kind, told: newest.told });
        present.set(code, now.length);
      }
    },
  };
}
