/** What an address of an upstream means, while it is being typed. */
import { baseUrlProblem } from '../../../contract/config/values.ts';
import type { DialectId } from '../../../contract/config/provider.ts';

/** What each dialect adds to its base address for a chat request. */
const CHAT_PATHS: Readonly<Record<DialectId, string>> = { 'openai-chat': '/chat/completions' };

export interface TypedAddress {
  /** Key of a message in `providers.address`; null when the address can be used. */
  readonly problem: 'scheme' | 'form' | null;
  /** Where chat requests would go; empty while the address cannot be used. */
  readonly finalUrl: string;
  /** True for this machine and private networks, which must be allowed by hand. */
  readonly private: boolean;
}

export function readAddress(text: string, dialect: DialectId): TypedAddress {
  const address = text.trim();
  if (baseUrlProblem(address) !== undefined) {
    return { problem: /^https?:\/\//i.test(address) ? 'form' : 'scheme', finalUrl: '', private: false };
  }
  return {
    problem: null,
    finalUrl: address.replace(/\/+$/, '') + CHAT_PATHS[dialect],
    private: URL.canParse(address) && isPrivateHost(new URL(address).hostname),
  };
}

/** Loopback, private and link-local addresses, and names that only a local network knows. */
export function isPrivateHost(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  if (/^\d+(?:\.\d+){3}$/.test(host)) {
    return /^(?:127|10|0)\.|^192\.168\.|^169\.254\.|^172\.(?:1[6-9]|2\d|3[01])\./.test(host);
  }
  if (host.includes(':')) return host === '::1' || host === '::' || /^f[cd]|^fe[89ab]|^::ffff:/.test(host);
  return !host.includes('.') || /\.(?:local|lan|internal|localhost|home\.arpa)$/.test(host);
}
