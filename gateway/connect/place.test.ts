import { describe, expect, it } from 'vitest';
import { candidatesOf, type Around } from './place.ts';
import { TOOLS } from './tools/index.ts';

const around = (environment: Around['environment'], platform: NodeJS.Platform = 'linux'): Around => ({
  homeFolder: '/home/me',
  environment,
  platform,
});

type Id = keyof typeof TOOLS;
const paths = (tool: Id, environment: Around['environment'], platform?: NodeJS.Platform) =>
  TOOLS[tool].files.flatMap(({ places }) => candidatesOf(places, around(environment, platform)));

describe('where a file of a tool may be', () => {
  it.each<[Id, Around['environment'], readonly string[]]>([
    ['claude-code', { CLAUDE_CONFIG_DIR: '/srv/claude' }, ['/srv/claude/settings.json']],
    ['claude-code', { CLAUDE_CONFIG_DIR: ' ' }, ['/home/me/.claude/settings.json']],
    ['codex', { CODEX_HOME: 'codex' }, ['/home/me/codex/config.toml']],
    ['cline', { CLINE_DATA_DIR: '/data', CLINE_DIR: '/cline' }, ['/data/settings/providers.json']],
    ['cline', { CLINE_DIR: '/cline' }, ['/cline/data/settings/providers.json']],
    ['gemini-cli', { GEMINI_CLI_HOME: '/gemini' }, ['/gemini/.gemini/.env', '/gemini/.gemini/settings.json']],
    ['continue', { CONTINUE_GLOBAL_DIR: '/continue' }, ['/continue/config.yaml', '/continue/config.json']],
    ['zed', { XDG_CONFIG_HOME: '/xdg', APPDATA: '/data' }, ['/xdg/zed/settings.json']],
  ])('%s with %j: no other is read, so no other is written', (tool, environment, wanted) => {
    expect(paths(tool, environment)).toEqual(wanted);
  });

  it('of OpenCode both names, in the folder of the variable alone', () => {
    const found = paths('opencode', { XDG_CONFIG_HOME: '/xdg' });
    expect(found.toSorted()).toEqual(['/xdg/opencode/opencode.json', '/xdg/opencode/opencode.jsonc']);
  });

  it('a variable of another system says nothing', () => {
    expect(paths('zed', { XDG_CONFIG_HOME: '/xdg' }, 'darwin')).toEqual([
      '/home/me/.config/zed/settings.json',
    ]);
  });
});
