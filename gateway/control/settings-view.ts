/** Settings as user interfaces may see them. Pure. */
import * as z from 'zod/mini';
import { configSchema } from '../../contract/config/schema.ts';
import type {
  FilePath,
  FileSetting,
  SettingPath,
  SettingValue,
  SettingView,
} from '../../contract/rpc/procedures/settings.ts';
import { isMapping } from '../config/field-names.ts';
import type { ResolvedConfig } from '../config/parse.ts';
import { TIMEOUTS } from '../runtime.ts';
import { fingerprint } from '../state/key-ring.ts';
import { hidePassword } from '../transport/proxy-password.ts';

const DEFAULTS = z.parse(configSchema, {});
/** Absent from a configuration that does not set them; local providers wait longer for their first content. */
const TIMEOUT_DEFAULTS: ReadonlyMap<string, number> = new Map([
  ['routing.timeout.connect', TIMEOUTS.connect],
  ['routing.timeout.first_content', TIMEOUTS.firstContent],
  ['routing.timeout.idle', TIMEOUTS.idle],
  ['routing.timeout.total', TIMEOUTS.total],
]);

/** @param written true where the configuration file itself has the setting */
export function settingView(path: SettingPath, config: ResolvedConfig, written: boolean): SettingView {
  const value = valueAt(config, path);
  const secret = path === 'server.api_key';
  return {
    path,
    value: shown(path, value),
    default: defaultOf(path),
    changed: written,
    secret,
    lockedBy: config.locked[path] ?? null,
  };
}

function shown(path: SettingPath, value: SettingValue): SettingValue {
  if (typeof value !== 'string' || value === '') return value;
  if (path === 'server.api_key') return fingerprint(value);
  return path === 'network.proxy' ? hidePassword(value) : value;
}

/** What holds while nobody sets it; durations in ms, sizes in bytes. */
export const defaultOf = (path: SettingPath): SettingValue => valueAt(DEFAULTS, path);

/** What the file alone can set, as far as it may be seen: of addresses the host, which is no secret. */
export function fileSetting(path: FilePath, { guards, monitoring }: ResolvedConfig): FileSetting {
  switch (path) {
    case 'guards.sensitive_patterns':
      return { path, value: guards.sensitive_patterns.length };
    case 'monitoring.alerts':
      return { path, value: monitoring.alerts.length };
    case 'monitoring.webhook.url': {
      const { url } = monitoring.webhook;
      return { path, value: URL.canParse(url) ? new URL(url).host : '' };
    }
  }
}

/** What is in force; durations in ms, sizes in bytes. Secrets among them are not hidden. */
export function valueAt(config: unknown, path: SettingPath): SettingValue {
  const found = path
    .split('.')
    .reduce<unknown>((node, name) => (isMapping(node) ? node[name] : undefined), config);
  const value = found ?? TIMEOUT_DEFAULTS.get(path);
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map(String);
  throw new Error(`${path} is no setting of the configuration`);
}
