/**
 * Names and ids of tools as a target takes them, and back. Both ways follow from the name or id alone, so they are
 * the same in every turn of a conversation and after a restart; the way back of names needs the request's own list.
 */
import { createHash } from 'node:crypto';
import type { Dialect, NameRule } from '../../core/dialect.ts';
import type { ChatTraits } from '../../core/provider.ts';

/** What a client is given instead of an id that some dialect would refuse. */
const ENCODED = 'swy_';
/** Fits every dialect. */
const SAFE_ID = /^[A-Za-z0-9_-]{1,64}$/;
const LONGEST_ID = 64;
/** Of `_2` and the like. */
const LONGEST_NUMBER = 8;

/** An id as the client may keep it and bring it back to any dialect. Ids that are safe stay as they are. */
export function idForClient(id: string): string {
  if (SAFE_ID.test(id)) return id;
  const encoded = ENCODED + Buffer.from(id).toString('base64url');
  return SAFE_ID.test(encoded) ? encoded : ENCODED + digest(id, 24);
}

export const isEncodedId = (id: string): boolean => id.startsWith(ENCODED);

/**
 * Gives each call its id, or one like it that no call has yet: servers that count begin anew in each answer.
 * @param given ids that calls have already
 */
export function createCallIds(given: Iterable<string>): (id: string) => string {
  const used = new Set(given);
  /** By what they begin with: none is tried twice, however many calls have one id. */
  const numbers = new Map<string, number>();
  return (id) => {
    let candidate = id;
    if (used.has(id)) {
      const stem = id.slice(0, LONGEST_ID - LONGEST_NUMBER);
      let number = numbers.get(stem) ?? 1;
      do {
        number += 1;
        candidate = `${stem}_${number}`;
      } while (used.has(candidate));
      numbers.set(stem, number);
    }
    used.add(candidate);
    return candidate;
  };
}

/** The narrower rule of a provider of OpenAI's chat, else the dialect's. */
export const idRule = ({ id, toolIds }: Dialect, { toolIds: narrower }: ChatTraits): NameRule =>
  id === 'openai-chat' && narrower !== undefined ? narrower : toolIds;

/** An id for a target: the upstream's own again where it fits, else one made of it, the same for call and result. */
export function idForTarget(id: string, rule: NameRule): string {
  const original = originalId(id);
  if (fits(original, rule)) return original;
  return fits(id, rule) ? id : digest(id, Math.min(24, rule.longest));
}

function originalId(id: string): string {
  if (!isEncodedId(id)) return id;
  const encoded = id.slice(ENCODED.length);
  const decoded = Buffer.from(encoded, 'base64url').toString('utf8');
  return Buffer.from(decoded).toString('base64url') === encoded ? decoded : id;
}

/** Both directions of the names in one request. */
export interface ToolNames {
  readonly forTarget: (name: string) => string;
  /** Names nobody gave a tool stay as they are: the model made them up. */
  readonly forClient: (name: string) => string;
}

/** @param names every name in the request: of its tools, and of calls to tools it has no longer */
export function toolNames(names: Iterable<string>, rule: NameRule): ToolNames {
  const there = new Map<string, string>();
  const back = new Map<string, string>();
  const all = new Set(names);
  for (const name of all) if (fits(name, rule)) back.set(name, name);
  for (const name of all) {
    if (back.get(name) === name) continue;
    const target = madeName(name, rule);
    there.set(name, target);
    back.set(target, name);
  }
  return { forTarget: (name) => there.get(name) ?? name, forClient: (name) => back.get(name) ?? name };
}

/** What can be read of the name, and enough of a digest to keep two that look alike apart. */
function madeName(name: string, rule: NameRule): string {
  const readable = name.replace(/[^A-Za-z0-9_-]+/g, '_').replace(/^[^A-Za-z_]+/, '');
  const suffix = `_${digest(name, 8)}`;
  return (readable === '' ? 'tool' : readable).slice(0, rule.longest - suffix.length) + suffix;
}

export const fits = (text: string, { pattern, longest }: NameRule): boolean =>
  text.length > 0 && text.length <= longest && pattern.test(text);

/** Letters and digits only. */
function digest(text: string, length: number): string {
  const bytes = createHash('sha256').update(text).digest();
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
  return Array.from(bytes.subarray(0, length), (byte) => alphabet[byte % alphabet.length]).join('');
}
