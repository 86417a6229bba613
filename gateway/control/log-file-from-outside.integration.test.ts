/** The log is appended to, and clients write in it: from the pages it goes to no file outside the data folder. */
import { symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { NO_OVERRIDES } from '../config/overrides.ts';
import { memoryFile, startTestGateway, type TestGateway } from '../testing/test-gateway.ts';

let gateway: TestGateway;
let file: ReturnType<typeof memoryFile>;

afterEach(() => gateway.stop());

async function start(more = ''): Promise<void> {
  file = memoryFile(`server: { port: 0 }\n${more}`);
  const configFile = {
    ...file,
    read: () => Promise.resolve(file.text),
    keepCopy: () => Promise.resolve('copy'),
  };
  gateway = await startTestGateway('', {
    configFile,
    overrides: NO_OVERRIDES,
    environment: { HOME: '/home/me' },
  });
}
const set = (value: string) => gateway.call('settings.set', { path: 'logging.file', value });
const inForce = (): string => gateway.gateway.config().logging.file;
const REFUSED = {
  ok: false,
  error: {
    code: 'invalid_input',
    field: 'logging.file',
    message: expect.stringContaining('logging.file: from here the log goes to a file inside the data folder'),
  },
};

it('goes to a file inside', async () => {
  await start();
  expect(await set('logs/mine.log')).toMatchObject({ ok: true });
  expect(inForce()).toBe('logs/mine.log');
});

it.each(['/home/me/.bashrc', '../mine.log', 'config.yaml', '${HOME}/mine.log/../../x.log'])(
  'does not go to %s',
  async (path) => {
    await start();
    expect(await set(path)).toMatchObject(REFUSED);
    expect(inForce()).toBe('logs/switchyard.log');
    expect(file.text).toBe('server: { port: 0 }\n');
  },
);

it('does not go where a link leads', async () => {
  await start();
  await symlink(tmpdir(), join(gateway.folder, 'out'));
  expect(await set('out/mine.log')).toMatchObject(REFUSED);
});

it('stays where the file has it by hand, and is set, taken back and put back there', async () => {
  await start('logging: { file: /var/log/mine.log }\n');
  expect(inForce()).toBe('/var/log/mine.log');
  expect(await set('/var/log/mine.log')).toMatchObject({ ok: true });
  expect(await set('/var/log/other.log')).toMatchObject(REFUSED);
  expect(await set('mine.log')).toMatchObject({ ok: true });
  expect(await gateway.call('settings.undo', { path: 'logging.file' })).toMatchObject({ ok: true });
  expect(inForce()).toBe('/var/log/mine.log');
});

const BY_VARIABLE = { ok: false, error: { code: 'invalid_input', message: expect.stringContaining('HOME') } };

it.each([
  ['/home/me/.bashrc', REFUSED],
  ['${HOME}/mine.log', BY_VARIABLE],
  ['"~/x.log\\n"', REFUSED],
])('is not taken there by an import: %s', async (path, refused) => {
  await start();
  const text = `server: { port: 0 }\nlogging: { file: ${path.startsWith('"') ? path : `"${path}"`} }\n`;
  expect(await gateway.call('config.plan', { text })).toMatchObject(refused);
  const { before } = await gateway.gateway.control.handlers['config.plan']({ text: 'server: { port: 0 }' });
  expect(await gateway.call('config.import', { text, before })).toMatchObject(refused);
  expect(inForce()).toBe('logs/switchyard.log');
});

it('stays by an import that has the same file', async () => {
  await start('logging: { file: /var/log/mine.log }\n');
  const text = 'server: { port: 0 }\nlogging: { level: warn, file: /var/log/mine.log }\n';
  const { before } = await gateway.gateway.control.handlers['config.plan']({ text });
  expect(await gateway.call('config.import', { text, before })).toMatchObject({ ok: true });
  expect(gateway.gateway.config().logging.level).toBe('warn');
});
