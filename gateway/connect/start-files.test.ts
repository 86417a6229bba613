import { describe, expect, it } from 'vitest';
import { linesThatSet, silence, type StartFileKind } from './start-files.ts';

const found = (text: string, kind: StartFileKind = 'sh') =>
  linesThatSet(text, kind, ['A_URL', 'B_KEY']).map(
    ({ variable, value, line, alone }) => `${line} ${variable}=${value}${alone ? '' : ' entangled'}`,
  );

describe('lines that set variables', () => {
  it.each<[string, StartFileKind, string, readonly string[]]>([
    ['export', 'sh', 'export A_URL=http://x/v1', ['1 A_URL=http://x/v1']],
    ['quotes', 'sh', 'export A_URL="http://x/v1"', ['1 A_URL=http://x/v1']],
    ['single quotes, indented', 'sh', "\texport A_URL='http://x'", ['1 A_URL=http://x']],
    ['declare', 'sh', 'declare -gx A_URL=1', ['1 A_URL=1']],
    ['a comment behind', 'sh', 'export A_URL=1 # mine', ['1 A_URL=1']],
    ['without export', 'sh', 'A_URL=1', ['1 A_URL=1']],
    ['for one program', 'sh', 'A_URL=1 claude', []],
    ['a comment', 'sh', '# export A_URL=1', []],
    ['empty', 'sh', 'export A_URL=', []],
    ['another name', 'sh', 'export MY_A_URL=1 A_URL_2=2', []],
    ['carriage returns', 'sh', 'x\r\nexport A_URL=1\r\n', ['2 A_URL=1']],
    [
      'beside another',
      'sh',
      'export A_URL=1; export B_KEY=2',
      ['1 A_URL=1 entangled', '1 B_KEY=2 entangled'],
    ],
    ['alone in a block', 'sh', 'if x; then\n  export A_URL=1\nfi', ['2 A_URL=1 entangled']],
    ['in a block with others', 'sh', 'if x; then\n  export A_URL=1\n  y\nfi', ['2 A_URL=1']],
    [
      'twice and alone in a block',
      'sh',
      'if x; then # mine\n  export A_URL=1\n\n  export A_URL=2\nfi',
      ['2 A_URL=1 entangled', '4 A_URL=2 entangled'],
    ],
    ['a condition', 'sh', 'while\n  export A_URL=1\ndo\n  x\ndone', ['2 A_URL=1 entangled']],
    ['behind and', 'sh', '[ -f x ] && # so\n  export A_URL=1\ny', ['2 A_URL=1 entangled']],
    ['behind or', 'sh', 'x ||\n\n# no\nexport A_URL=1', ['4 A_URL=1 entangled']],
    ['behind a pipe', 'sh', 'x |\nexport A_URL=1', ['2 A_URL=1 entangled']],
    ['behind a line that goes on', 'sh', 'echo \\\nA_URL=1', ['2 A_URL=1 entangled']],
    ['behind a comment that ends so', 'sh', '# x &&\nexport A_URL=1', ['2 A_URL=1']],
    ['fish', 'fish', 'set -gx A_URL http://x', ['1 A_URL=http://x']],
    ['fish, long', 'fish', 'set --global --export A_URL "http://x"', ['1 A_URL=http://x']],
    ['fish, not exported', 'fish', 'set -g A_URL http://x', []],
    ['a session', 'session', 'A_URL=http://x\nB_KEY="k"', ['1 A_URL=http://x', '2 B_KEY=k']],
  ])('%s', (_, kind, text, lines) => {
    expect(found(text, kind)).toEqual(lines);
  });
});

it('silences those lines and no other byte', () => {
  expect(silence('a\r\nb\r\n\nc', [2, 4])).toBe('a\r\n# b\r\n\n# c');
});
