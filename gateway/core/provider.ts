/** What a provider is: data, not code. Definitions live in `gateway/providers/<id>/`. */
import type { DialectId } from '../../contract/config/provider.ts';

export type AuthStyle = 'bearer' | 'none' | 'optional-bearer';

/** What a provider says of a key that it takes. */
export interface KeyAccount {
  /** No credit or quota is left for it. */
  readonly exhausted: boolean;
  /** The figures behind it, in the provider's terms; null where there are none. */
  readonly message: string | null;
}

/** A GET below the base address that tells about the key. */
export interface AccountCall {
  readonly path: string;
  /** Reads its answer; undefined for what is not such an answer. */
  readonly read: (answer: unknown) => KeyAccount | undefined;
}

/**
 * The call that proves a key without cost.
 * - `guarded-list`: the model list, which only a good key may read
 * - `open-list`: the model list, which may be open to anybody; that shows when it is asked without a key
 */
export type KeyProof = 'guarded-list' | 'open-list' | AccountCall;

export interface ProviderDefinition {
  readonly id: string;
  readonly name: string;
  readonly dialect: DialectId;
  /** Address as the dialect's official SDK takes it; empty where the user must give one. */
  readonly baseUrl: string;
  readonly auth: AuthStyle;
  /** Runs on the user's own machine or network: longer first-content time-out, private addresses allowed. */
  readonly local: boolean;
  readonly signUpUrl: string | null;
  /** Path of the model list below the base address. */
  readonly modelsPath: string;
  /** How the model list wants its key, where that differs from chat requests. */
  readonly modelsAuth: 'bearer' | 'x-api-key';
  readonly keyProof: KeyProof;
  /** Understands `stream_options: {include_usage: true}` on streams. */
  readonly usageOnRequest: boolean;
  /** Variables whose value is a key, in order of preference; the first is the one to name in messages. */
  readonly keyVariables: readonly string[];
  /** Variables that hold several keys, as `gateway/config/key-list.ts` reads them. */
  readonly keyListVariables?: readonly string[];
  /** Headers sent with every request to this provider. */
  readonly headers: Readonly<Record<string, string>>;
}
