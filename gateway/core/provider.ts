/** What a provider is: data, not code. Definitions live in `gateway/providers/<id>/`. */
import type { DialectId } from '../../contract/config/provider.ts';

export type AuthStyle = 'bearer' | 'none' | 'optional-bearer';

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
  /** Understands `stream_options: {include_usage: true}` on streams. */
  readonly usageOnRequest: boolean;
  /** Variables whose value is a key, in order of preference; the first is the one to name in messages. */
  readonly keyVariables: readonly string[];
  /** Headers sent with every request to this provider. */
  readonly headers: Readonly<Record<string, string>>;
}
