/** What the tray shows, as a value: icon, tooltip and menu follow from the state of the gateway. Pure. */
import type { GatewayStatus } from '../../../contract/rpc/procedures/gateway.ts';
import type { ProviderView } from '../../../contract/rpc/procedures/providers.ts';
import type { Translate } from '../words.ts';

export interface Today {
  readonly requests: number;
  /** Pico-dollars (10^-12 US dollars) of the requests whose price is known. */
  readonly cost: number;
}

export interface TrayFacts {
  /** Null until the gateway has said so for the first time. */
  readonly status: GatewayStatus | null;
  readonly providers: readonly ProviderView[];
  /** Since the user's midnight; null while unknown. */
  readonly today: Today | null;
  /** The window is open where no screen shows it. */
  readonly windowLost?: boolean;
}

/** `degraded`: something needs a look; `off`: it starts or ends. */
export type TrayIcon = 'running' | 'degraded' | 'paused' | 'off';
export type TrayAct =
  | 'open'
  | 'reset-window'
  | 'problems'
  | 'copy-address'
  | 'connect'
  | 'pause'
  | 'resume'
  | 'diagnostics'
  | 'quit';

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
  const { status, today } = facts;
  const icon = iconOf(facts);
  const state = stateLine(facts, icon, t);
  const address = status?.address ?? '';
  return {
    icon,
    toolTip: `Switchyard: ${state}`,
    entries: [
      line(state),
      ...(today === null ? [] : [line(todayLine(today, t, locale))]),
      ...problemEntries(facts, t),
      { kind: 'separator' },
      act(t('desktop.tray.open'), 'open'),
      ...(facts.windowLost === true ? [act(t('desktop.menu.resetWindow'), 'reset-window')] : []),
      ...(address === '' ? [] : [act(t('desktop.tray.copy', { address: `${address}/v1` }), 'copy-address')]),
      act(t('desktop.tray.connect'), 'connect'),
      ...pauseEntry(status, t),
      { kind: 'separator' },
      act(t('commands.diagnostics'), 'diagnostics'),
      act(t('desktop.tray.quit'), 'quit'),
    ],
  };
}

/** More of them would make a menu nobody reads. */
const MOST_PROBLEMS = 3;
const LONGEST_PROBLEM = 80;
const PICO = 1e12;

function todayLine({ requests, cost }: Today, t: Translate, locale: string): string {
  const money = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
  });
  return t('desktop.tray.today', {
    count: requests,
    number: requests.toLocaleString(locale),
    cost: money.format(cost / PICO),
  });
}

/** What needs a look, each by its name: a press shows them with what can be done. */
function problemEntries(facts: TrayFacts, t: Translate): readonly TrayEntry[] {
  const texts = [
    ...conditions(facts).map(({ code }) => t(`problems.${code}`)),
    ...unusable(facts).map(({ name }) => t('desktop.tray.problem', { name })),
  ];
  const more = texts.length - MOST_PROBLEMS;
  return [
    ...texts.slice(0, MOST_PROBLEMS).map((text) => act(text.slice(0, LONGEST_PROBLEM), 'problems')),
    ...(more > 0 ? [act(t('desktop.tray.more', { count: more }), 'problems')] : []),
  ];
}

const line = (text: string): TrayEntry => ({ kind: 'line', text });
const act = (text: string, name: TrayAct): TrayEntry => ({ kind: 'act', text, act: name });

function iconOf(facts: TrayFacts): TrayIcon {
  if (facts.status?.state === 'paused') return 'paused';
  if (facts.status === null || facts.status.state !== 'running') return isWaiting(facts) ? 'degraded' : 'off';
  return troubles(facts) > 0 ? 'degraded' : 'running';
}

/** It would answer, but has no address to answer at. */
const isWaiting = ({ status }: TrayFacts): boolean =>
  status?.state === 'starting' && status.problems.some(({ code }) => code === 'address_taken');

/** Conditions the user should look at; a warning is none. */
const conditions = ({ status }: TrayFacts): GatewayStatus['problems'] =>
  status?.problems.filter(({ code }) => code !== 'config_warning') ?? [];

/** Providers the user should look at; one whose key was not given yet is none. */
const unusable = ({ providers }: TrayFacts): readonly ProviderView[] =>
  providers.filter(({ problem }) => problem === 'no_usable_key');

const troubles = (facts: TrayFacts): number => conditions(facts).length + unusable(facts).length;

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
