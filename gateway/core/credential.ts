/** How a secret travels to an upstream: the one place that knows the header of each style. */
import type { AuthStyle } from './provider.ts';

const HEADERS: Readonly<Record<AuthStyle, (secret: string) => Readonly<Record<string, string>>>> = {
  bearer: (secret) => ({ authorization: `Bearer ${secret}` }),
  'x-api-key': (secret) => ({ 'x-api-key': secret }),
  'x-goog-api-key': (secret) => ({ 'x-goog-api-key': secret }),
  'api-key': (secret) => ({ 'api-key': secret }),
};

/** The header, its name in small letters. */
export function credentialHeader(auth: AuthStyle, secret: string): Readonly<Record<string, string>> {
  return HEADERS[auth](secret);
}
