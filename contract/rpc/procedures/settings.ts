/** Settings that a person changes in the interface. Secrets among them go in, never out. */
import * as z from 'zod/mini';
import { define, nothing } from '../define.ts';

/** Paths of the configuration that the interface may set. */
export const SETTING_PATHS = [
  'server.host',
  'server.port',
  'server.api_key',
  'server.max_in_flight',
  'server.allowed_origins',
  'network.proxy',
  'network.no_proxy',
  'routing.default_model',
  'routing.retries',
  'routing.deadline',
  'routing.cooldown.base',
  'routing.cooldown.ceiling',
  'routing.max_consecutive_failures',
  'routing.health_check_interval',
  'routing.timeout.connect',
  'routing.timeout.first_content',
  'routing.timeout.idle',
  'routing.timeout.total',
  'guards.max_query_length',
  'cache.enabled',
  'cache.ttl',
  'cache.max_size',
  'monitoring.enabled',
  'requests.bodies',
  'requests.keep.days',
  'requests.keep.rows',
  'requests.keep.size',
  'logging.level',
  'logging.destination',
  'logging.file',
  'logging.max_size',
  'logging.max_files',
  'backup.every',
  'backup.keep',
  'backup.history',
] as const;
export type SettingPath = (typeof SETTING_PATHS)[number];

/** What is set in the file alone; user interfaces show where, and what it comes to. */
export const FILE_PATHS = [
  'guards.sensitive_patterns',
  'monitoring.alerts',
  'monitoring.webhook.url',
] as const;
export type FilePath = (typeof FILE_PATHS)[number];

export interface FileSetting {
  readonly path: FilePath;
  /** How many entries it has, or the host of its address; the empty text for none. */
  readonly value: number | string;
}

/** Durations are ms, sizes bytes. */
export type SettingValue = string | number | boolean | readonly string[];

export interface SettingView {
  readonly path: SettingPath;
  /** The value in force; for a secret, its fingerprint or the empty text. */
  readonly value: SettingValue;
  readonly default: SettingValue;
  /** True where the file sets it. */
  readonly changed: boolean;
  readonly secret: boolean;
  /** True while the file still has what was last set here; absent where nobody looked. */
  readonly undoable?: boolean;
  /** Name of the flag or variable that decides it; null where it can be changed. */
  readonly lockedBy: string | null;
}

export interface SettingsView {
  readonly settings: readonly SettingView[];
  /** Absent where nobody looked. */
  readonly inFile?: readonly FileSetting[];
  /** The configuration file, as a path a person can open. */
  readonly configFile: string;
  readonly dataFolder: string;
  /** Bytes that the request log occupies on disk. */
  readonly logBytes: number;
}

/** A program that listens on a port. */
export interface PortHolder {
  readonly name: string;
  /** Process id. */
  readonly pid: number;
}

export const settingProcedures = {
  'settings.list': define(nothing).returns<SettingsView>(),
  /**
   * Resolves when the value is in force. Durations and sizes may be numbers, as above, or texts as the file has
   * them. An address that cannot be bound is a `conflict` that names a free port; the gateway stays where it was
   * and the file as it is.
   */
  'settings.set': define(
    z.strictObject({
      path: z.enum(SETTING_PATHS),
      value: z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]),
    }),
  ).returns<SettingsView>(),
  /** Back to the default: the setting leaves the file. */
  'settings.reset': define(z.strictObject({ path: z.enum(SETTING_PATHS) })).returns<SettingsView>(),
  /**
   * Takes the last change back, a reset too: the file has what it had, a reference to a variable as one. Taken back
   * once more, the change is there again. @throws RpcError `conflict` where the file has something else by now
   */
  'settings.undo': define(z.strictObject({ path: z.enum(SETTING_PATHS) })).returns<SettingsView>(),
  /** The next port from `from` on that nobody holds, and who holds `from` itself where the system tells. */
  'settings.freePort': define(
    z.strictObject({ from: z.int().check(z.minimum(1), z.maximum(65_535)) }),
  ).returns<{ readonly port: number | null; readonly holder: PortHolder | null }>(),
};
