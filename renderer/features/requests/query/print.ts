/** Writes a filter as text that reads back as the same filter. Pure. */
import type { Condition, RequestFilter } from '../../../../contract/log/filter.ts';
import { rangeName } from './fields.ts';
import { momentText } from './times.ts';
import { quoted, wordsOf } from './words.ts';

export function printFilter({ words = '', where = [] }: RequestFilter): string {
  return [...where.map(printCondition), ...(words.trim() === '' ? [] : [words.trim()])].join(' ');
}

export function printCondition(condition: Condition): string {
  const minus = condition.not === true ? '-' : '';
  switch (condition.kind) {
    case 'text':
      return `${minus}${condition.field}:${condition.values.map(quoted).join(',')}`;
    case 'flag':
      return `${minus}${condition.field === 'tools' ? 'has' : 'is'}:${condition.field}`;
    case 'range': {
      const { least, most, field } = condition;
      const figure = field === 'time' ? momentText : String;
      const name = `${minus}${rangeName(field)}`;
      if (least === undefined) return `${name}:<=${figure(most ?? 0)}`;
      if (most === undefined) return `${name}:>=${figure(least)}`;
      return least === most && field !== 'time'
        ? `${name}:${figure(least)}`
        : `${name}:${figure(least)}..${figure(most)}`;
    }
  }
}

/** The text without one of its words. @param index of the word */
export function without(text: string, index: number): string {
  return wordsOf(text)
    .filter((_, place) => place !== index)
    .map((word) => word.text)
    .join(' ');
}

/** The text with a word more, unless it is there. */
export function withWord(text: string, word: string): string {
  const words = wordsOf(text).map((one) => one.text);
  return words.includes(word) ? text : [...words, word].join(' ');
}

/** The text with another range of time, or none. */
export function withTime(text: string, value: string | null): string {
  const words = wordsOf(text)
    .map((word) => word.text)
    .filter((word) => !/^time:/i.test(word));
  return [...(value === null ? [] : [`time:${value}`]), ...words].join(' ');
}
