/** Presets of the playground. */
import { presetSchema, type Preset } from '../../contract/rpc/procedures/presets.ts';
import type { Logger } from '../core/ports.ts';
import { createKeptList, type KeptList } from './kept-list.ts';

/** How much is kept. */
export const PRESET_LIMITS = { count: 100, bytes: 500_000 } as const;

export type Presets = KeptList<Preset>;

/** @param options.file in a folder that exists; made with the first preset */
export function createPresets(options: { readonly file: string; readonly logger: Logger }): Presets {
  const words = {
    many: 'presets',
    large: 'preset-large',
    most: 'most-presets',
    unusable: 'presets-unusable',
  } as const;
  return createKeptList({ ...options, schema: presetSchema, limits: PRESET_LIMITS, words });
}
