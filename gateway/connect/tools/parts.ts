/** What the definitions of tools have in common. */
import { FORMATS } from '../formats/index.ts';
import type {
  FileFormat,
  FilePlace,
  SettingEdit,
  SettingEditValue,
  SettingPath,
  ToolDefinition,
} from '../tool.ts';

/** A text at a path; null where there is none, or an empty one. */
export function textAt(format: FileFormat, text: string | undefined, path: SettingPath): string | null {
  const value = text === undefined ? undefined : FORMATS[format].get(text, path);
  return typeof value === 'string' && value !== '' ? value : null;
}

export const setting = (
  file: string,
  path: SettingPath,
  value: SettingEditValue | undefined,
): SettingEdit => ({ file, path, value });

/** A slot that is absent is left as it is; an empty text takes its model out. */
export function modelEdit(
  file: string,
  path: SettingPath,
  model: string | undefined,
  written: (model: string) => string = (same) => same,
): readonly SettingEdit[] {
  if (model === undefined) return [];
  return [setting(file, path, model === '' ? undefined : written(model))];
}

/** What is there of settings that lead past ours goes. */
export const takenOut = (
  file: string,
  format: FileFormat,
  text: string | undefined,
  paths: readonly SettingPath[],
): readonly SettingEdit[] =>
  paths
    .filter((path) => text !== undefined && FORMATS[format].get(text, path) !== undefined)
    .map((path) => setting(file, path, undefined));

export const atHome = (...path: readonly string[]): FilePlace => ({ variable: null, path });
export const below = (variable: string, ...path: readonly string[]): FilePlace => ({ variable, path });

/** Base address of the formats of OpenAI. */
export const openAiBase = (address: string): string => `${address}/v1`;

/** A tool without a file that a program may write. */
export function byHand(
  definition: Pick<ToolDefinition, 'id' | 'name' | 'kind' | 'dialect' | 'apps'> & Partial<ToolDefinition>,
): ToolDefinition {
  return {
    files: [],
    programs: [],
    folders: [],
    slots: [],
    variables: [],
    unreachable: null,
    read: () => ({ address: null, key: null, models: {} }),
    edits: () => [],
    ...definition,
  };
}
