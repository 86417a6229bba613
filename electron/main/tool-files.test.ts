import { join } from 'node:path';
import { expect, it } from 'vitest';
import { toolFileHandlers } from './tool-files.ts';

const FILE = '~/.codex/config.toml';

function setUp(real: string | null = null) {
  const opened: string[] = [];
  const control: object = {
    'connect.list': () =>
      Promise.resolve({
        tools: [
          { id: 'codex', files: [FILE] },
          { id: 'zed', files: ['/etc/zed/settings.json'] },
        ],
      }),
  };
  const ports: object = {
    control,
    homeFolder: '/home/me',
    realPath: (path: string) => Promise.resolve(path.includes('gone') ? null : (real ?? path)),
    open: (path: string) => Promise.resolve(void opened.push(path)),
  };
  const open = (tool: string, file: string): Promise<unknown> => {
    const handlers: object = Reflect.apply(toolFileHandlers, undefined, [ports]);
    const handler: unknown = Reflect.get(handlers, 'desktop.openToolFile');
    if (typeof handler !== 'function') throw new Error('no handler');
    return Promise.resolve(Reflect.apply(handler, undefined, [{ tool, file }]));
  };
  return { opened, open };
}

it('opens a file of the tool where it lies', async () => {
  const { opened, open } = setUp();
  await open('codex', FILE);
  await open('zed', '/etc/zed/settings.json');
  expect(opened).toEqual([join('/home/me', '.codex/config.toml'), '/etc/zed/settings.json']);
});

it.each([
  ['codex', '/etc/passwd'],
  ['codex', '/etc/zed/settings.json'],
  ['codex', '/home/me/.codex/config.toml'],
  ['codex', '~/.codex/../.ssh/id_rsa'],
  ['zed', FILE],
])('opens nothing else: %s %s', async (tool, file) => {
  const { opened, open } = setUp();
  await expect(open(tool, file)).rejects.toThrow('no file of this tool');
  expect(opened).toEqual([]);
});

it('follows a link to settings, and none to anything else', async () => {
  const linked = setUp('/dotfiles/codex.toml');
  await linked.open('codex', FILE);
  expect(linked.opened).toEqual(['/dotfiles/codex.toml']);
  const odd = setUp('/opt/run.sh');
  await expect(odd.open('codex', FILE)).rejects.toThrow('is a link to /opt/run.sh');
  expect(odd.opened).toEqual([]);
});
