/** Takes keys out of settings before they are shown: by the names of their fields and by their looks. Pure. */

const DOTS = '••••';
/** Shorter values are words (`local`, `none`). */
const SHORTEST_KNOWN = 6;

/** `sk-••••a1b2`; of a short one nothing. */
export function masked(secret: string): string {
  if (secret.length < 12) return DOTS;
  const kind = /^[A-Za-z]{2,5}[-_]/.exec(secret)?.[0] ?? '';
  return `${kind}${DOTS}${secret.slice(-4)}`;
}

/** Keys of vendors, and signed tokens. */
const LOOKS =
  /\b(?:(?:sk|sy|pk|rk|gsk|xai|hf|ghp|gho|ghu|ghs|csk|fw|r8|pplx|nvapi|tgp|glpat)[-_][\w-]{8,}|github_pat_\w{20,}|AIza[\w-]{16,}|AKIA[A-Z0-9]{12,}|eyJ[\w-]{8,}\.[\w-]+\.[\w-]*)/g;

const SCHEME = /\b(bearer|basic)([ \t]+)([\w.~+/=-]{6,})/gi;
const ACCOUNT = /(:\/\/)[^\s/@"':]+:[^\s/@"']+@/g;
const IN_ADDRESS = /([?&](?:key|api_?key|access_token|token)=)[^&\s"'\\#]+/gi;

/** `"api_key": "…"`, `FOO_TOKEN=…`, `password: …`, `x-api-key: …`; the value with or without quotes. */
const NAMED =
  /((?:[\w.-]*(?:api[_-]?keys?|token|secret|passw(?:or)?d|authorization|credentials?|cookie|[_-]key)|\bkey)["']?[ \t]*[:=][ \t]*)("(?:[^"\\\r\n]|\\.)*"|'[^'\r\n]*'|[^\s"',#}\]\\]+)/gi;

/** References, switches and small numbers are no secrets, nor are names of variables. */
const NO_SECRET =
  /^(?:|local|true|false|null|none|bearer|basic|\d{1,6}|\$.*|\{(?:env|file):.*|[A-Z][A-Z0-9]*_[A-Z0-9_]*)$/i;
/** A field named `key` alone may hold a key of the keyboard. */
const LOOKS_RANDOM = /^(?=.*\d)[\w-]{16,}$/;

/** @param known values that are secrets whatever they look like */
export function maskText(text: string, known: readonly string[] = []): string {
  const sure = known
    .filter((secret) => secret.length >= SHORTEST_KNOWN)
    .toSorted((left, right) => right.length - left.length)
    .reduce((rest, secret) => rest.replaceAll(secret, masked(secret)), text);
  return sure
    .replace(LOOKS, masked)
    .replace(ACCOUNT, `$1${DOTS}@`)
    .replace(IN_ADDRESS, `$1${DOTS}`)
    .replace(
      SCHEME,
      (_, scheme: string, space: string, secret: string) => `${scheme}${space}${masked(secret)}`,
    )
    .replace(NAMED, (whole, name: string, value: string) => {
      const quote = /^["']/.exec(value)?.[0] ?? '';
      const inner = quote === '' ? value : value.slice(1, -1);
      if (inner.includes(DOTS) || isPlain(name, inner)) return whole;
      return `${name}${quote}${masked(inner)}${quote}`;
    });
}

function isPlain(name: string, value: string): boolean {
  if (/passw/i.test(name)) return value === '' || value.startsWith('$');
  return NO_SECRET.test(value) || (/^key\b/i.test(name) && !LOOKS_RANDOM.test(value));
}
