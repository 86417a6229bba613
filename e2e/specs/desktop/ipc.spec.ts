/** Row 64 of the fault list: requests over IPC that no page of ours would send are refused and change nothing. */
import { INVOKE_CHANNEL } from '../../../contract/rpc/ipc.ts';
import { procedures } from '../../../contract/rpc/procedures.ts';
import { desktopProcedures } from '../../../contract/rpc/procedures/desktop.ts';
import { codeOf, invoke } from '../../fixtures/bridge.ts';
import type { DesktopApp } from '../../fixtures/desktop-app.ts';
import { expect, test } from '../../fixtures/desktop-test.ts';
import { findIn, formsOf, heapOf } from '../../fixtures/secret-sweep.ts';

const KEY = 'sk-e2e-ipc-canary-00000000009876';
const CLIENT_KEY = 'client-e2e-ipc-canary-000012345';
/** Would be seen at once. */
const PAUSE = { kind: 'call', name: 'gateway.pause', input: { paused: true } };
const ORIGIN = 'app://switchyard';

const state = async ({ page }: DesktopApp): Promise<unknown> => {
  const result = await invoke(page, 'gateway.status');
  return result.ok ? result.data : result.error;
};

test.use({ start: { config: `clients: [{ id: laptop, key: ${CLIENT_KEY}, optional: true }]\n` } });
test.afterEach(async ({ desktop }) => {
  expect(await state(desktop)).toMatchObject({ state: 'running' });
});

test('unknown procedures are refused, those of the engine alone and of the prototype too', async ({
  page,
}) => {
  for (const name of ['providers.steal', '', 'constructor', '__proto__', 'toString', 'x'.repeat(101)]) {
    expect([name, await codeOf(page, name)]).toEqual([
      name,
      expect.stringMatching(/not_found|invalid_input/),
    ]);
  }
});

test('wrong types are refused', async ({ page }) => {
  for (const name of [null, 7, {}, ['gateway.pause'], true]) {
    expect(await codeOf(page, name, { paused: true })).toBe('invalid_input');
  }
  const deep = `${'['.repeat(200)}${']'.repeat(200)}`;
  const inputs = [null, 7, 'paused', [], { paused: 'yes' }, { paused: true, more: 1 }, JSON.parse(deep)];
  for (const input of inputs) {
    expect(await codeOf(page, 'gateway.pause', input)).toBe('invalid_input');
  }
  expect(
    await page.evaluate('switchyard.invoke("gateway.pause", () => true).catch(() => "thrown")'),
  ).not.toMatchObject({ ok: true });
});

test('an argument of 100 MB is refused, and the app stays quick', async ({ page }) => {
  const call = 'switchyard.invoke("requests.list", { filter: { words: "x".repeat(100_000_000) } })';
  expect(await page.evaluate(call)).toMatchObject({ ok: false, error: { code: 'invalid_input' } });
  expect(await codeOf(page, 'requests.list')).toBe('ok');
});

test('senders that are not the page are refused', async ({ desktop }) => {
  const frames = {
    'a foreign origin': { origin: 'https://example.com', url: 'https://example.com/', parent: null },
    'an opaque origin': { origin: 'null', url: 'data:text/html,x', parent: null },
    'a look-alike': { origin: `${ORIGIN}.example.com`, url: `${ORIGIN}.example.com/`, parent: null },
    'a frame inside the page': { origin: ORIGIN, url: `${ORIGIN}/`, parent: { origin: ORIGIN } },
    'a frame that is gone': null,
  };
  for (const [name, senderFrame] of Object.entries(frames)) {
    expect([name, await ask(desktop, PAUSE, senderFrame, true)]).toMatchObject([
      name,
      { error: { code: 'forbidden' } },
    ]);
  }
  const ours = { origin: ORIGIN, url: `${ORIGIN}/`, parent: null };
  expect(await ask(desktop, PAUSE, ours, false)).toMatchObject({ error: { code: 'forbidden' } });
});

