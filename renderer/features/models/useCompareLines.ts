/** The lines of a comparison as text, in the language of the page. */
import { computed, type ComputedRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { formatCount, formatDollars, formatDuration, NONE } from '../../shared/utils/format.ts';
import { figureLines, isDifferent, type Best, type Example, type FigureName } from './compare.ts';
import { formatDay, formatPrice, formatShare } from './figures.ts';
import { CAPABILITIES } from './filter.ts';
import type { ModelRow } from './rows.ts';
import { useModels } from './store.ts';

export interface CompareLine {
  readonly key: string;
  readonly label: string;
  readonly cells: readonly { readonly text: string; readonly best: Best | null }[];
  readonly differs: boolean;
}

const MEASURED: ReadonlySet<FigureName> = new Set(['first', 'duration', 'success', 'requests']);

export function useCompareLines(
  rows: () => readonly ModelRow[],
  example: () => Example,
): { readonly lines: ComputedRef<readonly CompareLine[]> } {
  const { t, locale } = useI18n();
  const store = useModels();

  function figureText(name: FigureName, value: number | null): string {
    if (value === null) return MEASURED.has(name) ? t('models.compare.notMeasured') : NONE;
    switch (name) {
      case 'priceIn':
      case 'priceOut':
      case 'cacheRead':
      case 'cacheWrite':
        return formatPrice(value, locale.value);
      case 'example':
        return formatDollars(value, locale.value);
      case 'first':
      case 'duration':
        return formatDuration(value, locale.value);
      case 'success':
        return formatShare(value, locale.value);
      default:
        return formatCount(value, locale.value);
    }
  }
  const words = (key: string, label: string, valueOf: (row: ModelRow) => string): CompareLine => {
    const texts = rows().map(valueOf);
    return {
      key,
      label,
      cells: texts.map((text) => ({ text, best: null })),
      differs: isDifferent(texts),
    };
  };
  const tiersOf = ({ price }: ModelRow): string =>
    (price?.tiers ?? [])
      .map(({ fromTokens, input, output }) =>
        t('models.priceTier', {
          tokens: formatCount(fromTokens, locale.value),
          input: formatPrice(input, locale.value),
          output: formatPrice(output, locale.value),
        }),
      )
      .join(' ') || NONE;

  const lines = computed((): readonly CompareLine[] => [
    ...figureLines(rows(), example()).map(({ name, values, differs, best, winners }) => ({
      key: name,
      label: t(`models.compare.lines.${name}`),
      differs,
      cells: values.map((value, index) => ({
        text: figureText(name, value),
        best: winners[index] === true ? best : null,
      })),
    })),
    words('tiers', t('models.compare.lines.tiers'), tiersOf),
    words('source', t('models.compare.lines.source'), ({ price, local }) =>
      price === null ? (local ? t('models.local') : NONE) : t(`models.sources.${price.source}`),
    ),
    ...CAPABILITIES.map((name) =>
      words(name, t(`models.capabilities.${name}`), ({ capabilities, unknownCapabilities }) =>
        capabilities === null || unknownCapabilities?.includes(name) === true
          ? NONE
          : capabilities.includes(name)
            ? t('models.yes')
            : t('models.no'),
      ),
    ),
    words(
      'outputs',
      t('models.facets.output'),
      ({ outputs }) => outputs?.map((name) => t(`models.outputs.${name}`)).join(', ') ?? NONE,
    ),
    words(
      'endpoints',
      t('models.endpoints.title'),
      ({ provider }) =>
        store.providers
          .get(provider)
          ?.endpoints.map(({ dialect }) => dialect)
          .join(', ') ?? NONE,
    ),
    words('released', t('models.sort.released'), ({ releasedAt }) =>
      releasedAt === null ? NONE : formatDay(releasedAt, locale.value),
    ),
    words('usable', t('models.facets.state'), ({ usable }) =>
      usable ? t('models.usable') : t('models.notUsable'),
    ),
  ]);
  return { lines };
}
