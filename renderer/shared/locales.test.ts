/** Every word on screen exists in both languages, and no word stands outside them. */
import { describe, expect, it } from 'vitest';
import en from '../../resources/locales/en.json';
import zh from '../../resources/locales/zh-CN.json';

const sources = import.meta.glob<string>(
  ['../**/*.vue', '../**/*.ts', '!../**/*.test.ts', '!../testing/**'],
  {
    query: '?raw',
    import: 'default',
    eager: true,
  },
);
const templates = Object.entries(sources)
  .filter(([path]) => path.endsWith('.vue'))
  .map(([path, text]): [string, string] => [
    path,
    text.slice(text.indexOf('<template>'), text.lastIndexOf('</template>')),
  ]);

const isGroup = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Messages by their dotted key. */
function flat(messages: object, prefix = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [name, value] of Object.entries(messages)) {
    if (typeof value === 'string') found.set(prefix + name, value);
    if (!isGroup(value)) continue;
    for (const [key, text] of flat(value, `${prefix}${name}.`)) found.set(key, text);
  }
  return found;
}
const english = flat(en);
const chinese = flat(zh);
const placeholders = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();

describe('both languages', () => {
  it('have the same messages', () => expect([...chinese.keys()]).toEqual([...english.keys()]));

  it.each([...english])('%s names the same things', (key, text) => {
    // A plural form may leave the number out: "1 problem".
    const least = text.split('|').map(placeholders);
    expect(least).toContainEqual(placeholders(chinese.get(key) ?? ''));
  });

  it('have no empty message, and Chinese no leftover English sentence', () => {
    expect([...english.values(), ...chinese.values()].filter((text) => text.trim() === '')).toEqual([]);
    const suspicious = [...chinese].filter(([, text]) => /[a-z]{3,} [a-z]{3,} [a-z]{3,}/.test(text));
    expect(suspicious).toEqual([]);
  });
});

describe('the code', () => {
  const all = Object.values(sources).join('\n');
  const used = [
    ...all.matchAll(/\bt\(\s*(['`])([^'`]+)\1|keypath="([^"]+)"|label: '([a-z]+\.[a-z]+)'/gi),
  ].map((match) => match[2] ?? match[3] ?? match[4] ?? '');

  it('uses messages, and finds them', () => {
    expect(used.length).toBeGreaterThan(200);
    const missing = used.filter((key) => {
      const [head = '', ...rest] = key.split(/\$\{[^}]*\}/);
      if (rest.length === 0) return !english.has(key);
      return ![...english.keys()].some(
        (known) => known.startsWith(head) && known.endsWith(rest.at(-1) ?? ''),
      );
    });
    expect(missing).toEqual([]);
  });

  it('uses every message', () => {
    const patterns = used.map(
      (key) => new RegExp(`^${key.replaceAll('.', '\\.').replace(/\$\{[^}]*\}/g, '.+')}$`),
    );
    const unused = [...english.keys()].filter(
      (key) => !key.startsWith('reasons.') && !patterns.some((pattern) => pattern.test(key)),
    );
    expect(unused).toEqual([]);
  });

  it.each(templates)('%s has no words of its own', (_path, template) => {
    const text = template
      .replace(/<!--[\s\S]*?-->/g, '')
      .replace(/\{\{[\s\S]*?\}\}/g, '')
      .replace(/<(?:[^>"']|"[^"]*"|'[^']*')*>/g, '\n');
    const words = text.split('\n').filter((line) => /\p{L}{2,}/u.test(line) && line.trim() !== 'Switchyard');
    expect(words).toEqual([]);
    expect(
      [...template.matchAll(/\s(?:aria-label|title|placeholder|alt)="([^"]*)"/g)].map((match) => match[1]),
    ).toEqual(template.includes('placeholder="my-vllm"') ? ['my-vllm'] : []);
  });
});
