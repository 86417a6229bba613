/** What can be offered for the word that is being written. Pure. */
import type { NamedField } from '../../../../contract/log/filter.ts';
import { literally } from '../../../../contract/rpc/name-pattern.ts';
import { FLAG_FIELDS, NAMED_FIELDS } from '../../../../contract/rpc/log-fields.ts';
import { FIELD_NAMES, fieldOf, OUTCOMES } from './fields.ts';
import { TIME_RANGES } from './times.ts';
import { quoted } from './words.ts';

export interface Suggestion {
  /** The whole word as it will stand there. */
  readonly word: string;
  /** Its last part, which is what differs. */
  readonly label: string;
  /** Name of a field that is to be filled in; null for a finished word. */
  readonly field: string | null;
  /** Requests with that value, where it is known. */
  readonly requests: number | null;
}

export interface Offers {
  readonly suggestions: readonly Suggestion[];
  /** Names of the log that would go on from here. */
  readonly ask: { readonly field: NamedField; readonly part: string } | null;
}

const NOTHING: Offers = { suggestions: [], ask: null };
const STATUSES = ['>=400', '5xx', '4xx', '429', '200'];
const COSTS = ['>0.01', '>0.1', '>1', '0'];
const TOKENS = ['>10k', '>100k'];
const DURATIONS = ['>1s', '>10s', '>1m'];

const VALUES: Readonly<Record<string, readonly string[]>> = {
  is: [...FLAG_FIELDS, ...OUTCOMES.filter((outcome) => outcome !== 'error')],
  has: ['tools'],
  outcome: OUTCOMES,
  time: [...TIME_RANGES, 'today', 'yesterday'],
  status: STATUSES,
  cost: COSTS,
  tokens: TOKENS,
  input: TOKENS,
  output: TOKENS,
  duration: DURATIONS,
  first: DURATIONS,
  attempts: ['>1', '>2'],
};

/** @param word that is being written, up to the caret */
export function offersFor(word: string): Offers {
  const minus = word.startsWith('-') ? '-' : '';
  const rest = word.slice(minus.length);
  if (rest.startsWith('"')) return NOTHING;
  const colon = rest.indexOf(':');
  if (colon < 0) {
    const wanted = rest.toLowerCase();
    const names = FIELD_NAMES.filter((name) => name.startsWith(wanted));
    return {
      ...NOTHING,
      suggestions: names.map((name) => ({
        word: `${minus}${name}:`,
        label: `${minus}${name}:`,
        field: name,
        requests: null,
      })),
    };
  }
  const name = rest.slice(0, colon).toLowerCase();
  const field = fieldOf(name);
  if (field === undefined) return NOTHING;
  const typed = rest.slice(colon + 1);
  // Of several values the last is being written.
  const comma = typed.lastIndexOf(',');
  const part = typed.slice(comma + 1).replace(/^"|"$/g, '');
  const before = `${minus}${name}:${typed.slice(0, comma + 1)}`;
  const named = NAMED_FIELDS.find((one) => field.kind === 'text' && one === field.field);
  const fixed = (VALUES[name] ?? []).filter((value) => value.includes(part.toLowerCase()));
  return {
    suggestions: fixed.map((value) => ({ word: before + value, label: value, field: null, requests: null })),
    ask: named === undefined ? null : { field: named, part },
  };
}

/** A name of the log as a suggestion. @param word that is being written */
export function namedSuggestion(word: string, name: string, requests: number): Suggestion {
  const place = Math.max(word.indexOf(':'), word.lastIndexOf(','));
  return { word: word.slice(0, place + 1) + quoted(literally(name)), label: name, field: null, requests };
}
