/**
 * From the text of the configuration, the environment and the command line to the one value the engine runs on.
 * Pure. The order is the order of precedence: defaults, file, environment, flags.
 */
import type { ProviderConfig } from '../../contract/config/provider.ts';
import type { Config } from '../../contract/config/schema.ts';
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import { fault } from '../../contract/rpc/fault-words.ts';
import { say } from '../core/sayings.ts';
import { consistencyFaults } from './consistency.ts';
import { readText, type ConfigText } from './document.ts';
import { expand, type Environment, type Reference } from './expand.ts';
import { isMapping, withOurNames } from './field-names.ts';
import { poolKeys, type KeyOrigin } from './key-pools.ts';
import { lockedPaths, withSettings, type Overrides, type ProviderOverride } from './overrides.ts';
import {
  ConfigError,
  ConfigRefusal,
  pathText,
  patternOf,
  type ConfigProblem,
  type FieldFault,
  type FieldPath,
} from './problem.ts';
import { clearSecrets, exposedSamples } from './safety.ts';
import { validate } from './validate.ts';

export type { KeyOrigin } from './key-pools.ts';

export interface ParseContext {
  /** Values for `${NAME}`. */
  readonly environment: Environment;
  readonly overrides: Overrides;
  /** Ids of providers that need no entry and no address. */
  readonly builtIn: readonly string[];
  /** Ids of providers of which only the address is missing. */
  readonly addressed?: readonly string[];
}

/** A configuration with every key in its provider's pool and every provider that anything names. */
export interface ResolvedConfig extends Config {
  /** Where each key's secret comes from, by `<provider>/<key id>`. */
  readonly keyOrigins: Readonly<Record<string, KeyOrigin>>;
  /** Settings the file cannot decide, `server.port`, with what does: `PORT`, `--port`. */
  readonly locked: Readonly<Record<string, string>>;
}

export interface ParsedConfig {
  readonly config: ResolvedConfig;
  /** For the user: what works, but probably not as meant. */
  readonly warnings: readonly Told[];
  /** Settings that the file itself has, by path; what lies inside lists is not told apart. */
  readonly written: ReadonlySet<string>;
  /** The values of the file, under our names, variables not expanded; undefined for an empty text. */
  readonly source: unknown;
}

/**
 * @param text of the file; empty means all defaults
 * @throws ConfigError naming each setting at fault; its subclass ConfigRefusal when the file is valid but unsafe here
 */
export function parseConfig(text: string, context: ParseContext): ParsedConfig {
  const { environment, overrides, builtIn, addressed = [] } = context;
  const source = readText(text);
  const locked = lockedPaths(overrides);
  const named = withOurNames(source.value);
  const expanded = expand(named.value, environment);
  const validation = validate(withSettings(expanded.value, overrides.settings));
  const early = [...named.problems, ...expanded.problems, ...(validation.ok ? [] : validation.faults)];
  if (early.length > 0 || !validation.ok) throw new ConfigError(early.map((fault) => placed(fault)));

  const { config } = validation;
  const { cooldown } = config.routing;
  const pools = poolKeys(config, overrides.keys, expanded.references);
  const late = [...consistencyFaults(config, builtIn, addressed), ...pools.faults];
  if (late.length > 0) throw new ConfigError(late.map((fault) => placed(fault)));
  const unsafe = exposedSamples(config, environment);
  if (unsafe.length > 0) throw new ConfigRefusal(unsafe.map((fault) => placed(fault)));

  return {
    config: {
      ...config,
      routing: {
        ...config.routing,
        cooldown: { ...cooldown, ceiling: Math.max(cooldown.base, cooldown.ceiling) },
      },
      providers: withProviderOverrides(pools.providers, overrides.providers),
      keyOrigins: pools.origins,
      locked: Object.fromEntries(locked),
    },
    warnings: [
      ...unsetWarnings(expanded.references),
      ...pools.warnings,
      ...clearSecretWarnings(named.value),
      ...cooldownWarnings(config),
    ],
    written: new Set(writtenPaths(named.value)),
    source: named.value,
  };

  function placed({ path, told }: FieldFault): ConfigProblem {
    const origin = locked.get(pathText(path));
    const unset = expanded.references.get(pathText(path))?.unset ?? [];
    const names = unset.join(', ');
    const hints = [
      ...(origin === undefined ? [] : [`set by ${origin}`]),
      ...(unset.length === 0 ? [] : [`${names} is not set`]),
    ];
    const text = hints.length === 0 ? told.text : `${told.text} (${hints.join('; ')})`;
    const set = origin === undefined ? told : say('set-by', { origin }, told, text);
    return {
      path: pathText(path),
      line: origin === undefined ? lineOf(source, path) : null,
      told: unset.length === 0 ? set : say('variable-unset', { names }, set, text),
    };
  }
}

/** The values of a text, under our names, variables not expanded; undefined for one that cannot be read. */
export function sourceOf(text: string): unknown {
  try {
    return withOurNames(readText(text).value).value;
  } catch (error) {
    if (error instanceof ConfigError) return undefined;
    throw error;
  }
}

function* writtenPaths(value: unknown, above: FieldPath = []): Generator<string> {
  if (above.length > 0) yield pathText(above);
  if (!isMapping(value)) return;
  for (const [name, member] of Object.entries(value)) yield* writtenPaths(member, [...above, name]);
}

function lineOf(source: ConfigText, path: FieldPath): number | null {
  return path.length === 0 ? null : source.lineOf(path);
}

/** An address from a variable stands over the file's; headers join, whatever their case. */
function withProviderOverrides(
  providers: readonly ProviderConfig[],
  overrides: readonly ProviderOverride[],
): ProviderConfig[] {
  return providers.map((provider) =>
    overrides
      .filter((override) => override.provider === provider.id)
      .reduce((current, override) => {
        if (override.field !== 'headers') return { ...current, [override.field]: override.value };
        const names = new Set(Object.keys(override.value).map((name) => name.toLowerCase()));
        const kept = Object.entries(current.headers).filter(([name]) => !names.has(name.toLowerCase()));
        return { ...current, headers: { ...Object.fromEntries(kept), ...override.value } };
      }, provider),
  );
}

/** Keys are told of where they are skipped. */
function unsetWarnings(references: ReadonlyMap<string, Reference>): readonly Told[] {
  return [...references.values()]
    .filter(({ path, unset }) => unset.length > 0 && !KEY_VALUES.has(patternOf(path)))
    .map(({ path, unset }) => fault('unset-variables', { path: pathText(path), names: unset.join(', ') }));
}

const KEY_VALUES: ReadonlySet<string> = new Set(['providers[].keys[].value', 'models[].api_key']);

/** Keys that open nothing but this gateway, and that the interface writes there itself: no reason to warn. */
const OWN_KEYS: ReadonlySet<string> = new Set(['server.api_key', 'clients[].key']);

/** Places of a kind that a warning names; a pool of hundreds is told by its number. */
const NAMED = 5;

function clearSecretWarnings(value: unknown): readonly Told[] {
  const found = clearSecrets(value, OWN_KEYS);
  if (found.length === 0) return [];
  const paths = found.slice(0, NAMED).join(', ');
  const count = found.length - NAMED;
  return [count > 0 ? fault('clear-secrets-more', { paths, count }) : fault('clear-secrets', { paths })];
}

function cooldownWarnings({ routing: { cooldown } }: Config): readonly Told[] {
  if (cooldown.ceiling >= cooldown.base) return [];
  return [fault('ceiling-raised', { ceiling: 'routing.cooldown.ceiling', base: 'routing.cooldown.base' })];
}
