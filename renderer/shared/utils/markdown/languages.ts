/** Languages whose code is coloured; each grammar is loaded when code in it first appears. */
import type { LanguageInput } from 'shiki/core';

type Load = () => Promise<{ readonly default: LanguageInput }>;

const GRAMMARS: Readonly<Record<string, Load>> = {
  c: () => import('shiki/langs/c.mjs'),
  css: () => import('shiki/langs/css.mjs'),
  diff: () => import('shiki/langs/diff.mjs'),
  go: () => import('shiki/langs/go.mjs'),
  html: () => import('shiki/langs/html.mjs'),
  java: () => import('shiki/langs/java.mjs'),
  javascript: () => import('shiki/langs/javascript.mjs'),
  json: () => import('shiki/langs/json.mjs'),
  python: () => import('shiki/langs/python.mjs'),
  rust: () => import('shiki/langs/rust.mjs'),
  shellscript: () => import('shiki/langs/shellscript.mjs'),
  sql: () => import('shiki/langs/sql.mjs'),
  typescript: () => import('shiki/langs/typescript.mjs'),
  xml: () => import('shiki/langs/xml.mjs'),
  yaml: () => import('shiki/langs/yaml.mjs'),
};

/** Other names that models write behind the fence. */
const ALIASES: Readonly<Record<string, string>> = {
  bash: 'shellscript',
  console: 'shellscript',
  golang: 'go',
  js: 'javascript',
  jsonc: 'json',
  jsx: 'javascript',
  mjs: 'javascript',
  patch: 'diff',
  py: 'python',
  python3: 'python',
  rs: 'rust',
  sh: 'shellscript',
  shell: 'shellscript',
  svg: 'xml',
  ts: 'typescript',
  tsx: 'typescript',
  yml: 'yaml',
  zsh: 'shellscript',
};

/** @param name as it stands behind the fence @returns undefined where the code stays plain */
export function findGrammar(name: string): { readonly id: string; readonly load: Load } | undefined {
  const lower = name.toLowerCase();
  const id = Object.hasOwn(ALIASES, lower) ? ALIASES[lower] : lower;
  if (id === undefined || !Object.hasOwn(GRAMMARS, id)) return undefined;
  const load = GRAMMARS[id];
  return load === undefined ? undefined : { id, load };
}
