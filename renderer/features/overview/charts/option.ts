/** A chart as ECharts draws it. Pure. */
import type { EChartsCoreOption } from 'echarts/core';
import type { Chart, ChartColour, ChartSeries } from './chart.ts';
import { PATTERNS } from './forced-colours.ts';

/** Colours as the canvas takes them. */
export interface Palette {
  readonly of: Readonly<Record<ChartColour, string>>;
  readonly text: string;
  readonly strongText: string;
  readonly ground: string;
  readonly raised: string;
  readonly line: string;
  readonly baseLine: string;
}

export interface Drawing {
  readonly palette: Palette;
  readonly fontFamily: string;
  /** Size of labels, px. */
  readonly fontSize: number;
  /** Of the buckets, one for each. */
  readonly marks: readonly string[];
  readonly stretches: readonly string[];
  readonly animated: boolean;
  /** The system forces its colours, too few to tell bars apart by. */
  readonly forced: boolean;
  /** What stands at the line of the bucket that is not over yet. */
  readonly now: string;
  /** Labels along the axis, at most. */
  readonly most: number;
}

/** ms; data that follows requests must not dance. */
const MOVE = 200;
/** Beyond this many values dots would run into each other. */
const MOST_DOTS = 100;

export function chartOption(chart: Chart, drawing: Drawing): EChartsCoreOption {
  const { palette, fontFamily, fontSize, marks, stretches, animated, forced, most, now } = drawing;
  const text = { color: palette.text, fontFamily, fontSize };
  return {
    animation: animated,
    animationDuration: MOVE,
    animationDurationUpdate: MOVE,
    aria: { enabled: true, label: { description: chart.summary } },
    textStyle: { fontFamily },
    grid: {
      left: 0,
      right: 12,
      top: 12,
      bottom: 0,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    tooltip: {
      trigger: 'axis',
      // HTML would need inline styles, which the policy of the page forbids.
      renderMode: 'richText',
      confine: true,
      transitionDuration: 0,
      axisPointer: { type: 'shadow', animation: false, shadowStyle: { color: palette.text, opacity: 0.1 } },
      backgroundColor: palette.raised,
      borderColor: palette.baseLine,
      borderWidth: 1,
      padding: 8,
      textStyle: { color: palette.strongText, fontFamily, fontSize, lineHeight: 17 },
      formatter: (params: unknown) => tooltipText(chart, stretches, placeOf(params)),
    },
    xAxis: {
      type: 'category',
      data: [...marks],
      axisTick: { show: false },
      axisLine: { lineStyle: { color: palette.baseLine } },
      axisLabel: {
        ...text,
        hideOverlap: true,
        interval: (index: number) => index % stepOf(marks.length, most) === 0,
      },
    },
    yAxis: {
      type: 'value',
      min: 0,
      minInterval: chart.whole ? 1 : 0,
      splitNumber: 3,
      axisLabel: { ...text, formatter: (value: number) => chart.tick(value) },
      // The system has no faint colour.
      splitLine: { lineStyle: { color: palette.line, type: forced ? 'dotted' : 'solid' } },
    },
    series: [
      ...chart.series.map((series) => drawn(series, drawing)),
      ...(chart.now === null ? [] : [nowLine(chart.now, now, drawing)]),
    ],
  };
}

/** Every how many buckets one is labelled: steps that lead to even times. */
export function stepOf(count: number, most: number): number {
  return [1, 2, 4, 6, 8, 12, 14, 28].find((step) => count / step <= most) ?? Math.ceil(count / most);
}

/** Nearer to the axis than this, in buckets, words in the middle of the line would stand on its top figure. */
const BESIDE_AXIS = 4;

/** A series of its own, so that it stays where it is when others come and go. */
function nowLine(place: number, label: string, { palette, fontFamily, fontSize }: Drawing) {
  return {
    type: 'line',
    name: '',
    data: [],
    silent: true,
    markLine: {
      silent: true,
      symbol: 'none',
      animation: false,
      lineStyle: { color: palette.strongText, width: 1, type: 'dashed' },
      label: {
        formatter: label,
        position: 'end',
        ...(place < BESIDE_AXIS ? { align: 'left' } : {}),
        distance: 2,
        color: palette.text,
        fontFamily,
        fontSize,
      },
      data: [{ xAxis: place }],
    },
  };
}

function drawn({ kind, name, colour, values, line = 'solid' }: ChartSeries, { palette, forced }: Drawing) {
  const color = palette.of[colour];
  const known = values.filter((value) => value !== null).length;
  const pattern = forced ? PATTERNS[colour] : null;
  const dots = line === 'solid' && known <= MOST_DOTS;
  return kind === 'bar'
    ? {
        type: 'bar',
        name,
        stack: 'all',
        data: [...values],
        color,
        barCategoryGap: '18%',
        itemStyle: {
          borderColor: palette.ground,
          borderWidth: 0.5,
          ...(pattern === null ? {} : { decal: { ...pattern, symbolSize: 1, color: palette.ground } }),
        },
        emphasis: { disabled: true },
      }
    : {
        type: 'line',
        name,
        data: values.map((value, place) =>
          value === null || dots || standsAlone(values, place) ? value : { value, symbol: 'none' },
        ),
        color,
        lineStyle: { width: 1.5, type: line },
        symbol: 'circle',
        symbolSize: 3,
        showSymbol: true,
        showAllSymbol: true,
        emphasis: { disabled: true },
      };
}

/** No line leads to it: without a dot it would not be seen. */
const standsAlone = (values: ChartSeries['values'], place: number): boolean =>
  (values[place - 1] ?? null) === null && (values[place + 1] ?? null) === null;

/** What is under the pointer, a line each; series without a value there are left out. */
export function tooltipText(chart: Chart, stretches: readonly string[], place: number): string {
  const lines = chart.series.flatMap(({ name, values }) => {
    const value = values[place] ?? null;
    return value === null || value === 0 ? [] : [`${plain(name)}   ${chart.format(value)}`];
  });
  return [stretches[place] ?? '', ...lines].join('\n');
}

/** Braces would be read as a style. */
const plain = (name: string): string => name.replace(/[{}]/g, '');

function placeOf(params: unknown): number {
  const first: unknown = Array.isArray(params) ? params[0] : params;
  return typeof first === 'object' &&
    first !== null &&
    'dataIndex' in first &&
    typeof first.dataIndex === 'number'
    ? first.dataIndex
    : -1;
}
