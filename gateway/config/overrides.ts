/** What command-line flags and environment variables decide, over the configuration file. */

/** One setting by path, e.g. `server.port`, with the name of what decides it, e.g. `PORT` or `--port`. */
export interface SettingOverride {
  readonly path: string;
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

/** Settings of one provider from variables such as OPENROUTER_API_URL. */
export interface ProviderOverride {
  readonly provider: string;
  readonly field: 'base_url' | 'headers' | 'timeout';
  readonly value: unknown;
  readonly origin: string;
}

export interface Overrides {
  readonly settings: readonly SettingOverride[];
  readonly keys: readonly KeyOverride[];
  readonly providers: readonly ProviderOverride[];
  /** Sentences for the log at start: variables accepted and ignored, or read in an unusual way. */
  readonly notices: readonly string[];
}

export const NO_OVERRIDES: Overrides = { settings: [], keys: [], providers: [], notices: [] };
