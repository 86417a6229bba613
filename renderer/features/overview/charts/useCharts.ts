/** All charts of the page, in words of the user. */
import { computed, type ComputedRef } from 'vue';
import { useI18n } from 'vue-i18n';
import type { Statistics } from '../../../../contract/log/statistics.ts';
import { useReason } from '../../../shared/composables/useReason.ts';
import {
  formatCompactTick,
  formatCount,
  formatDollars,
  formatDuration,
  formatTick,
} from '../../../shared/utils/format.ts';
import { dollarsOf } from '../../../shared/utils/money.ts';
import { namedWanted } from '../filter.ts';
import { stillToCome } from '../ranges.ts';
import type { Figures } from '../store.ts';
import { useNames } from '../useNames.ts';
import { useAtLeast } from '../useAtLeast.ts';
import type { Chart } from './chart.ts';
import {
  errorSeries,
  groupSeries,
  latencySeries,
  requestSeries,
  tokenSeries,
  type Amount,
} from './series.ts';

export const LATENCIES = ['duration', 'firstContent'] as const;
export type Latency = (typeof LATENCIES)[number];

/** How requests end that have no error code. */
const ENDINGS = ['cut', 'client-left', 'interrupted'] as const;

export interface Charts {
  /** Where nothing was paid, or no price is known, of the tokens. */
  readonly cost: Chart & { readonly amount: Amount };
  readonly requests: Chart;
  readonly latency: Readonly<Record<Latency, Chart>>;
  readonly tokens: Chart;
  readonly errors: Chart;
}

export function useCharts(figures: () => Figures): ComputedRef<Charts> {
  const { t, locale } = useI18n();
  const names = useNames();
  const atLeast = useAtLeast();
  const reason = useReason();

  const count = (value: number): string => formatCount(value, locale.value);
  const dollars = (value: number): string => formatDollars(value, locale.value);
  const ending = (code: string): string => {
    const known = ENDINGS.find((one) => one === code);
    return known === undefined ? reason(code) || code : t(`requests.outcomes.${known}`);
  };

  return computed(() => {
    const shown = figures();
    const { main, range, filter } = shown;
    const beginnings = main.buckets.map(({ at }) => at);
    const coming = stillToCome(range, beginnings.at(-1) ?? range.from);
    const length = { after: coming.length };
    const frame = {
      beginnings: [...beginnings, ...coming],
      bucket: main.bucket,
      ...(filter.range === 'custom' ? { end: range.end } : {}),
      now: coming.length === 0 ? null : beginnings.length - 1,
    };
    const counted = { ...frame, format: count, tick: formatCompactTick, whole: true };
    const before = t(`overview.before.${filter.range}`);
    const others = t('overview.others');
    const latency = (of: Latency): Chart => ({
      ...frame,
      series: latencySeries(main, length, (bucket) => bucket[of]),
      summary: t(`overview.summaries.${of}`, {
        p50: percentile(main, of, 'p50'),
        p95: percentile(main, of, 'p95'),
      }),
      format: (value) => formatDuration(value, locale.value),
      tick: (value) => formatTick(value, locale.value),
      whole: false,
    });
    const paid = main.total.cost > 0;
    const used = main.groups.some(({ series }) => series.tokens.some((tokens) => tokens > 0));
    const amount: Amount = paid || !used ? 'cost' : 'tokens';
    const series = groupSeries(amount, shown, length, {
      name: ({ name }) => names(filter.by, name),
      wanted: (name) => namedWanted(filter.by, name),
      others,
      before,
    });
    const tokensInAll = t('overview.summaries.tokens', {
      input: count(main.total.tokens.input),
      output: count(main.total.tokens.output),
    });
    const ofTokens = { series, summary: tokensInAll };
    const ofCost = {
      ...frame,
      series,
      summary: t('overview.summaries.cost', {
        total: atLeast(dollars(dollarsOf(main.total.cost)), main.total),
      }),
      format: dollars,
      tick: dollars,
      whole: false,
    };
    return {
      cost: amount === 'cost' ? { ...ofCost, amount } : { ...counted, ...ofTokens, amount },
      requests: {
        ...counted,
        series: requestSeries(shown, length, {
          failed: t('overview.series.failed'),
          succeeded: t('overview.series.succeeded'),
          before,
        }),
        summary: t('overview.summaries.requests', {
          total: count(main.total.requests),
          failed: count(main.total.requests - main.total.succeeded),
        }),
      },
      latency: { duration: latency('duration'), firstContent: latency('firstContent') },
      tokens: {
        ...counted,
        series: tokenSeries(main, length, {
          read: t('overview.series.cacheRead'),
          written: t('overview.series.cacheWrite'),
          input: t('overview.series.input'),
          output: t('overview.series.output'),
        }),
        summary: tokensInAll,
      },
      errors: {
        ...counted,
        series: errorSeries(main, length, { name: ending, others }),
        summary: t('overview.summaries.errors', { kinds: count(Object.keys(main.total.errors).length) }),
      },
    };
  });

  function percentile({ total }: Statistics, of: Latency, which: 'p50' | 'p95'): string {
    const found = total[of];
    return found === null ? '–' : formatDuration(found[which], locale.value);
  }
}
