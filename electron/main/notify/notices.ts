/** Which changes are worth a notification of the system: few, and none for what heals by itself. */
import type { GatewayStatus } from '../../../contract/rpc/procedures/gateway.ts';
import type { ProviderView } from '../../../contract/rpc/procedures/providers.ts';
import type { Clock } from '../../../gateway/index.ts';

export type Notice =
  | { readonly kind: 'provider-unusable' | 'provider-recovered'; readonly name: string }
  /** In the words of the gateway. */
  | { readonly kind: 'secrets-unavailable' | 'address-taken' | 'alert'; readonly message: string };

/** A provider is reported after it was unusable for so long, ms: most cool-downs are over sooner. */
export const PATIENCE = 60_000;

export interface Notices {
  providers(views: readonly ProviderView[]): void;
  status(status: GatewayStatus): void;
}

/** Conditions of the gateway that are reported when they appear. */
const CONDITIONS = [
  { code: 'secrets_unavailable', kind: 'secrets-unavailable' },
  { code: 'address_taken', kind: 'address-taken' },
] as const;

export function createNotices(clock: Pick<Clock, 'after'>, tell: (notice: Notice) => void): Notices {
  /** Providers without a usable key: how to stop waiting, or `told`. */
  const unusable = new Map<string, 'told' | (() => void)>();
  const present = new Set<string>();
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
      for (const { id, message } of raised) if (!alerts.has(id)) tell({ kind: 'alert', message });
      alerts = new Set(raised.map(({ id }) => id));
      for (const { code, kind } of CONDITIONS) {
        const problem = problems.find((one) => one.code === code);
        if (problem === undefined) present.delete(code);
        else if (!present.has(code)) {
          present.add(code);
          tell({ kind, message: problem.message });
        }
      }
    },
  };
}
