/** What is told as data in the words of a language: for pages, and for notices and dialogs of the desktop app. */
import { subjectOf } from './budget-scope.ts';
import type { Told } from './connect-sayings.ts';

/** What a number is a figure of: the end of its value's name. */
export type FigureKind = 'Dollars' | 'Time' | 'Count' | 'Share';

export interface Language {
  /** Words by their dotted key, with values in them. */
  readonly t: (key: string, values: Told['values']) => string;
  /** True where there are words for a key. */
  readonly has: (key: string) => boolean;
  /** US dollars, ms, a count, or a share of 1, as this language writes them. */
  readonly figure: (kind: FigureKind, value: number) => string;
}

/** Where the words of codes are. */
const GROUPS = ['refusals.faults', 'refusals.told', 'problems.told', 'connect.told', 'remarks'] as const;
const FIGURES: readonly FigureKind[] = ['Dollars', 'Time', 'Count', 'Share'];

/** @returns a sentence; what there are no words for stays in English */
export function toldWords(told: Told, language: Language): string {
  const { code, values, text, reason, parts } = told;
  const { t, has } = language;
  const group = GROUPS.find((name) => has(`${name}.${code}`));
  if (group === undefined) return text;
  if (parts !== undefined) {
    return parts
      .map((part) => toldWords(part, language))
      .reduce((first, rest) => t(`${group}.${code}`, { first, rest }));
  }
  const why = reason === undefined ? undefined : toldWords(reason, language);
  const said = t(`${group}.${code}`, {
    ...(group === 'connect.told' ? { reason: '' } : {}),
    ...Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, shown(name, value, language)]),
    ),
    ...(why === undefined ? {} : { words: why, reason: why }),
  });
  // What stands at the end of a sentence may have its own mark.
  return said.replace(/(?<=[?!？！。.])[.。](?=$|\s|[)）])/u, '');
}

/** A paragraph, or what is listed: one line each. */
export type ToldBlock = string | readonly string[];
const NOTHING: Told = { code: 'as-said', values: { message: '' }, text: '' };

/** For where there is room: several faults of one file stand in lines of their own, not in one paragraph. */
export function toldBlocks(told: Told, language: Language): readonly ToldBlock[] {
  const { code, parts = [], reason } = told;
  if (code === 'sentences') {
    return parts
      .flatMap((part) => toldBlocks(part, language))
      .reduce<readonly ToldBlock[]>((before, block) => followed(before, block, language), []);
  }
  const listed = reason?.code === 'listed' ? (reason.parts ?? []) : [];
  if (listed.length < 2 || !GROUPS.some((name) => language.has(`${name}.${code}`))) {
    return [toldWords(told, language)];
  }
  const head = toldWords({ ...told, reason: NOTHING }, language).replace(/([:：])\s*[.。]?$/u, '$1');
  return [head, listed.map((part) => toldWords(part, language))];
}

/** Sentences that follow one another are one paragraph. */
function followed(before: readonly ToldBlock[], block: ToldBlock, { t }: Language): readonly ToldBlock[] {
  const last = before.at(-1);
  if (typeof last !== 'string' || typeof block !== 'string') return [...before, block];
  return [...before.slice(0, -1), t('problems.told.sentences', { first: last, rest: block })];
}

function shown(name: string, value: string | number, { t, has, figure }: Language): string | number {
  if (name === 'slot') return has(`connect.slots.${value}`) ? t(`connect.slots.${value}`, {}) : value;
  if (name === 'why') return has(`reasons.${value}`) ? t(`reasons.${value}`, {}) : value;
  if (name === 'per') return has(`problems.periods.${value}`) ? t(`problems.periods.${value}`, {}) : value;
  if (name === 'scope' && typeof value === 'string') {
    const { kind, id } = subjectOf(value);
    return t(`problems.budgetScopes.${kind}`, { id });
  }
  const kind = FIGURES.find((end) => name.endsWith(end));
  return typeof value === 'number' && kind !== undefined ? figure(kind, value) : value;
}
