/** Stable codes of failures have words in both languages: a code alone is English. */
import { expect, it } from 'vitest';
import { ERRORS } from '../../../gateway/core/errors.ts';
import { RULES } from '../../../gateway/routing/outcome-rules.ts';
import en from '../../../resources/locales/en.json' with { type: 'json' };
import zh from '../../../resources/locales/zh-CN.json' with { type: 'json' };

const codes = [...new Set([...Object.keys(ERRORS), ...RULES.map(({ judgement }) => judgement.reason)])];

it.each([
  ['English', en.reasons],
  ['Chinese', zh.reasons],
])('each error and each reason of a failed attempt has words in %s', (_language, words) => {
  expect(codes.length).toBeGreaterThan(60);
  expect(codes.filter((code) => !Object.hasOwn(words, code))).toEqual([]);
});
