/** Providers and their keys. No procedure returns a stored secret. */
import * as z from 'zod/mini';
import type { Scope } from '../../log/row.ts';
import { DIALECTS, KEY_STRATEGIES, type DialectId, type KeyStrategy } from '../../config/provider.ts';
import { baseUrl, identifier } from '../../config/values.ts';
import type { Told } from '../connect-sayings.ts';
import { define, nothing } from '../define.ts';
import { SAID } from '../schema-sayings.ts';
import type { ChatError } from './playground.ts';

export type KeyStateName =
  | 'ready'
  | 'cooling'
  | 'probing'
  | 'disabled'
  /** The store that should hold the secret has none. */
  | 'missing'
  /** The store cannot be read now. */
  | 'unavailable';

/** Where a key's secret comes from. */
export type KeySource = 'environment' | 'configuration' | 'stored' | 'memory' | 'demo';

/** What was left at one moment. */
export interface QuotaSample {
  /** Unix ms. */
  readonly at: number;
  readonly remaining: number;
}

/** What is left of one limit of a key, as its provider told it last. */
export interface KeyQuota {
  /** The provider's name for it: `requests`, `tokens`, `input-tokens`, `credit`. */
  readonly name: string;
  readonly limit: number | null;
  readonly remaining: number;
  /** Unix ms; null where the provider does not say. */
  readonly resetsAt: number | null;
  /** Unix ms at which it was told. */
  readonly seenAt: number;
  /** The oldest moment of the last hour since when it only went down; absent where one moment alone is known. */
  readonly since?: QuotaSample;
}

/** What the background check found of a key that cools. */
export interface KeyProbe {
  /** Unix ms. */
  readonly at: number;
  readonly result: KeyCheck['result'];
  /** `cannot-tell`: the answer proves nothing about what the key cools for; it stays as it was. */
  readonly verdict: 'reactivated' | 'still-cooling' | 'cannot-tell';
}

/** One key as the UI may see it. */
export interface KeyView {
  readonly id: string;
  readonly label: string;
  /** `…a1b2`, or empty while the secret is not readable. */
  readonly fingerprint: string;
  readonly source: KeySource;
  /** Name of the variable the key came from, where it did. */
  readonly variable: string | null;
  readonly weight: number;
  /** Requests in any 60 s; 0: no limit. */
  readonly rpm: number;
  /** Tokens in any 60 s; 0: no limit. */
  readonly tpm: number;
  /** Requests that may be under way with it at once; 0: no limit. */
  readonly maxConcurrency: number;
  readonly enabled: boolean;
  readonly state: KeyStateName;
  /** Stable code of the last failure while cooling, else null. */
  readonly reason: string | null;
  /** The upstream's own words for it, or ours in English. */
  readonly message: string | null;
  /** Ours as data; absent where the message is a quotation. */
  readonly told?: Told | undefined;
  /** Upstream status behind the reason. */
  readonly status: number | null;
  /** What cools: the key alone, its account, or the provider with whatever key; null when not cooling. */
  readonly scope: Scope | null;
  /** Time left to cool, ms; 0 when not cooling. */
  readonly coolingFor: number;
  readonly consecutiveFailures: number;
  /** Unix ms. */
  readonly lastUsedAt: number | null;
  readonly lastFailedAt: number | null;
  readonly inFlight: number;
  /** Models this key alone cannot use right now. */
  readonly models: readonly {
    readonly model: string;
    readonly reason: string;
    readonly scope: Scope;
    readonly coolingFor: number;
  }[];
  /** What is left of its limits; empty where the provider does not tell. */
  readonly quota: readonly KeyQuota[];
  /** Name of its account as written here; null where none is. Keys of one account share limits and fate. */
  readonly account: string | null;
  /** Ids of the provider's other keys that belong to the same account: they share its limits and its fate. */
  readonly sharesAccountWith: readonly string[];
  /** Null until the background check has asked. */
  readonly probe: KeyProbe | null;
  /** True when an environment variable owns it: it is changed there, not here. */
  readonly locked: boolean;
}

