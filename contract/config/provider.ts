/** Configuration of one provider and its keys: `providers:` of the configuration file. */
import * as z from 'zod/mini';
import { baseUrl, duration, identifier, proxy } from './values.ts';
import { SAID } from '../rpc/schema-sayings.ts';

/** Wire formats the gateway speaks today. */
export const DIALECTS = ['openai-chat', 'openai-responses', 'anthropic-messages', 'gemini'] as const;
export type DialectId = (typeof DIALECTS)[number];

export const KEY_STRATEGIES = ['weighted', 'round-robin', 'least-used', 'priority'] as const;
/** In which order the keys of a provider are tried. */
export type KeyStrategy = (typeof KEY_STRATEGIES)[number];

/** One credential of a provider. Without `value` the secret lies in the secret store. */
export const keySchema = z.strictObject({
  id: identifier,
  label: z._default(z.string().check(z.maxLength(80)), ''),
  value: z.optional(z.string()),
  enabled: z._default(z.boolean(), true),
  /** Share of the traffic relative to the provider's other keys. */
  weight: z._default(z.number().check(z.positive(SAID.keyWeight.text), z.maximum(1_000)), 1),
  /** Requests in any 60 s; 0: no limit. */
  rpm: z._default(z.int().check(z.nonnegative()), 0),
  /** Tokens in any 60 s, the question's estimated until the answer tells; 0: no limit. */
  tpm: z._default(z.int().check(z.nonnegative()), 0),
  /** Requests that may be under way with this key at once; 0: no limit. */
  max_concurrency: z._default(z.int().check(z.nonnegative()), 0),
  /** Keys with the same name here share one account and its limits, where the provider does not say so itself. */
  account: z.optional(identifier),
  /** Model names this key may be used for; empty: all. */
  models: z._default(z.array(z.string()), []),
});

/** Time-outs of one attempt; what is absent takes the gateway's default. Milliseconds after parsing. */
export const timeoutSchema = z.strictObject({
  connect: z.optional(duration),
  first_content: z.optional(duration),
  idle: z.optional(duration),
  total: z.optional(duration),
});

export const providerSchema = z.strictObject({
  id: identifier,
  name: z.optional(z.string().check(z.minLength(1), z.maxLength(60))),
  enabled: z._default(z.boolean(), true),
  dialect: z.optional(z.enum(DIALECTS)),
  /** Id of a built-in provider that this one is a second account or place of: its dialects, address and quirks hold. */
  like: z.optional(identifier),
  /** With `#` at its end chat requests go to this very address. */
  base_url: z.optional(baseUrl),
  keys: z._default(z.array(keySchema), []),
  strategy: z._default(z.enum(KEY_STRATEGIES), 'weighted'),
  /** Only an address that the user marked so may be loopback or private. */
  allow_private_network: z.optional(z.boolean()),
  headers: z._default(z.record(z.string(), z.string()), {}),
  /** Address of the model list where it does not lie below the base address. */
  models_url: z.optional(baseUrl),
  /** `none`, `system`, or the address of an HTTP proxy, for this provider alone. */
  proxy: z.optional(proxy),
  timeout: z.prefault(timeoutSchema, {}),
  /** Requests that may be under way with this provider at once; 0: no limit. */
  max_concurrency: z._default(z.int().check(z.nonnegative()), 0),
  /** Models the provider is known to have; empty: its own list is asked. */
  models: z._default(z.array(z.string().check(z.minLength(1))), []),
  /** Ask for token counts on streams whose client does not, or says that it wants none; see decision 20. */
  request_usage: z._default(z.boolean(), true),
  /** Leave out parameters that a model was found not to take; see `routing/unsupported-parameter.ts`. */
  repair_parameters: z._default(z.boolean(), true),
});

export type KeyConfig = z.output<typeof keySchema>;
export type ProviderConfig = z.output<typeof providerSchema>;
