/** What the user does not let out: requests that are too long, or hold what must not leave this machine. */
import { promptText } from '../core/canonical/prompt-text.ts';
import type { CanonicalRequest } from '../core/canonical/request.ts';
import { GatewayError } from '../core/errors.ts';
import { isArray, isObject } from '../core/json.ts';
import type { Clock } from '../core/ports.ts';
import { queryLength } from '../guards/length.ts';
import type { SensitivePatterns } from '../guards/patterns.ts';

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

/**
 * @param read the request, decoded only where something is guarded; a request that cannot be read is refused
 * @throws GatewayError `query_too_long`, `content_blocked`; whatever `read` throws
 */
export async function guardChat(read: () => CanonicalRequest, ports: GuardPorts): Promise<void> {
  const { guards } = ports.snapshot();
  if (guards === null) return;
  const request = read();
  if (guards.longest > 0 && queryLength(request, guards.longest) > guards.longest) {
    throw new GatewayError(
      'query_too_long',
      `The last message is longer than the ${guards.longest} characters that guards.max_query_length allows. Send less, or raise the limit.`,
    );
  }
  if (guards.patterns.count === 0) return;
  const thoughts = request.turns.flatMap(({ parts }) =>
    [...parts].flatMap((part) => (part.kind === 'reasoning' ? [part.text] : [])),
  );
  await search(guards.patterns, [...promptText(request).texts, ...thoughts], ports);
}

/** The same for a call that is no chat: every text in its body. Forms hold sound and pictures. */
export async function guardTexts(body: () => unknown, ports: GuardPorts): Promise<void> {
  const { guards } = ports.snapshot();
  if (guards === null || guards.patterns.count === 0) return;
  await search(guards.patterns, textsIn(body()), ports);
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

async function search(
  patterns: SensitivePatterns,
  texts: readonly string[],
  { clock }: GuardPorts,
): Promise<void> {
  const going = patterns.search(texts);
  const started = clock.monotonic();
  let begun = started;
  for (let turn = going.next(); ; turn = going.next()) {
    if (turn.done === true) {
      if (turn.value < 0) return;
      // What was found is not repeated: errors end up in logs and on screens.
      throw new GatewayError(
        'content_blocked',
        `The request holds what pattern ${turn.value + 1} of guards.sensitive_patterns keeps in, so it was sent to nobody. Remove it, or change the pattern.`,
      );
    }
    if (clock.monotonic() - begun <= SLICE) continue;
    await new Promise(setImmediate);
    begun = clock.monotonic();
    if (begun - started > LONGEST_SEARCH) throw tooLong();
  }
}

const tooLong = (): GatewayError =>
  new GatewayError(
    'content_blocked',
    `The request could not be looked through for guards.sensitive_patterns within ${LONGEST_SEARCH / 1_000} s, so it was sent to nobody. Send less, or simplify the patterns.`,
  );
