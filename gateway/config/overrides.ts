/** What command-line flags and environment variables decide, over the configuration file. */
import { isMapping } from './field-names.ts';

/** One setting by path, e.g. `server.port`, with the name of what decides it, e.g. `PORT` or `--port`. */
export interface SettingOverride {
  readonly path: string;
  /** As the file would have it: durations as text, `60s`. */
  readonly value: unknown;
  readonly origin: string;
}

/** One key found in a variable; used, never stored. */
export interface KeyOverride {
  readonly provider: string;
  readonly value: string;
  readonly weight: number;
  /** Name of the variable. */
  readonly origin: string;
}

/** Settings of one provider from variables such as OPENROUTER_API_URL. They do not add the provider. */
export type ProviderOverride = {
  readonly provider: string;
  /** Name of the variable. */
  readonly origin: string;
} & (
  | { readonly field: 'base_url' | 'models_url'; readonly value: string }
  /** Joined with the headers of the file; a name in both takes this value. */
  | { readonly field: 'headers'; readonly value: Readonly<Record<string, string>> }
);

export interface Overrides {
  readonly settings: readonly SettingOverride[];
  readonly keys: readonly KeyOverride[];
  readonly providers: readonly ProviderOverride[];
  /** Sentences for the log at start: variables accepted and ignored, or read in an unusual way. */
  readonly notices: readonly string[];
}

export const NO_OVERRIDES: Overrides = { settings: [], keys: [], providers: [], notices: [] };

/** The configuration's raw values with the overriding settings in place. */
export function withSettings(value: unknown, settings: readonly SettingOverride[]): unknown {
  return settings.reduce<unknown>(
    (whole, { path, value: setting }) => put(whole, path.split('.'), setting),
    value,
  );
}

/** What is no mapping where one belongs is left for the schema to refuse. */
function put(node: unknown, [name, ...rest]: readonly string[], setting: unknown): unknown {
  if (name === undefined) return setting;
  const mapping = node === undefined ? {} : node;
  if (!isMapping(mapping)) return node;
  return { ...mapping, [name]: put(mapping[name], rest, setting) };
}

/** Paths that the file cannot decide, with the name of what does: `providers[openrouter].base_url`. */
export function lockedPaths({ settings, providers }: Overrides): ReadonlyMap<string, string> {
  const locked = new Map(settings.map(({ path, origin }) => [path, origin]));
  for (const override of providers) {
    const path = `providers[${override.provider}].${override.field}`;
    if (override.field !== 'headers') locked.set(path, override.origin);
    else for (const name of Object.keys(override.value)) locked.set(`${path}.${name}`, override.origin);
  }
  return locked;
}
