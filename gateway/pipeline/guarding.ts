/** What the user does not let out: requests that are too long, or hold what must not leave this machine. */
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import { remark } from '../../contract/rpc/remarks/remark.ts';
import { promptText } from '../core/canonical/prompt-text.ts';
import type { CanonicalRequest, Warn } from '../core/canonical/request.ts';
import { GatewayError } from '../core/errors.ts';
import { toldError } from '../core/told-error.ts';
import type { ProblemSaying } from '../../contract/rpc/problem-sayings.ts';
import type { Clock } from '../core/ports.ts';
import { bodyTexts } from '../guards/body-texts.ts';
import { queryLength } from '../guards/length.ts';
import { maskedBody, type MaskText } from '../guards/mask-body.ts';
import type { FoundPattern, SensitivePatterns } from '../guards/patterns.ts';

/** Of one configuration; null where nothing is guarded. */
export interface Guards {
  /** Characters of the user's last turn; 0: any number. */
  readonly longest: number;
  readonly patterns: SensitivePatterns;
}

export interface GuardPorts {
  readonly clock: Clock;
  readonly snapshot: () => { readonly guards: Guards | null };
}

/** Searching goes on for this long before others get their turn, ms. */
const SLICE = 5;
/** A request that takes longer to be looked through is refused unchecked, ms. */
const LONGEST_SEARCH = 10_000;

/** The request that is looked into. */
export interface Guarded {
  readonly body: Uint8Array;
  readonly warn: Warn;
  /** The log keeps this body instead of the one that came. */
  readonly masked: (body: Uint8Array) => void;
}

/** How a body is looked through. */
export interface Contents {
  /** All it says; texts may come twice. @throws GatewayError where it cannot be read */
  readonly texts: (body: Uint8Array) => Iterable<string>;
  /** @returns the very same bytes where nothing is masked */
  readonly mask: (body: Uint8Array, mask: MaskText) => Generator<undefined, Uint8Array>;
}

/**
 * @param read a body as a request, decoded only where something is guarded; what cannot be read is refused
 * @returns the body to go on with, where something in it was masked; null where it is fine as it is
 * @throws GatewayError `query_too_long`, `content_blocked`; whatever `read` throws
 */
export async function guardChat(
  guarded: Guarded,
  read: (body: Uint8Array) => CanonicalRequest,
  ports: GuardPorts,
): Promise<Uint8Array | null> {
  const { guards } = ports.snapshot();
  if (guards === null) return null;
  const { longest, patterns } = guards;
  hide(guarded, patterns);
  const tooLong = longest > 0 && queryLength(read(guarded.body), longest) > longest;
  // What is masked is kept by no log, not even where the request is refused for something else.
  if (tooLong && !patterns.mask) throw queryTooLong(longest);
  const masked = await look(guarded, patterns, chatContents(read), ports);
  if (tooLong) throw queryTooLong(longest);
  return masked;
}

/** What would be done with a request: nothing is changed, and a refusal is told, not thrown. */
export async function tryGuards(
  body: Uint8Array,
  read: (body: Uint8Array) => CanonicalRequest,
  ports: GuardPorts,
): Promise<{ readonly found: readonly FoundPattern[]; readonly error: GatewayError | undefined }> {
  const { guards } = ports.snapshot();
  let found: readonly FoundPattern[] = [];
  if (guards === null) return { found, error: undefined };
  try {
    found = await inSlices(guards.patterns.search(chatContents(read).texts(body)), ports);
    await guardChat({ body, warn: () => undefined, masked: () => undefined }, read, ports);
    return { found, error: undefined };
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    return { found, error };
  }
}

const NOTHING = new Uint8Array(0);

/** Until it is known what has to be masked, and where that never comes out, the log keeps none of it. */
function hide({ masked }: Guarded, patterns: SensitivePatterns): void {
  if (patterns.mask) masked(NOTHING);
}

/** The same for a call that is no chat. */
export async function guardTexts(
  guarded: Guarded,
  contents: Contents,
  ports: GuardPorts,
): Promise<Uint8Array | null> {
  const { guards } = ports.snapshot();
  if (guards === null) return null;
  hide(guarded, guards.patterns);
  return look(guarded, guards.patterns, contents, ports);
}

/**
 * What stands in a chat's body, also where its format is not known here, and what only shows once it is read: files
 * that are texts, items it refers to, definitions as models get them.
 */
