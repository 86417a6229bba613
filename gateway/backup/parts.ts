/** What of a data folder belongs into a back-up, by the names its parts have there. */

/** The configuration, wherever its file lies. */
export const CONFIG = 'config.yaml';
export const LOG = 'log.db';
/** Values of keys by `<provider>/<key id>`, as JSON; only under a passphrase. */
export const SECRETS = 'secrets.json';

/**
 * Always in it, where they are there. Each is replaced as a whole by its owner, so a copy of it is consistent.
 * `quota.json` is not among them: a restore would put what providers told then in the place of what they told last.
 */
export const STATE_FILES = [
  'budgets.json',
  'health.json',
  'hits.json',
  'presets.json',
  'prices.json',
  'views.json',
] as const;

/** Grows at its end only, and a line that is cut off is passed over: history, like the log. */
export const SIGNATURES = 'signatures.jsonl';
/** Conversations of the playground, a file each: history too. */
export const CONVERSATIONS = 'conversations';
/** What was attached to them, by the hash of its bytes. */
export const CHAT_FILES = `${CONVERSATIONS}/files`;

/** What SQLite keeps beside a database belongs to it alone. */
export const LOG_SIDES = ['log.db-wal', 'log.db-shm'] as const;

/**
 * Name in the data folder of the copy of the log that a back-up is made from. It is not sealed: it never lies where
 * back-ups do, since those folders are shared and synchronised.
 */
export const LOG_COPY = 'backup.log.db';

const CONVERSATION = /^conversations\/[\w-]{1,100}\.json$/;
const CHAT_FILE = /^conversations\/files\/[0-9a-f]{64}$/;
const KNOWN: ReadonlySet<string> = new Set([CONFIG, LOG, SECRETS, SIGNATURES, ...STATE_FILES]);

/** Whether this version knows what to do with a part; no other name ever becomes a path. */
export const isKnownPart = (name: string): boolean =>
  KNOWN.has(name) || CONVERSATION.test(name) || CHAT_FILE.test(name);

export const isChatFile = (file: string): boolean => CHAT_FILE.test(`${CHAT_FILES}/${file}`);

export const isConversationFile = (file: string): boolean => CONVERSATION.test(`${CONVERSATIONS}/${file}`);
