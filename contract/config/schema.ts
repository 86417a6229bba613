/**
 * The configuration file: one schema that is type, check and default at once.
 * Field names are those of the file (snake_case); durations are milliseconds and sizes bytes after parsing.
 */
import * as z from 'zod/mini';
import { backupSchema } from './backup.ts';
import { correctionSchema, modelId, MOST_CORRECTIONS, MOST_FAVOURITES } from './corrections.ts';
import { budgetSchema, cacheSchema, clientBudgetSchema, guardsSchema } from './protection.ts';
import { monitoringSchema } from './monitoring.ts';
import { priceSchema } from './prices.ts';
import { providerSchema, timeoutSchema } from './provider.ts';
import { ALIAS_STRATEGIES, complexitySchema, ruleSchema, targetSchema } from './routing.ts';
import { duration, durationOrZero, identifier, port, proxy, size } from './values.ts';
import { SAID } from '../rpc/schema-sayings.ts';

const serverSchema = z.strictObject({
  host: z._default(z.string().check(z.minLength(1)), 'localhost'),
  port: z._default(port, 8000),
  /** The key clients must bring; empty: none is asked for on a loopback address. */
  api_key: z._default(z.string(), ''),
  allowed_hosts: z._default(z.array(z.string()), []),
  allowed_origins: z._default(z.array(z.string()), []),
  /** Addresses or CIDR ranges that may connect; empty: all. */
  allowed_ips: z._default(z.array(z.string()), []),
  allow_unauthenticated: z._default(z.boolean(), false),
  /** Requests under way at once, over all providers and clients; 0: no limit. */
  max_in_flight: z._default(z.int().check(z.minimum(0), z.maximum(100_000)), 1_000),
  /** New requests are refused when the thread is blocked by its own work for so long; 0s: never. */
  max_loop_delay: z._default(durationOrZero, 250),
});

const adminSchema = z.strictObject({
  password: z._default(z.string().check(z.maxLength(256)), ''),
  insecure: z._default(z.boolean(), false),
});

const networkSchema = z.strictObject({
  /** `system` follows HTTP_PROXY and friends, `none` goes direct, else the address of an HTTP proxy. */
  proxy: z._default(proxy, 'system'),
  /** Compared with the host of every upstream request, one after the other. */
  no_proxy: z._default(
    z
      .array(z.string().check(z.maxLength(1_000, SAID.noProxyEntry.text)))
      .check(z.maxLength(1_000, SAID.noProxyEntries.text)),
    [],
  ),
});

/** An alias: a name of the user's own with an ordered list of targets. */
export const aliasSchema = z.strictObject({
  id: z.string().check(z.minLength(1), z.maxLength(200)),
  strategy: z._default(z.enum(ALIAS_STRATEGIES), 'priority'),
  targets: z.array(targetSchema).check(z.minLength(1)),
});

/** The user manual's form: a model of one provider with its key. */
export const manualModelSchema = z.strictObject({
  id: z.string().check(z.minLength(1), z.maxLength(200)),
  provider: identifier,
  api_key: z.optional(z.string()),
});

const routingSchema = z.strictObject({
  default_model: z._default(z.string(), ''),
  /** Extra attempts within one target after the first. */
  retries: z._default(z.int().check(z.minimum(0), z.maximum(10)), 3),
  /** Upper bound over all attempts of one request. */
  deadline: z._default(duration, 3_600_000),
  /** Time-outs of one attempt for every provider that does not set its own. */
  timeout: z.prefault(timeoutSchema, {}),
  /**
   * One bound for what a client waits for: the whole of an answer that is not streamed, and the first content
   * of one that is. 0s: not set. Below a provider's own time-outs, above `routing.timeout`.
   */
  request_timeout: z._default(durationOrZero, 0),
  cooldown: z.prefault(
    z.strictObject({
      base: z._default(durationOrZero, 30_000),
      /** Never below `base`. */
      ceiling: z._default(durationOrZero, 1_800_000),
    }),
    {},
  ),
  /** How often the gateway asks about keys that cool, with a call that costs no tokens; 0s: never. */
  health_check_interval: z._default(durationOrZero, 300_000),
  /** Provider or network failures in a row before a key cools; a key's own fault cools at once. */
  max_consecutive_failures: z._default(z.int().check(z.minimum(1), z.maximum(100)), 3),
  /** How hard a request is, for aliases whose strategy is `complexity`. */
  complexity: z.prefault(complexitySchema, {}),
});

export const BODY_POLICIES = ['full', 'metadata', 'off'] as const;
/** What of a request is kept in the log: everything, all but the bodies, or no row at all. */
export type BodyPolicy = (typeof BODY_POLICIES)[number];

