/** Colours, letters and movement of charts, as the page around them has them. */
import {
  useMediaQuery,
  usePreferredColorScheme,
  usePreferredContrast,
  usePreferredReducedMotion,
} from '@vueuse/core';
import { computed, type ComputedRef } from 'vue';
import { usePreferences } from '../../../shared/composables/usePreferences.ts';
import { CHART_COLOURS, type ChartColour } from './chart.ts';
import { FORCED_COLOURS } from './forced-colours.ts';
import type { Drawing, Palette } from './option.ts';

const TOKENS: Readonly<Record<ChartColour, string>> = {
  '1': '--color-chart-1',
  '2': '--color-chart-2',
  '3': '--color-chart-3',
  '4': '--color-chart-4',
  '5': '--color-chart-5',
  other: '--color-chart-other',
  failed: '--color-failed',
  before: '--color-fg-3',
};

export type Look = Omit<Drawing, 'marks' | 'stretches' | 'most' | 'now'>;

/** A canvas takes no variables: an element that is not seen tells what each is on the ground of today. */
export function useDrawing(): ComputedRef<Look & { readonly ground: string }> {
  const preferences = usePreferences();
  const scheme = usePreferredColorScheme();
  const contrast = usePreferredContrast();
  const forced = useMediaQuery('(forced-colors: active)');
  const motion = usePreferredReducedMotion();
  return computed(() => {
    // What the colours depend on.
    const ground = [preferences.theme, preferences.language, scheme.value, contrast.value, forced.value];
    return { ...readLook(motion.value !== 'reduce', forced.value), ground: ground.join(' ') };
  });
}

function readLook(animated: boolean, forced: boolean): Look {
  const probe = document.createElement('span');
  probe.hidden = true;
  // Else it would tell the system's colour of text for every one.
  probe.style.setProperty('forced-color-adjust', 'none');
  document.body.append(probe);
  const style = getComputedStyle(probe);
  const seen = (colour: string): string => {
    probe.style.color = colour;
    return style.color;
  };
  /** @param system the colour of the system that stands for it where that forces its own */
  const colour = (token: string, system: string): string => seen(forced ? system : `var(${token})`);
  const of = (name: ChartColour): readonly [ChartColour, string] => [
    name,
    colour(TOKENS[name], FORCED_COLOURS[name]),
  ];
  const palette: Palette = {
    of: { ...EMPTY, ...Object.fromEntries(CHART_COLOURS.map(of)) },
    text: colour('--color-fg-3', 'CanvasText'),
    strongText: colour('--color-fg', 'CanvasText'),
    ground: colour('--color-surface', 'Canvas'),
    raised: colour('--color-raised', 'Canvas'),
    line: colour('--color-line-faint', 'GrayText'),
    baseLine: colour('--color-line-strong', 'CanvasText'),
  };
  probe.style.fontSize = 'var(--text-2xs)';
  const look = {
    palette,
    fontFamily: style.fontFamily,
    fontSize: Number.parseFloat(style.fontSize),
    animated,
    forced,
  };
  probe.remove();
  return look;
}

const EMPTY: Palette['of'] = {
  '1': '',
  '2': '',
  '3': '',
  '4': '',
  '5': '',
  other: '',
  failed: '',
  before: '',
};
