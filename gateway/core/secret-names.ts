/**
 * Whether what a header or a parameter of an address is called says that it holds a credential. Many services have
 * names of their own for theirs, so words in the name decide, and names that hold no credential are spared by name.
 */

const SECRET =
  /auth|key|token|secret|cookie|session|credential|signature|passw|passphrase|subscription|jwt|(?:^|-)sig(?:$|-)/;

/** Ids, counts and positions that have such a word in their name; they are needed to read a log. */
const SPARED =
  /session-(?:id|affinity|name|path)$|(?:vscode-sessionid|opencode-session)$|first-token|token-usage|tokeni[sz]\w*|tokens(?=$|-)|portkey|(?:sort|partition|surrogate)-key$|key-(?:spend|[rt]pm-limit)$|oauth-scopes$|authenticated-user|after-token$|token-(?:count|limit|budget)|(?:page|next|continuation|sync)-token$|idempotency-key$|sec-websocket-key$|cache-key$|(?:www|proxy)-authenticate$|^access-control-.*|author(?=$|-|ity|s)|(?:mon|hot|tur|don)key|key(?:word|board)/g;

/** The same few names come with every request; who sends many others only empties the memory. */
const MOST_KEPT = 1_000;
const LONGEST_KEPT = 100;
const verdicts = new Map<string, boolean>();

/** @param name in whatever case and spelling: `X-Api-Key`, `api_key`, `accessToken` */
export function isSecretName(name: string): boolean {
  const known = verdicts.get(name);
  if (known !== undefined) return known;
  const verdict = judge(name);
  if (name.length > LONGEST_KEPT) return verdict;
  if (verdicts.size >= MOST_KEPT) verdicts.clear();
  verdicts.set(name, verdict);
  return verdict;
}

function judge(name: string): boolean {
  const words = name
    .replaceAll(/([a-z])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-');
  return SECRET.test(words.replaceAll(SPARED, ' '));
}
