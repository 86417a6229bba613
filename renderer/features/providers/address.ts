/** What an address of an upstream means, while it is being typed. */
import { baseOfPasted, isExact } from '../../../contract/config/pasted-address.ts';
import { baseUrlProblem } from '../../../contract/config/values.ts';
import type { DialectId } from '../../../contract/config/provider.ts';

/** Where each dialect sends chat requests; `MODEL` stands for the model where the address names it. */
const CHAT_URLS: Readonly<Record<DialectId, (base: string) => string>> = {
  'openai-chat': (base) => `${base}/chat/completions`,
  'openai-responses': (base) => `${base}/responses`,
  // These two SDKs add the version by themselves; an address that has it already is understood too.
  'anthropic-messages': (base) => `${base.replace(/\/v1$/, '')}/v1/messages`,
  gemini: (base) =>
    `${hasVersion(base) ? base : `${base}/v1beta`}/models/MODEL:streamGenerateContent?alt=sse`,
};

const hasVersion = (base: string): boolean =>
  /\/v\d[a-z0-9]*(?:\/|$)/.test(base.replace(/^[a-z]+:\/\/[^/]*/i, ''));

export interface TypedAddress {
  /** Key of a message in `providers.address`; null when the address can be used. */
  readonly problem: 'scheme' | 'form' | 'exactGemini' | null;
  /** Where chat requests would go; empty while the address cannot be used. */
  readonly finalUrl: string;
  /** True for this machine and private networks, which must be allowed by hand. */
  readonly private: boolean;
  /** True where keys and prompts would cross other people's networks unencrypted. */
  readonly plain: boolean;
  /** True for an address that ends in `#`: nothing is added to it. */
  readonly exact: boolean;
}

const UNUSABLE = { finalUrl: '', private: false, plain: false, exact: false };

export function readAddress(text: string, dialect: DialectId): TypedAddress {
  const typed = text.trim();
  if (baseUrlProblem(typed) !== undefined) {
    return { ...UNUSABLE, problem: /^https?:\/\//i.test(typed) ? 'form' : 'scheme' };
  }
  const address = baseOfPasted(typed, [dialect]);
  const exact = isExact(address);
  // Gemini names the model in the address.
  if (exact && dialect === 'gemini') return { ...UNUSABLE, problem: 'exactGemini' };
  const url = URL.canParse(address) ? new URL(address) : null;
  const isPrivate = url !== null && isPrivateHost(url.hostname);
  return {
    problem: null,
    finalUrl: exact ? address.slice(0, -1) : CHAT_URLS[dialect](address),
    private: isPrivate,
    plain: url?.protocol === 'http:' && !isPrivate,
    exact,
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
