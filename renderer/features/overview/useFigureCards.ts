/** The figures across the top, each with its change, its course and what has to be known about it. */
import { computed, type ComputedRef } from 'vue';
import { useI18n } from 'vue-i18n';
import type { RouteLocationRaw } from 'vue-router';
import type { Figures as Sums, Percentiles } from '../../../contract/log/statistics.ts';
import {
  formatCompact,
  formatCount,
  formatDollars,
  formatDuration,
  NONE,
} from '../../shared/utils/format.ts';
import { requestsLink, type RequestsWanted } from '../../shared/utils/requests-link.ts';
import { dollars, points, relative, time, type Change } from './change.ts';
import { wantedOf } from './filter.ts';
import { dollarsOf } from '../../shared/utils/money.ts';
import type { Figures } from './store.ts';
import { useAtLeast } from './useAtLeast.ts';

export interface FigureOfCard {
  readonly label: string;
  readonly value: string;
  readonly unit?: string | undefined;
  readonly to: RouteLocationRaw;
  readonly change: Change | null;
  readonly notes: readonly { readonly text: string; readonly to?: RouteLocationRaw }[];
  readonly course: readonly (number | null)[];
}

const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);
const succeeded = (sums: Sums): number | null => share(sums.succeeded, sums.requests);
const fromCache = ({ tokens }: Sums): number | null => share(tokens.cacheRead, tokens.input);
const tokensOf = ({ tokens }: Sums): number => tokens.input + tokens.output;

export function useFigureCards(figures: () => Figures): ComputedRef<readonly FigureOfCard[]> {
  const { t, locale } = useI18n();
  const atLeast = useAtLeast();
  const count = (value: number): string => formatCount(value, locale.value);
  const percent = (value: number | null, maximumFractionDigits: number): string =>
    value === null
      ? NONE
      : new Intl.NumberFormat(locale.value, { style: 'percent', maximumFractionDigits }).format(value);

  return computed(() => {
    const { main, before, filter, range } = figures();
    const { total, buckets } = main;
    // A stretch without a request says nothing about the one after it.
    const earlier = before === null || before.total.requests === 0 ? null : before.total;
    const link = (more: RequestsWanted = {}): RouteLocationRaw =>
      requestsLink({ ...wantedOf(filter, range), ...more });
    const course = (of: (sums: Sums) => number | null): readonly (number | null)[] => buckets.map(of);
    const note = (counted: number, key: string, is?: RequestsWanted['is']) =>
      counted === 0
        ? []
        : [{ text: t(key, { count: count(counted) }), ...(is === undefined ? {} : { to: link({ is }) }) }];
    const timed = (
      label: string,
      of: (sums: Sums) => Percentiles | null,
      which: 'p50' | 'p95',
      beside: readonly ('p95' | 'p99')[],
    ): FigureOfCard => {
      const found = of(total);
      const [value = NONE, unit] =
        found === null ? [] : formatDuration(found[which], locale.value).split(' ');
      return {
        label,
        value,
        unit,
        to: link(),
        change:
          earlier === null ? null : time(found?.[which] ?? null, of(earlier)?.[which] ?? null, locale.value),
        notes:
          found === null
            ? []
            : beside.map((name) => ({ text: `${name} ${formatDuration(found[name], locale.value)}` })),
        course: course((sums) => of(sums)?.[which] ?? null),
      };
    };
    const failed = total.requests - total.succeeded;
    const duration = ({ duration: found }: Sums): Percentiles | null => found;
    return [
      {
        label: t('overview.figures.requests'),
        value: count(total.requests),
        to: link(),
        change: earlier && relative(total.requests, earlier.requests, locale.value),
        notes: note(total.retried, 'overview.retried', 'retried'),
        course: course(({ requests }) => requests),
      },
      {
        label: t('overview.figures.cost'),
        // Of no request the price is known: that is no cost of zero.
        value:
          total.cost === 0 && total.unpriced > 0
            ? NONE
            : atLeast(formatDollars(dollarsOf(total.cost), locale.value), total),
        to: link(),
        change: earlier && dollars(dollarsOf(total.cost), dollarsOf(earlier.cost), locale.value),
        notes: [
          ...note(total.unpriced, 'overview.unpriced', 'unpriced'),
          ...note(total.estimated, 'overview.estimatedOf', 'estimated'),
        ],
        course: course(({ cost }) => cost),
      },
      {
        label: t('overview.figures.tokens'),
        value: formatCompact(tokensOf(total)),
        to: link(),
        change: earlier && relative(tokensOf(total), tokensOf(earlier), locale.value),
        notes: [
          {
            text: t('overview.inAndOut', {
              input: formatCompact(total.tokens.input),
              output: formatCompact(total.tokens.output),
            }),
          },
        ],
        course: course(tokensOf),
      },
      {
        label: t('overview.figures.succeeded'),
        value: percent(succeeded(total), 1),
        // What its name promises; those that failed stand in the note below it.
        to: link({ is: 'ok' }),
        change: earlier && points(succeeded(total), succeeded(earlier), locale.value, t('overview.points')),
        notes: note(failed, 'overview.failed', 'failed'),
        course: course(succeeded),
      },
      {
        label: t('overview.figures.cache'),
        value: percent(fromCache(total), 0),
        unit: total.tokens.input === 0 ? undefined : t('overview.ofInput'),
        to: link(),
        change: earlier && points(fromCache(total), fromCache(earlier), locale.value, t('overview.points')),
        notes: note(total.cached, 'overview.ownAnswers', 'cached'),
        course: course(fromCache),
      },
      timed(t('overview.figures.first'), ({ firstContent }) => firstContent, 'p50', ['p95', 'p99']),
      timed(t('overview.figures.total'), duration, 'p50', []),
      timed(t('overview.figures.slow'), duration, 'p95', ['p99']),
    ];
  });
}