const chatContents = (read: (body: Uint8Array) => CanonicalRequest): Contents => ({
  *texts(body) {
    const request = read(body);
    const seen = new Set<string>();
    for (const text of bodyTexts(body)) {
      if (!seen.has(text)) yield text;
      seen.add(text);
    }
    for (const text of textsOf(request)) if (!seen.has(text)) yield text;
  },
  mask: maskedBody,
});

/** What a chat says, the thoughts of earlier turns included. */
function textsOf(request: CanonicalRequest): readonly string[] {
  const thoughts = request.turns.flatMap(({ parts }) =>
    [...parts].flatMap((part) => (part.kind === 'reasoning' ? [part.text] : [])),
  );
  return [...promptText(request).texts, ...thoughts];
}

/** A masked body is looked through once more: what still stands there cannot be masked. */
async function look(
  { body, warn, masked }: Guarded,
  patterns: SensitivePatterns,
  { texts, mask }: Contents,
  ports: GuardPorts,
): Promise<Uint8Array | null> {
  if (patterns.count === 0) return null;
  const search = (bytes: Uint8Array): Promise<readonly FoundPattern[]> =>
    inSlices(patterns.search(texts(bytes)), ports);
  const found = await search(body);
  const first = found.find(masking);
  const fit = first === undefined ? body : await inSlices(mask(body, patterns.masked), ports);
  const left = fit === body ? first : (await search(fit)).find(masking);
  if (patterns.mask) masked(left === undefined ? fit : NOTHING);
  const refusing = found.find(({ action }) => action === 'reject');
  if (refusing !== undefined) throw blocked(refusing);
  if (left !== undefined) throw unmaskable(left);
  for (const one of found) warn(noted(one));
  return fit === body ? null : fit;
}

const masking = ({ action }: FoundPattern): boolean => action === 'mask';

/** To its end, with turns for others. */
async function inSlices<Result>(
  going: Generator<undefined, Result>,
  { clock }: Pick<GuardPorts, 'clock'>,
): Promise<Result> {
  const started = clock.monotonic();
  let begun = started;
  for (let turn = going.next(); ; turn = going.next()) {
    if (turn.done === true) return turn.value;
    if (clock.monotonic() - begun <= SLICE) continue;
    await new Promise(setImmediate);
    begun = clock.monotonic();
    if (begun - started > LONGEST_SEARCH) throw tooLong();
  }
}

// What was found is not repeated: errors and warnings end up in logs and on screens.
const called = ({ number, name }: FoundPattern): string =>
  `pattern ${number} of guards.sensitive_patterns${name === null ? '' : ` (${name})`}`;

/** A pattern has a name or a number alone. */
const sayingOf = (
  { number, name }: FoundPattern,
  saying: 'pattern-blocks' | 'pattern-cannot-mask',
): [ProblemSaying, Told['values']] =>
  name === null ? [saying, { number }] : [`${saying}-named`, { number, name }];

const blocked = (found: FoundPattern): GatewayError =>
  toldError(
    'content_blocked',
    `The request holds what ${called(found)} keeps in, so it was sent to nobody. Remove it, or change the pattern.`,
    ...sayingOf(found, 'pattern-blocks'),
  );

const unmaskable = (found: FoundPattern): GatewayError =>
  toldError(
    'content_blocked',
    `The request holds what ${called(found)} masks in a place where nothing can be masked (a name, a file), so it was sent to nobody.`,
    ...sayingOf(found, 'pattern-cannot-mask'),
  );

function noted({ number, name, action }: FoundPattern): Told {
  const masked = action === 'mask';
  return name === null
    ? remark(masked ? 'pattern-masked' : 'pattern-seen', { number })
    : remark(masked ? 'named-pattern-masked' : 'named-pattern-seen', { number, name });
}

const queryTooLong = (longest: number): GatewayError =>
  toldError(
    'query_too_long',
    `The last message is longer than the ${longest} characters that guards.max_query_length allows. Send less, or raise the limit.`,
    'query-long',
    { limitCount: longest },
  );

const tooLong = (): GatewayError =>
  toldError(
    'content_blocked',
    `The request could not be looked through for guards.sensitive_patterns within ${LONGEST_SEARCH / 1_000} s, so it was sent to nobody. Send less, or simplify the patterns.`,
    'patterns-slow',
    { seconds: LONGEST_SEARCH / 1_000 },
  );