/** One dialect that a provider is spoken to in. */
export interface EndpointView {
  readonly dialect: DialectId;
  readonly baseUrl: string;
  /** The address chat requests really go to; `MODEL` stands in it for the model. */
  readonly finalUrl: string;
}

/** One provider as the UI may see it. */
export interface ProviderView {
  readonly id: string;
  readonly name: string;
  readonly enabled: boolean;
  readonly builtIn: boolean;
  /** Requests of one of these dialects pass as they are, all others are translated to the first. */
  readonly endpoints: readonly [EndpointView, ...EndpointView[]];
  /** Address of the first of them. */
  readonly baseUrl: string;
  /** Requests may go to this machine and to private networks. */
  readonly allowsPrivateNetwork: boolean;
  readonly needsKey: boolean;
  readonly local: boolean;
  readonly demo: boolean;
  readonly signUpUrl: string | null;
  readonly keys: readonly KeyView[];
  /** In which order the keys are tried. */
  readonly strategy: KeyStrategy;
  /** Number of models known, null while the list is unknown. */
  readonly modelCount: number | null;
  /** Why the provider cannot be used right now, null when it can. */
  readonly problem: string | null;
}

/** A built-in provider that can be added. */
export interface ProviderTemplate {
  readonly id: string;
  readonly name: string;
  /** Their addresses are empty where the user must give one. */
  readonly endpoints: readonly [EndpointView, ...EndpointView[]];
  /** How the address looks that the user must give; null where it is known. */
  readonly addressExample: string | null;
  readonly needsKey: boolean;
  readonly local: boolean;
  readonly signUpUrl: string | null;
}

/** What a check of a key found; it costs no tokens. */
export interface KeyCheck {
  readonly result:
    /** The provider took the key. */
    | 'works'
    /** The provider refused it. */
    | 'refused'
    /** The provider takes it, but has no credit or quota left for it. */
    | 'exhausted'
    /** The provider limits it right now, which says nothing about the key itself. */
    | 'limited'
    /** No answer, or none of the provider's own. */
    | 'unreachable'
    /** The answer proves nothing: the provider has no call that would without cost, or that call failed. */
    | 'cannot-tell';
  readonly status: number | null;
  /** The provider's own words, or what broke on the way; null where the result says it all. */
  readonly message: string | null;
  /** The latter as data; absent where the message is a quotation. */
  readonly told?: Told | undefined;
  /** ms the answer took. */
  readonly took: number;
  /** What is left of the key's credit, where the provider tells it in figures. */
  readonly left?: Pick<KeyQuota, 'name' | 'limit' | 'remaining'>;
}

/** What a test of a model found: one real streamed request of at most 16 tokens. */
export interface ModelTest {
  readonly ok: boolean;
  readonly requestId: string | null;
  readonly model: string;
  readonly status: number | null;
  /** What the model wrote. */
  readonly text: string;
  readonly keyFingerprint: string | null;
  /** ms since the request was sent. */
  readonly firstContentAt: number | null;
  readonly doneAt: number;
  readonly error: ChatError | null;
}

/** What was removed, and for a minute how to put it back; null where the file's form does not let it. */
export interface Removal {
  readonly undo: string | null;
}

/** How a key that was just added is kept, for the answer and the UI to say so. */
export type KeyStorage = 'stored' | 'memory';

const secret = z.string().check(z.minLength(1, SAID.noKey.text), z.maxLength(16_384, SAID.longKey.text));
const provider = identifier;
/** Keys of one provider that an act is meant for. */
const several = z.array(identifier).check(z.minLength(1), z.maxLength(1_000));
/** 0: no limit. */
const perMinute = z.int().check(z.nonnegative(), z.maximum(1_000_000_000));

