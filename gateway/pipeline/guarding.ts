/** What the user does not let out: requests that are too long, or hold what must not leave this machine. */
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import { remark } from '../../contract/rpc/remarks/remark.ts';
import { promptText } from '../core/canonical/prompt-text.ts';
import type { CanonicalRequest, Warn } from '../core/canonical/request.ts';
import { GatewayError } from '../core/errors.ts';
import { toldError } from '../core/told-error.ts';
import type { ProblemSaying } from '../../contract/rpc/problem-sayings.ts';
import { isArray, isObject } from '../core/json.ts';
import type { Clock } from '../core/ports.ts';
import { queryLength } from '../guards/length.ts';
import { maskedBody } from '../guards/mask-body.ts';
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

/**
 * @param read the request, decoded only where something is guarded; a request that cannot be read is refused
 * @returns the body to go on with, where something in it was masked; null where it is fine as it is
 * @throws GatewayError `query_too_long`, `content_blocked`; whatever `read` throws
 */
export async function guardChat(
  guarded: Guarded,
  read: () => CanonicalRequest,
  ports: GuardPorts,
): Promise<Uint8Array | null> {
  const { guards } = ports.snapshot();
  if (guards === null) return null;
  const request = read();
  const { longest, patterns } = guards;
  const tooLong = longest > 0 && queryLength(request, longest) > longest;
  // What is masked is kept by no log, not even where the request is refused for something else.
  if (tooLong && !patterns.mask) throw queryTooLong(longest);
  const masked = patterns.count === 0 ? null : await look(guarded, patterns, textsOf(request), ports);
  if (tooLong) throw queryTooLong(longest);
  return masked;
}

/** What would be done with a request: nothing is changed, and a refusal is told, not thrown. */
export async function tryGuards(
  body: Uint8Array,
  read: () => CanonicalRequest,
  ports: GuardPorts,
): Promise<{ readonly found: readonly FoundPattern[]; readonly error: GatewayError | undefined }> {
  const { guards } = ports.snapshot();
  let found: readonly FoundPattern[] = [];
  if (guards === null) return { found, error: undefined };
  try {
    found = await inSlices(guards.patterns.search(textsOf(read())), ports);
    await guardChat({ body, warn: () => undefined, masked: () => undefined }, read, ports);
    return { found, error: undefined };
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    return { found, error };
  }
}

/** A masked request is read once more: what still stands there cannot be masked. @throws GatewayError `content_blocked` */
export async function guardMasked(
  { masked }: Guarded,
  read: () => CanonicalRequest,
  ports: GuardPorts,
): Promise<void> {
  const { guards } = ports.snapshot();
  if (guards === null) return;
  const found = await inSlices(guards.patterns.search(textsOf(read())), ports);
  const left = found.find(({ action }) => action === 'mask');
  if (left === undefined) return;
  masked(NOTHING);
  throw unmaskable(left);
}

const NOTHING = new Uint8Array(0);

/** The same for a call that is no chat: every text in its body. Forms hold sound and pictures. */
export async function guardTexts(
  guarded: Guarded,
  body: () => unknown,
  ports: GuardPorts,
): Promise<Uint8Array | null> {
  const { guards } = ports.snapshot();
  if (guards === null || guards.patterns.count === 0) return null;
  return look(guarded, guards.patterns, textsIn(body()), ports);
}

/** What a chat says, the thoughts of earlier turns included. */
function textsOf(request: CanonicalRequest): readonly string[] {
  const thoughts = request.turns.flatMap(({ parts }) =>
    [...parts].flatMap((part) => (part.kind === 'reasoning' ? [part.text] : [])),
  );
  return [...promptText(request).texts, ...thoughts];
}

async function look(
  { body, warn, masked }: Guarded,
  patterns: SensitivePatterns,
  texts: readonly string[],
  ports: GuardPorts,
): Promise<Uint8Array | null> {
  const found = await inSlices(patterns.search(texts), ports);
  const toMask = found.some(({ action }) => action === 'mask');
  const fit = toMask ? await inSlices(maskedBody(body, patterns.masked), ports) : body;
  const [first] = found.filter(({ action }) => action === 'mask');
  if (first !== undefined) masked(fit === body ? NOTHING : fit);
  const [refusing] = found.filter(({ action }) => action === 'reject');
  if (refusing !== undefined) throw blocked(refusing);
  if (first !== undefined && fit === body) throw unmaskable(first);
  for (const one of found) if (one.action !== 'reject') warn(noted(one));
  return fit === body ? null : fit;
}

/** Not by recursion: it is a stranger's value, though no deeper than the scanner lets through. */
function textsIn(body: unknown): readonly string[] {
  const texts: string[] = [];
  const waiting = [body];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (typeof next === 'string') texts.push(next);
    else if (isArray(next)) waiting.push(...next.filter((item) => item !== undefined));
    else if (isObject(next)) waiting.push(...Object.values(next).filter((item) => item !== undefined));
  }
  return texts;
}

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
