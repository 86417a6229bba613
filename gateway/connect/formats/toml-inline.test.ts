/** Members of `{ … }`: whichever of them go, what stays is right and says what it said. */
import { describe, expect, it } from 'vitest';
import { patch, unpatch } from '../patch.ts';
import { FORMATS } from './index.ts';

const format = FORMATS.toml;

/** Four members; those that go have one name before the dot. */
const MEMBERS = [0, 1, 2, 3];
const SUBSETS = Array.from({ length: 2 ** MEMBERS.length }, (_, mask) =>
  MEMBERS.map((at) => (mask >> at) % 2 === 1),
);

const LAYOUTS: Readonly<Record<string, (members: readonly string[]) => string>> = {
  close: (members) => `{${members.join(',')}}`,
  spaced: (members) => `{ ${members.join(', ')} } # behind`,
  'a last comma': (members) => `{ ${members.join(', ')}, }`,
  lines: (members) => `{\n${members.map((member) => `  ${member}`).join(',\n')}\n}`,
  'lines with a last comma': (members) => `{\n${members.map((member) => `  ${member},\n`).join('')}}`,
  comments: (members) => `{ # 9\n${members.map((member, at) => `  ${member}, # ${at}, x\n`).join('')}}`,
  'comments, and no last comma': (members) =>
    `{\n${members.map((member, at) => `  ${member}${at < 3 ? ',' : ''} # ${at}\n`).join('')}}`,
  'commas in front': (members) =>
    `{ ${members.map((member, at) => `${at === 0 ? '' : ', '}${member} # ${at}\n`).join('')}}`,
};

describe.each(Object.entries(LAYOUTS))('%s', (_, layout) => {
  it.each(SUBSETS)('without %s %s %s %s', (...gone) => {
    const names = gone.map((goes, at) => (goes ? `x.m${at}` : `m${at}`));
    const text = `a = 1\nt = ${layout(names.map((name, at) => `${name} = "v, ${at}"`))}\nz = 2\n`;
    const after = format.apply(text, [{ path: ['t', 'x'], value: undefined }]);
    const left = Object.fromEntries(gone.flatMap((goes, at) => (goes ? [] : [[`m${at}`, `v, ${at}`]])));
    expect(format.get(after, [])).toEqual({ a: 1, t: left, z: 2 });
    expect(after.match(/#.*$/gm)).toEqual(text.match(/#.*$/gm));
    // Readers of TOML 1.0 know no comma before a closing brace.
    const lastComma = /,(?:\s|#.*)*\}/;
    expect(lastComma.test(after)).toBe(lastComma.test(text) && gone.includes(false));
  });
});

it.each([
  't = { a = { b = 1 } }',
  't = { a = { b = 1 }, } # c',
  't = {\n  a = 1, # mine\n}',
  't = {\n  # mine\n}',
  't = {}',
  't = { }',
])('what was put into %j goes again, also after another line was written', (line) => {
  const before = `${line}\n`;
  const done = patch(format, before, [
    { path: ['t', 's', 'name'], value: 'S' },
    { path: ['t', 's', 'url'], value: 'u' },
    { path: ['t', 's', 'key'], value: 'k' },
  ]);
  expect(done.text.match(/# .*$/gm)).toEqual(before.match(/# .*$/gm));
  expect(unpatch(format, `${done.text}later = 1\n`, done.undo)).toBe(`${before}later = 1\n`);
});

it('a group that is written as dotted keys and as a table goes whole', () => {
  const text = 'x.s.a = 1\n\n[x.s.sub]\nb = 2\n\n[other]\nc = 3\n';
  expect(format.apply(text, [{ path: ['x', 's'], value: undefined }])).toBe('\n[other]\nc = 3\n');
});
