/** No words stand in templates or in what scripts put on screen: they come from the locales. Read from the syntax tree. */
import { parse } from 'vue/compiler-sfc';
import { describe, expect, it } from 'vitest';

const sources = import.meta.glob<string>(
  ['../**/*.vue', '../**/*.ts', '!../**/*.test.ts', '!../**/testing/**'],
  {
    query: '?raw',
    import: 'default',
    eager: true,
  },
);
/** Code to copy, and examples of the filter's language. */
const CODE = new Set(['../features/models/code-samples.ts', '../features/requests/query/words.ts']);
const components = Object.entries(sources).filter(([path]) => path.endsWith('.vue'));

/** The brand, units and what is code in every language. */
const ALLOWED = /^(?:Switchyard|English|简体中文|curl|ms|kB|MB|GB|px|tok\/s|rpm|tpm|UTC|JSON|YAML|HTTP|USD)$/;
/** Examples that are no language: an id, an address, a name of a model. */
const EXAMPLE = /^(?:my-vllm|https?:\/\/\S+|[\w.-]+\/[\w.-]+|sk-\S*)$/;
/** Attributes and props that are shown or read out. */
const SPOKEN = new Set(
  'aria-label aria-description aria-roledescription aria-valuetext title placeholder alt label description hint text act what'.split(
    ' ',
  ),
);
const isWords = (text: string): boolean => /\p{L}{2,}/u.test(text) && !ALLOWED.test(text.trim());

/** Literals of an expression that are sentences or begin as a word on screen does; keys of messages are neither. */
function literals(expression: string): readonly string[] {
  const found = [...expression.matchAll(/'([^'\n]*)'|"([^"\n]*)"|`([^`]*)`/g)];
  return found
    .map((match) => (match[1] ?? match[2] ?? match[3] ?? '').replaceAll(/\$\{[^}]*\}/g, '').trim())
    .filter((text) => /^\p{Lu}\p{Ll}+(?:\s|$)|\p{L}{2,} \p{L}{2,}|\p{Script=Han}/u.test(text))
    .filter((text) => isWords(text) && !EXAMPLE.test(text));
}

/** Kinds of nodes, as the compiler numbers them. */
const TEXT = 2;
const INTERPOLATION = 5;
const ATTRIBUTE = 6;
const DIRECTIVE = 7;

const isNode = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
const textOf = (value: unknown): string => {
  const content = isNode(value) ? value['content'] : undefined;
  return typeof content === 'string' ? content : '';
};
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** @returns words below this node of a template that no locale holds */
function strayWords(node: unknown): readonly string[] {
  if (!isNode(node)) return [];
  const own: string[] = [];
  if (node['type'] === TEXT && isWords(textOf(node))) own.push(textOf(node).trim());
  if (node['type'] === INTERPOLATION) own.push(...literals(textOf(node['content'])));
  for (const prop of listOf(node['props'])) {
    if (!isNode(prop)) continue;
    if (prop['type'] === ATTRIBUTE && typeof prop['name'] === 'string' && SPOKEN.has(prop['name'])) {
      const text = textOf(prop['value']);
      if (isWords(text) && !EXAMPLE.test(text)) own.push(text);
    }
    if (prop['type'] === DIRECTIVE && SPOKEN.has(textOf(prop['arg'])))
      own.push(...literals(textOf(prop['exp'])));
  }
  return [...own, ...listOf(node['children']).flatMap(strayWords)];
}
const inTemplate = (source: string): readonly string[] => strayWords(parse(source).descriptor.template?.ast);

/** In scripts: what is given under a name that is shown. */
const SHOWN = /\b(?:title|label|text|hint|placeholder|description|message):\s*(?:'([^'\n]*)'|`([^`]*)`)/g;

describe('words outside of the locales', () => {
  it.each(components)('%s has none in its template', (_path, source) =>
    expect(inTemplate(source)).toEqual([]),
  );

  it.each(Object.entries(sources).filter(([path]) => !CODE.has(path)))(
    '%s has none in its script',
    (_path, source) => {
      const shown = [...source.matchAll(SHOWN)].map((match) => match[1] ?? match[2] ?? '');
      expect(shown.flatMap((text) => literals(`\`${text}\``))).toEqual([]);
    },
  );

  it.each([
    ['text', '<p>Add key</p>'],
    ['text beside an interpolation', '<p>{{ count }} keys</p>'],
    ['an attribute', '<button aria-label="Close" />'],
    ['a bound attribute', `<button :title="open ? 'Close' : t('common.open')" />`],
    ['an interpolation', `<p>{{ ok ? 'All is well' : '' }}</p>`],
    ['inside of a condition', '<div v-if="a"><span v-for="b in c">删除</span></div>'],
  ])('finds %s', (_what, template) => expect(inTemplate(`<template>${template}</template>`)).toHaveLength(1));

  it('passes over messages, code and the brand', () => {
    const template = `<p :class="'a b c d'" :title="t('providers.add')">Switchyard {{ t(\`a.\${b}\`) }}<input placeholder="my-vllm"></p>`;
    expect(inTemplate(`<template>${template}</template>`)).toEqual([]);
  });
});