export const providerProcedures = {
  'providers.list': define(nothing).returns<readonly ProviderView[]>(),
  'providers.templates': define(nothing).returns<readonly ProviderTemplate[]>(),
  'providers.add': define(
    z.strictObject({
      id: identifier,
      name: z.optional(z.string().check(z.minLength(1), z.maxLength(60))),
      /** Absent: all that a built-in provider speaks, OpenAI's chat for any other. */
      dialect: z.optional(z.enum(DIALECTS)),
      /** As the dialect's SDK takes it, or with the path of the call behind it. */
      baseUrl: z.optional(baseUrl),
      allowPrivateNetwork: z.optional(z.boolean()),
    }),
  ).returns<ProviderView>(),
  'providers.update': define(
    z.strictObject({
      id: provider,
      enabled: z.optional(z.boolean()),
      name: z.optional(z.string().check(z.minLength(1), z.maxLength(60))),
      /** Changing it clears the provider's stored keys. */
      baseUrl: z.optional(baseUrl),
      allowPrivateNetwork: z.optional(z.boolean()),
      strategy: z.optional(z.enum(KEY_STRATEGIES)),
    }),
  ).returns<ProviderView>(),
  'providers.remove': define(z.strictObject({ id: provider })).returns<Removal>(),
  /** Puts back what was removed within the last minute, secrets too. */
  'providers.restore': define(z.strictObject({ undo: z.string().check(z.maxLength(64)) })).returns<null>(),
  /**
   * The order of the providers: a model's bare name goes to the first of them that lists it. Those not named come
   * last, as they stand.
   */
  'providers.arrange': define(
    z.strictObject({ ids: z.array(provider).check(z.minLength(1), z.maxLength(10_000)) }),
  ).returns<null>(),
  /** A second provider with the same settings at the same address, right behind the first, without its keys. */
  'providers.duplicate': define(z.strictObject({ id: provider })).returns<ProviderView>(),
  'keys.add': define(
    z.strictObject({
      provider,
      value: secret,
      label: z._default(z.string().check(z.maxLength(80)), ''),
      weight: z._default(z.number().check(z.positive(), z.maximum(1_000)), 1),
      rpm: z._default(perMinute, 0),
      tpm: z._default(perMinute, 0),
      maxConcurrency: z._default(z.int().check(z.nonnegative(), z.maximum(10_000)), 0),
      account: z.optional(identifier),
    }),
  ).returns<{ readonly key: KeyView; readonly storage: KeyStorage }>(),
  'keys.update': define(
    z.strictObject({
      provider,
      id: identifier,
      label: z.optional(z.string().check(z.maxLength(80))),
      weight: z.optional(z.number().check(z.positive(), z.maximum(1_000))),
      rpm: z.optional(perMinute),
      tpm: z.optional(perMinute),
      maxConcurrency: z.optional(z.int().check(z.nonnegative(), z.maximum(10_000))),
      /** Null: it has none of its own any more. */
      account: z.optional(z.nullable(identifier)),
      enabled: z.optional(z.boolean()),
    }),
  ).returns<KeyView>(),
  /** Proves a key with an authenticated call that costs nothing; changes no state. */
  'keys.check': define(z.strictObject({ provider, id: identifier })).returns<KeyCheck>(),
  /** Sends one real request of at most 16 tokens; it stands in the log like any other. */
  'providers.test': define(
    z.strictObject({ provider, model: z.string().check(z.minLength(1), z.maxLength(200)) }),
  )
    .tells<{ readonly text: string }>()
    .returns<ModelTest>(),
  'keys.remove': define(z.strictObject({ provider, id: identifier })).returns<Removal>(),
  /** All or none. */
  'keys.removeSeveral': define(z.strictObject({ provider, ids: several })).returns<Removal>(),
  /** All or none; one change of the file. */
  'keys.enableSeveral': define(
    z.strictObject({ provider, ids: several, enabled: z.boolean() }),
  ).returns<null>(),
  /** Ends cool-downs: of one key, of one provider, or of all. */
  'keys.clear': define(
    z.strictObject({ provider: z.optional(provider), id: z.optional(identifier) }),
  ).returns<{ readonly cleared: number }>(),
};