const clientSchema = z.strictObject({
  id: identifier,
  key: z.string().check(z.minLength(1)),
  /** Its being there asks nobody for a key: the key only tells whose request it is. Beyond this machine one is asked for. */
  optional: z.optional(z.boolean()),
  log: z.optional(z.enum(BODY_POLICIES)),
  /** Requests in any minute; absent or 0: no limit. */
  rpm: z.optional(z.int().check(z.minimum(0), z.maximum(100_000))),
  /** Requests under way at once; absent or 0: no limit. */
  max_concurrency: z.optional(z.int().check(z.minimum(0), z.maximum(100_000))),
  budget: z.optional(clientBudgetSchema),
  /** Names it may ask for, `*` for any characters; absent or empty: all. What an allowed alias leads to is not asked. */
  models: z.optional(z.array(z.string().check(z.minLength(1), z.maxLength(200)))),
});

const requestsSchema = z.strictObject({
  bodies: z._default(z.enum(BODY_POLICIES), 'full'),
  keep: z.prefault(
    z.strictObject({
      days: z._default(z.int().check(z.minimum(1), z.maximum(3_650)), 30),
      rows: z._default(z.int().check(z.minimum(1)), 100_000),
      size: z._default(size, 1_000_000_000),
    }),
    {},
  ),
  /** Bytes of the raw events of one stream; what the model said stays whatever this is. */
  stream_events: z._default(size, 1_000_000),
  page_size: z._default(z.int().check(z.minimum(1), z.maximum(200)), 20),
});

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

const LEVEL_ALIASES: Readonly<Record<string, LogLevel>> = {
  trace: 'debug',
  debug: 'debug',
  info: 'info',
  warn: 'warn',
  warning: 'warn',
  error: 'error',
  fatal: 'error',
  panic: 'error',
};

/** Level names in any case, with the aliases of the source documents. */
const logLevel = z.pipe(
  z.string().check(
    z.refine((text) => LEVEL_ALIASES[text.toLowerCase()] !== undefined, {
      error: SAID.logLevel.text,
    }),
  ),
  z.transform((text: string): LogLevel => LEVEL_ALIASES[text.toLowerCase()] ?? 'info'),
);

const loggingSchema = z.strictObject({
  level: z._default(logLevel, 'info'),
  format: z._default(z.enum(['text', 'json']), 'text'),
  destination: z._default(z.enum(['console', 'file', 'both']), 'console'),
  file: z._default(z.string().check(z.minLength(1)), 'logs/switchyard.log'),
  /** A full file is put aside. */
  max_size: z._default(size.check(z.minimum(1_000)), 10_000_000),
  /** Files in all, the one in use included. */
  max_files: z._default(z.int().check(z.minimum(1), z.maximum(1_000)), 5),
});

export const configSchema = z.strictObject({
  server: z.prefault(serverSchema, {}),
  admin: z.prefault(adminSchema, {}),
  network: z.prefault(networkSchema, {}),
  providers: z._default(z.array(providerSchema), []),
  models: z._default(z.array(z.union([aliasSchema, manualModelSchema])), []),
  rules: z._default(z.array(ruleSchema).check(z.maxLength(200)), []),
  clients: z._default(z.array(clientSchema), []),
  routing: z.prefault(routingSchema, {}),
  guards: z.prefault(guardsSchema, {}),
  cache: z.prefault(cacheSchema, {}),
  budgets: z._default(z.array(budgetSchema).check(z.maxLength(200)), []),
  /** Above what providers and catalogue say; the first that fits counts. */
  prices: z._default(z.array(priceSchema).check(z.maxLength(500)), []),
  /** Above what lists and catalogues say of a model; of each fact the first entry that has it counts. */
  corrections: z._default(z.array(correctionSchema).check(z.maxLength(MOST_CORRECTIONS)), []),
  /** Models that stand first where one is chosen. */
  favourites: z._default(z.array(modelId).check(z.maxLength(MOST_FAVOURITES)), []),
  requests: z.prefault(requestsSchema, {}),
  monitoring: z.prefault(monitoringSchema, {}),
  logging: z.prefault(loggingSchema, {}),
  backup: z.prefault(backupSchema, {}),
});

/** A whole, valid configuration with every default filled in. */
export type Config = z.output<typeof configSchema>;
export type AliasConfig = z.output<typeof aliasSchema>;
export type ManualModelConfig = z.output<typeof manualModelSchema>;
export type ClientConfig = z.output<typeof clientSchema>;

/** Sections and fields that DESIGN.md names and this version does not have yet: refused by name, never ignored. */
export const PLANNED_FIELDS: ReadonlySet<string> = new Set([
  'web',
  'cache.redis',
  'redis',
  'grpc',
  'server.tls',
  'network.use_system_ca',
  'providers[].retry_count',
  'providers[].retry_delay',
  'providers[].default_model',
  'providers[].capabilities',
  'providers[].cost',
  'providers[].passthrough',
  'models[].default_params',
  'clients[].admin',
]);
