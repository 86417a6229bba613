/** Rules that can never apply, because an earlier one takes all they would. Sound, not complete. Pure. */
import { parseSize } from '../../../contract/config/values.ts';
import type { RuleDraft } from './rule-drafts.ts';

/**
 * @param passedOver the rule leads nowhere, so it takes nothing from those after it
 * @returns by the key of a rule that is on: the place, from 1, of the first that takes everything it would
 */
export function shadows(
  rules: readonly RuleDraft[],
  passedOver: (rule: RuleDraft) => boolean,
): ReadonlyMap<string, number> {
  const earlier: { readonly place: number; readonly rule: RuleDraft }[] = [];
  const found = new Map<string, number>();
  for (const [index, rule] of rules.entries()) {
    if (!rule.enabled) continue;
    const over = earlier.find((other) => covers(other.rule, rule));
    if (over !== undefined) found.set(rule.key, over.place);
    if (rule.target.trim() !== '' && !passedOver(rule)) earlier.push({ place: index + 1, rule });
  }
  return found;
}

/** Whatever fits the second fits the first. */
function covers(wide: RuleDraft, narrow: RuleDraft): boolean {
  return (
    textCovers(wide.model, narrow.model) &&
    textCovers(wide.client, narrow.client) &&
    headersCover(wide, narrow) &&
    sizeCovers(wide, narrow) &&
    timeCovers(wide, narrow) &&
    (wide.tools === 'any' || wide.tools === narrow.tools) &&
    (wide.images === 'any' || wide.images === narrow.images)
  );
}

/** A `*` of the narrow one is a letter like any other here: only a `*` of the wide one can take it. */
function textCovers(wide: string, narrow: string): boolean {
  if (wide.trim() === '') return true;
  return narrow.trim() !== '' && globFits(wide.trim().toLowerCase(), narrow.trim().toLowerCase());
}

function globFits(pattern: string, text: string): boolean {
  const [first = '', ...others] = pattern.split('*');
  const last = others.pop();
  if (last === undefined) return pattern === text;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of others) {
    const found = text.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return text.length - at >= last.length && text.endsWith(last);
}

const headersCover = (wide: RuleDraft, narrow: RuleDraft): boolean =>
  wide.headers
    .filter(({ name }) => name.trim() !== '')
    .every(({ name, value }) =>
      narrow.headers.some(
        (other) =>
          other.name.trim().toLowerCase() === name.trim().toLowerCase() && textCovers(value, other.value),
      ),
    );

function sizeCovers(wide: RuleDraft, narrow: RuleDraft): boolean {
  const bound = (typed: string, otherwise: number): number =>
    typed.trim() === '' ? otherwise : (parseSize(typed.trim()) ?? Number.NaN);
  return (
    (wide.over.trim() === '' || bound(narrow.over, 0) >= bound(wide.over, 0)) &&
    (wide.under.trim() === '' || bound(narrow.under, Infinity) <= bound(wide.under, Infinity))
  );
}

/** Of two spans only equal ones are told to cover each other, on the same days or fewer. */
function timeCovers(wide: RuleDraft, narrow: RuleDraft): boolean {
  const hours = ({ from, to }: RuleDraft): string => `${from.trim() || '00:00'}-${to.trim() || '00:00'}`;
  const any = wide.from.trim() === '' && wide.to.trim() === '' && wide.days.length === 0;
  if (any) return true;
  const wideDays = wide.days.length === 0;
  const narrowDays = narrow.days.length > 0 && narrow.days.every((day) => wide.days.includes(day));
  return hours(wide) === hours(narrow) && (wideDays || narrowDays);
}
