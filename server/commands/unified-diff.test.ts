import { describe, expect, it } from 'vitest';
import { unifiedDiff } from './unified-diff.ts';

const text = (...lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');

describe('a unified diff', () => {
  it('has three lines around each change, and its place', () => {
    const before = text('1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12');
    const after = text('1', '2', '3', '4', 'five', '6', '7', '8', '9', '10', '11', '12', '13');
    expect(unifiedDiff(before, after, 'f')).toEqual([
      '--- f',
      '+++ f',
      '@@ -2,7 +2,7 @@',
      ' 2',
      ' 3',
      ' 4',
      '-5',
      '+five',
      ' 6',
      ' 7',
      ' 8',
      '@@ -10,3 +10,4 @@',
      ' 10',
      ' 11',
      ' 12',
      '+13',
    ]);
  });

  it('keeps changes apart that lie apart', () => {
    const before = text(...Array.from({ length: 20 }, (_, index) => `${index}`));
    const after = before.replace('1\n', 'x\n').replace('\n18\n', '\ny\n');
    expect(unifiedDiff(before, after, 'f').filter((line) => line.startsWith('@@'))).toEqual([
      '@@ -1,5 +1,5 @@',
      '@@ -16,5 +16,5 @@',
    ]);
  });

  it.each([
    ['a file that is made', null, 'a\n', ['--- /dev/null', '+++ f', '@@ -0,0 +1,1 @@', '+a']],
    ['a file that goes', 'a\n', null, ['--- f', '+++ /dev/null', '@@ -1,1 +0,0 @@', '-a']],
    ['nothing', 'a\n', 'a\n', []],
    ['carriage returns', 'a\r\nb\r\n', 'a\r\nc\r\n', ['--- f', '+++ f', '@@ -1,2 +1,2 @@', ' a', '-b', '+c']],
  ])('%s', (_, before, after, lines) => {
    expect(unifiedDiff(before, after, 'f')).toEqual(lines);
  });
});
