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
/** Letters and at least three digits in one long word: models, paths and dates have shorter ones. */
const RANDOM = /(?<![A-Za-z0-9•])(?=\d*[A-Za-z])(?=(?:[A-Za-z]*\d){3})[A-Za-z0-9]{20,}/g;

const SCHEME = /\b(bearer|basic)([ \t]+)([\w.~+/=-]{6,})/gi;
const ACCOUNT = /(:\/\/)[^\s/@"':]+:[^\s/@"']+@/g;
const IN_ADDRESS = /([?&](?:key|api_?key|access_token|token)=)[^&\s"'\\#]+/gi;

/** What the name of a secret ends with; looked for from the beginning of a name alone, which keeps long words cheap. */
const NAME =
  '(?:(?<![\\w.-])[\\w.-]*(?:(?:api|access|secret|private|client|service|subscription|account|master)[_-]?keys?|token|secret|passw(?:or)?d|passphrase|[_-]pwd|authorization|credentials?|cookie|[_-]key)|\\bkey)';
const ONE = `"(?:[^"\\\\\\r\\n]|\\\\.)*"|'[^'\\r\\n]*'|(?![[{|>])[^\\s"',#}\\]\\\\]+`;
/** `"api_key": "…"`, `FOO_TOKEN=…`, `password: …`, `x-api-key: …`; the value with or without quotes. */
const NAMED = new RegExp(`(${NAME}["']?[ \\t]*[:=][ \\t]*)(${ONE})`, 'gi');
/** `api_keys: ["…", "…"]`, in one line or several. */
const LISTED = new RegExp(`(${NAME}["']?[ \\t]*[:=][ \\t]*\\[)([^\\][{}]{0,10000})(?=\\])`, 'gi');
/** YAML with the value in the lines below: folded, or a list. */
const BELOW = new RegExp(
  `^[ \\t]*((?:- )?["']?${NAME}["']?:[ \\t]*(?:[|>][-+\\d]*)?[ \\t]*(?:#.*)?)\\r?$`,
  'i',
);
/** Characters of a line with such a name and nothing else. */
const LONGEST_HEAD = 300;
const ITEM = new RegExp(ONE, 'g');

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
  const named = sure
    .replace(LOOKS, masked)
    .replace(ACCOUNT, `$1${DOTS}@`)
    .replace(IN_ADDRESS, `$1${DOTS}`)
    .replace(
      SCHEME,
      (_, scheme: string, space: string, secret: string) => `${scheme}${space}${masked(secret)}`,
    )
    .replace(
      LISTED,
      (_, name: string, items: string) => `${name}${items.replace(ITEM, (item) => maskedValue(name, item))}`,
    )
    .replace(NAMED, (_, name: string, value: string) => `${name}${maskedValue(name, value)}`);
  return maskBelow(named).replace(RANDOM, masked);
}

function maskedValue(name: string, value: string): string {
  const quote = /^["']/.exec(value)?.[0] ?? '';
  const inner = quote === '' ? value : value.slice(1, -1);
  return inner.includes(DOTS) || isPlain(name, inner) ? value : `${quote}${masked(inner)}${quote}`;
}

function maskBelow(text: string): string {
  let under: { readonly indent: number; readonly name: string } | null = null;
  return text
    .split('\n')
    .map((line) => {
      const [start = '', indent = '', dash = ''] = /^([ \t]*)((?:- +)?)/.exec(line) ?? [];
      const value = line.slice(start.length).trimEnd();
      const depth = indent.length + (dash === '' ? 0 : 1);
      if (under !== null && depth > under.indent) {
        const end = line.slice(start.length + value.length);
        return `${start}${value === '' ? '' : maskedValue(under.name, value)}${end}`;
      }
      const name = line.length > LONGEST_HEAD ? undefined : BELOW.exec(line)?.[1];
      if (name !== undefined) under = { indent: indent.length, name };
      else if (value !== '') under = null;
      return line;
    })
    .join('\n');
}

function isPlain(name: string, value: string): boolean {
  if (/passw/i.test(name)) return value === '' || value.startsWith('$');
  return NO_SECRET.test(value) || (/^key\b/i.test(name) && !LOOKS_RANDOM.test(value));
}
