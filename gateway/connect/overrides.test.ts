import { expect, it } from 'vitest';
import { ledElsewhere } from './overrides.ts';
import type { Around } from './place.ts';
import { TOOLS } from './tools/index.ts';

const found = (
  tool: keyof typeof TOOLS,
  text: string,
  environment: Around['environment'] = {},
): readonly string[] =>
  ledElsewhere(TOOLS[tool].files, [{ path: '/home/me/.zshrc', kind: 'sh', text }], {
    homeFolder: '/home/me',
    environment,
    platform: 'linux',
  }).map(({ variable, value, file, line }) => `${file}:${line} ${variable}=${value}`);

it.each<[string, keyof typeof TOOLS, string, Around['environment'], readonly string[]]>([
  [
    'a folder that the gateway does not see',
    'claude-code',
    'x\nexport CLAUDE_CONFIG_DIR="$HOME/work"',
    {},
    ['/home/me/.zshrc:2 CLAUDE_CONFIG_DIR=/home/me/work'],
  ],
  [
    'the one that it sees',
    'claude-code',
    'export CLAUDE_CONFIG_DIR=~/work',
    { CLAUDE_CONFIG_DIR: '/home/me/work' },
    [],
  ],
  [
    'another than it sees',
    'codex',
    'export CODEX_HOME=/b',
    { CODEX_HOME: '/a' },
    ['/home/me/.zshrc:1 CODEX_HOME=/b'],
  ],
  ['the usual place', 'opencode', 'export XDG_CONFIG_HOME="${HOME}/.config"', {}, []],
  ['what only a shell can tell', 'codex', 'export CODEX_HOME=$(pwd)/x; export CODEX_HOME="$WORK/x"', {}, []],
  ['a variable that a stronger one hides', 'cline', 'export CLINE_DIR=/b', { CLINE_DATA_DIR: '/a' }, []],
  ['a variable of another tool', 'codex', 'export CLAUDE_CONFIG_DIR=/b', {}, []],
])('%s', (_, tool, text, environment, wanted) => {
  expect(found(tool, text, environment)).toEqual(wanted);
});
