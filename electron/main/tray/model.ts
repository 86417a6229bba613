/** What the tray shows, as a value: icon, tooltip and menu follow from the state of the gateway. Pure. */
import type { GatewayStatus } from '../../../contract/rpc/procedures/gateway.ts';
import type { ProviderView } from '../../../contract/rpc/procedures/providers.ts';
import type { Translate } from '../words.ts';

export interface TrayFacts {
  /** Null until the gateway has said so for the first time. */
  readonly status: GatewayStatus | null;
  readonly providers: readonly ProviderView[];
  /** Requests since the user's midnight; null while unknown. */
  readonly requestsToday: number | null;
}

export type TrayIcon = 'running' | 'degraded' | 'off';
export type TrayAct = 'open' | 'copy-address' | 'pause' | 'resume' | 'quit';

export type TrayEntry =
  | { readonly kind: 'separator' }
  /** A line to read, not to choose. */
  | { readonly kind: 'line'; readonly text: string }
  | { readonly kind: 'act'; readonly text: string; readonly act: TrayAct };

export interface TrayModel {
  readonly icon: TrayIcon;
  readonly toolTip: string;
  readonly entries: readonly TrayEntry[];
}

/** @param locale for figures */
export function trayModel(facts: TrayFacts, t: Translate, locale: string): TrayModel {
  const { status, requestsToday } = facts;
  const icon = iconOf(facts);
  const state = stateLine(facts, icon, t);
  const address = status?.address ?? '';
  const today =
    requestsToday === null
      ? []
      : [
          line(
            t('desktop.tray.today', { count: requestsToday, number: requestsToday.toLocaleString(locale) }),
          ),
        ];
  return {
    icon,
    toolTip: `Switchyard: ${state}`,
    entries: [
      line(state),
      ...today,
      { kind: 'separator' },
      act(t('desktop.tray.open'), 'open'),
      ...(address === '' ? [] : [act(t('desktop.tray.copy', { address: `${address}/v1` }), 'copy-address')]),
      ...pauseEntry(status, t),
      { kind: 'separator' },
      act(t('desktop.tray.quit'), 'quit'),
    ],
  };
}

const line = (text: string): TrayEntry => ({ kind: 'line', text });
const act = (text: string, name: TrayAct): TrayEntry => ({ kind: 'act', text, act: name });

function iconOf(facts: TrayFacts): TrayIcon {
  if (facts.status === null || facts.status.state !== 'running') return isWaiting(facts) ? 'degraded' : 'off';
  return troubles(facts) > 0 ? 'degraded' : 'running';
}

/** It would answer, but has no address to answer at. */
const isWaiting = ({ status }: TrayFacts): boolean =>
  status?.state === 'starting' && status.problems.some(({ code }) => code === 'address_taken');

/** Conditions and providers the user should look at; a warning, or a key not given yet, is none. */
function troubles({ status, providers }: TrayFacts): number {
  const problems = status?.problems.filter(({ code }) => code !== 'config_warning') ?? [];
  return problems.length + providers.filter(({ problem }) => problem === 'no_usable_key').length;
}

function stateLine(facts: TrayFacts, icon: TrayIcon, t: Translate): string {
  const { status } = facts;
  if (status?.state === 'paused') return t('status.paused');
  if (status?.state === 'draining') return t('status.draining');
  if (icon === 'off') return t('desktop.tray.starting');
  const count = troubles(facts);
  return count === 0 ? t('status.running') : t('desktop.tray.degraded', { count });
}

function pauseEntry(status: GatewayStatus | null, t: Translate): readonly TrayEntry[] {
  if (status?.state === 'running') return [act(t('status.pause'), 'pause')];
  if (status?.state === 'paused') return [act(t('status.resume'), 'resume')];
  return [];
}
