/** A provider as it is used right now: its definition with the user's configuration and secrets applied. */
import type { Dialect } from './dialect.ts';
import type { ModelFacts } from './model-facts.ts';
import type { DialectId } from '../../contract/config/provider.ts';
import type { AuthStyle, ProviderDefinition } from './provider.ts';

/** Time-outs of one attempt, ms. */
export interface AttemptTimeouts {
  readonly connect: number;
  /** From the moment the request is on its way to the first content of a stream. */
  readonly firstContent: number;
  /** Between two events of a stream; comments do not count. */
  readonly idle: number;
  /** The whole attempt when it is not streamed: the time a complete answer may take. */
  readonly answer: number;
  /** The whole attempt, streamed or not. */
  readonly total: number;
}

export interface RuntimeKey {
  readonly id: string;
  /** Null where the provider needs none. */
  readonly secret: string | null;
  /** `…a1b2`; null without a secret. */
  readonly fingerprint: string | null;
  readonly maxConcurrency: number;
  /** Requests and tokens in any 60 s; 0: no limit. */
  readonly rpm: number;
  readonly tpm: number;
}

/** One dialect of a provider, ready to be called. */
export interface RuntimeEndpoint {
  readonly dialect: Dialect;
  /** Address in force, without a slash at its end. */
  readonly baseUrl: string;
  readonly auth: AuthStyle;
  readonly countsTokens: boolean;
  /** Headers of every request, the credential not among them. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface RuntimeProvider {
  readonly id: string;
  readonly name: string;
  readonly definition: ProviderDefinition;
  /** The dialects it speaks; the first is the one that others are translated to. */
  readonly endpoints: readonly [RuntimeEndpoint, ...RuntimeEndpoint[]];
  /** The client's own dialect where it is among them. */
  readonly endpointFor: (client: DialectId | null) => RuntimeEndpoint;
  /** The id of its list that a name means; the name itself where it has none. */
  readonly listedAs: (model: string) => string;
  /** What its list says of a model, by whichever name; empty where it says nothing. */
  readonly factsOf: (model: string) => Partial<ModelFacts>;
  /** Full address of the model list; null where there is none. */
  readonly modelsUrl: string | null;
  readonly timeouts: AttemptTimeouts;
  readonly proxy: string;
  readonly noProxy: readonly string[];
  readonly allowPrivateNetwork: boolean;
  /** Ask for usage on streams whose client did not say. */
  readonly requestUsage: boolean;
  /** Leave out what a model was found not to take. */
  readonly repairsParameters: boolean;
  readonly maxConcurrency: number;
  readonly keys: ReadonlyMap<string, RuntimeKey>;
  readonly demo: boolean;
}
