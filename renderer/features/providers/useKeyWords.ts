/** What the table says of a key. Made once for all rows: words, language and stores are looked up once. */
import { useI18n } from 'vue-i18n';
import type { KeyView } from '../../../contract/rpc/procedures/providers.ts';
import { useFailed } from '../../shared/composables/useFailed.ts';
import { useFailureText } from '../../shared/composables/useFailureText.ts';
import { useGateway } from '../../shared/composables/useGateway.ts';
import { useReason } from '../../shared/composables/useReason.ts';
import type { StateKind } from '../../shared/ui/state-kind.ts';
import {
  formatClock,
  formatCountdown,
  formatDuration,
  formatMoment,
  NONE,
  timeAgo,
} from '../../shared/utils/format.ts';
import { checkKind } from './check-words.ts';
import { scopeOf } from '../../shared/utils/cool-downs.ts';
import { firstToEnd } from './forecast.ts';
import type { CheckState } from './key-checks.ts';
import { keyStateKind, timeLeft } from './provider-state.ts';
import { useProviders } from './store.ts';

export interface StateWords {
  readonly kind: StateKind;
  readonly label: string;
  /** What its provider answered, where there is room for it. */
  readonly status: number | null;
  /** Why, or what else is to be known; cut off where there is no room. */
  readonly detail: string;
  /** All of it. */
  readonly help: string | undefined;
  /** Of a key that cools: time left, and what cools with it. */
  readonly left: string | null;
  readonly whole: string | null;
}

export interface CheckWords {
  /** Null while it waits for its turn. */
  readonly kind: StateKind | null;
  readonly label: string;
  /** When the check in the background was. */
  readonly at: string | null;
  readonly help: string | undefined;
}

export interface KeyWords {
  readonly state: (provider: string, entry: KeyView, now: number) => StateWords;
  readonly check: (entry: KeyView, check: CheckState | undefined) => CheckWords | null;
  readonly source: (entry: KeyView) => string;
  readonly lastUsed: (entry: KeyView, now: number) => string;
}

export function useKeyWords(): KeyWords {
  const { t, locale } = useI18n();
  const gateway = useGateway();
  const store = useProviders();
  const reason = useReason();
  const failureText = useFailureText();
  const failed = useFailed();
  const said = ({ message, told }: KeyView): string | null =>
    message === null ? null : failed({ message, told });

  function cooling(entry: KeyView, label: string, now: number): StateWords {
    const scope = scopeOf(entry.scope);
    const whole = scope === 'account' || scope === 'provider' ? t(`providers.cools.whole.${scope}`) : null;
    const detail = reason(entry.reason) || String(entry.status ?? '');
    const status = entry.reason === null ? null : entry.status;
    const why = status === null ? detail : `${status}, ${detail}`;
    return {
      kind: 'cooling',
      label,
      status,
      detail,
      help: [`${label}: ${why}`, whole, said(entry)].filter((part) => part !== null).join('\n'),
      left: formatCountdown(timeLeft(entry.coolingFor, store.receivedAt, now)),
      whole,
    };
  }
  function detailOf(provider: string, entry: KeyView): string {
    if (entry.state === 'missing' || entry.state === 'unavailable')
      return t(`providers.keyStateHelp.${entry.state}`);
    if (entry.state !== 'ready') return '';
    if (entry.models.length > 0) return t('providers.modelsCool', entry.models.length);
    const end = firstToEnd(provider, entry, store.history, store.receivedAt);
    if (end === null) return '';
    return t('providers.forecast.until', { time: formatMoment(end.at, store.receivedAt, locale.value) });
  }
  const result = (of: string): string => t(`providers.check.results.${of}`);

  return {
    state(provider, entry, now) {
      const label = t(`providers.keyStates.${entry.state}`);
      if (entry.state === 'cooling') return cooling(entry, label, now);
      const detail = detailOf(provider, entry);
      const models = entry.models.map(({ model }) => model);
      const shared = entry.sharesAccountWith.length > 0 && entry.quota.length > 0;
      const help = [detail, ...models, ...(shared ? [t('providers.forecast.shared')] : [])];
      return {
        kind: keyStateKind(entry.state),
        label,
        status: null,
        detail,
        help: detail === '' ? undefined : help.join('\n'),
        left: null,
        whole: null,
      };
    },
    check({ probe }, check) {
      if (check === undefined) {
        if (probe === null) return null;
        const at = formatClock(probe.at, locale.value);
        const help = t(`providers.probe.${probe.verdict}`, { time: at });
        return { kind: checkKind(probe.result), label: result(probe.result), at, help };
      }
      if (check.kind === 'failed')
        return {
          kind: 'failed',
          label: t('providers.check.failed'),
          at: null,
          help: failureText(check.error),
        };
      if (check.kind === 'found') {
        const { result: found, took } = check.check;
        return {
          kind: checkKind(found),
          label: result(found),
          at: null,
          help: formatDuration(took, locale.value),
        };
      }
      const kind = check.kind === 'checking' ? 'waiting' : null;
      return { kind, label: t(`providers.check.${check.kind}`), at: null, help: undefined };
    },
    source({ variable, source }) {
      if (variable !== null) return t('providers.fromVariable', { name: variable });
      if (source !== 'stored') return t(`providers.sources.${source}`);
      const keychain = gateway.status?.secretStore === 'keychain';
      return t(`providers.sources.${keychain ? 'keychain' : 'sealed'}`);
    },
    lastUsed({ lastUsedAt }, now) {
      if (lastUsedAt === null) return NONE;
      const { unit, count } = timeAgo(lastUsedAt, now);
      return t(`common.ago.${unit}`, { count });
    },
  };
}