test('requests that are none are refused', async ({ desktop }) => {
  const ours = { origin: ORIGIN, url: `${ORIGIN}/`, parent: null };
  const requests = [
    null,
    7,
    'gateway.pause',
    [],
    { kind: 'run', name: 'gateway.pause', input: {} },
    { kind: 'call' },
    { ...PAUSE, more: 1 },
    { kind: 'follow', id: '', request: PAUSE },
    { kind: 'follow', id: 'a', request: { kind: 'events', topics: ['secrets.changed'] } },
    { kind: 'taken', id: 'a', count: -1 },
  ];
  for (const request of requests) {
    expect([request, await ask(desktop, request, ours, true)]).toMatchObject([
      request,
      { ok: false, error: { code: 'invalid_input' } },
    ]);
  }
});

test('no procedure returns a stored secret', async ({ page }) => {
  // Each of them, several times.
  test.slow();
  const provider = {
    id: 'mine',
    dialect: 'openai-chat',
    baseUrl: 'http://127.0.0.1:9/v1',
    allowPrivateNetwork: true,
  };
  expect(await codeOf(page, 'providers.add', provider)).toBe('ok');
  const added = await invoke(page, 'keys.add', { provider: 'mine', value: KEY });
  const id = added.ok ? (/"id":"([^"]+)"/.exec(JSON.stringify(added.data))?.[1] ?? '') : '';
  expect(id).not.toBe('');
  const answers: string[] = [JSON.stringify(added)];
  // Ends the app, asks outside of it, or goes on for as long as somebody listens.
  const left = [
    ...['quit', 'openDataFolder', 'openExternal', 'commands', 'links'].map((name) => `desktop.${name}`),
    'updates.follow',
  ];
  const names = Object.keys({ ...procedures, ...desktopProcedures }).filter((name) => !left.includes(name));
  // What deletes comes last.
  names.sort((a, b) => Number(/remove|clear/.test(a)) - Number(/remove|clear/.test(b)));
  const inputs = [
    {},
    { id: 'mine' },
    { provider: 'mine', id },
    { provider: 'mine', model: 'm' },
    { ids: ['mine'] },
  ];
  const ofTools = [{ id: 'laptop' }, { tool: 'claude-code' }];
  for (const name of names) {
    const more = /^(?:clients|connect)\./.test(name) ? ofTools : [];
    for (const input of [...inputs, ...more])
      answers.push(`${name} ${JSON.stringify(await invoke(page, name, input))}`);
  }
  const forms = [KEY, CLIENT_KEY].flatMap((key) => [...formsOf(key), key.slice(0, -4)]);
  expect(answers.filter((answer) => forms.some((form) => answer.includes(form)))).toEqual([]);
  expect(answers.length).toBeGreaterThan(100);
  expect(await page.content()).not.toContain(KEY);
  const heap = await heapOf(page);
  // Typed in by this test itself, `KEY` may be there still; what nobody typed may not.
  expect(findIn(heap, CLIENT_KEY)).toEqual([]);
});

/** Calls the app's handler itself with a sender of our making, as a page taken over by others might. */
function ask(
  { electron }: DesktopApp,
  request: unknown,
  senderFrame: object | null,
  ownWindow: boolean,
): Promise<unknown> {
  return electron.evaluate(
    ({ ipcMain, BrowserWindow }, { channel, request: sent, frame, own }): unknown => {
      const handlers: unknown = Reflect.get(ipcMain, '_invokeHandlers');
      const handler: unknown = handlers instanceof Map ? handlers.get(channel) : undefined;
      if (typeof handler !== 'function') throw new Error('The app has no handler for its channel.');
      const stranger = { id: 4_711, isDestroyed: () => false, send: () => undefined };
      const sender = own ? BrowserWindow.getAllWindows()[0]?.webContents : stranger;
      return Reflect.apply(handler, undefined, [{ sender, senderFrame: frame }, sent]);
    },
    { channel: INVOKE_CHANNEL, request, frame: senderFrame, own: ownWindow },
  );
}
