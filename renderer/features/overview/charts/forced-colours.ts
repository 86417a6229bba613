/** Charts where the system forces its few colours: patterns tell apart what colours cannot. Pure. */
import type { ChartColour } from './chart.ts';

/** Colours of the system by what they stand for; some are alike in some themes. */
export const FORCED_COLOURS: Readonly<Record<ChartColour, string>> = {
  '1': 'CanvasText',
  '2': 'Highlight',
  '3': 'LinkText',
  '4': 'CanvasText',
  '5': 'Highlight',
  other: 'GrayText',
  failed: 'LinkText',
  before: 'CanvasText',
};

/** Drawn over a bar in the colour of the ground, px; swatches.css has the same for the legend. */
export interface Pattern {
  readonly symbol: 'rect' | 'circle';
  readonly dashArrayX: readonly number[];
  readonly dashArrayY: readonly number[];
  readonly rotation: number;
}

const stripes = (every: number, degrees: number): Pattern => ({
  symbol: 'rect',
  dashArrayX: [1, 0],
  dashArrayY: [2, every - 2],
  rotation: (degrees * Math.PI) / 180,
});

/** `before` is never a bar. */
export const PATTERNS: Readonly<Record<ChartColour, Pattern | null>> = {
  '1': null,
  '2': stripes(5, -45),
  '3': { symbol: 'circle', dashArrayX: [4, 3], dashArrayY: [4, 3], rotation: 0 },
  '4': stripes(5, 0),
  '5': stripes(5, 90),
  other: stripes(8, 0),
  failed: stripes(5, 45),
  before: null,
};
