/** Row 63 of the fault list: whatever runs inside the page, the window shows nothing but our pages. */
import { writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { codeOf } from '../../fixtures/bridge.ts';
import type { DesktopApp } from '../../fixtures/desktop-app.ts';
import { expect, test } from '../../fixtures/desktop-test.ts';
import { IS_ELECTRON } from '../../fixtures/electron.ts';

/** Only these may leave, through the system's browser and mail program. */
const OUTSIDE = ['https://example.com/path?q=1', 'mailto:somebody@example.com'];
const DENIED = [
  'http://example.com/',
  'file:///etc/passwd',
  'data:text/html,<script>document.title="taken"</script>',
  'blob:null/1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed',
  'smb://example.com/share',
  'ms-msdt:/id PCWDiagnostic',
  'ssh://example.com/',
  'search-ms:query=calc',
  'vscode://file/etc/passwd',
  'https://user:secret@example.com/',
];

let server: Server;
let canary: string;
const seen: string[] = [];

test.beforeAll(async () => {
  server = createServer((request, response) => {
    seen.push(request.url ?? '');
    response.end('<!doctype html><title>outside</title>');
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address: AddressInfo | string | null = server.address();
  canary = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
});
test.afterAll(() => {
  server.close();
});
test.beforeEach(async ({ desktop }) => {
  seen.length = 0;
  await spyOnShell(desktop);
});

test('new windows are denied; only https and mailto leave, and outside', async ({ desktop, page }) => {
  const addresses = [...OUTSIDE, ...DENIED, `${canary}/window`];
  for (const address of addresses) {
    const text = JSON.stringify(address);
    expect(await page.evaluate(`String(window.open(${text}, "_blank", "popup"))`)).toBe('null');
    // As a link in an answer of a model would be.
    await page.evaluate(
      `document.body.append(Object.assign(document.createElement("a"), { href: ${text}, target: "_blank", id: "away", textContent: "away" }))`,
    );
    await page.evaluate('document.getElementById("away").click()');
    await page.evaluate('document.getElementById("away").remove()');
  }
  await expect.poll(() => opened(desktop)).toEqual(OUTSIDE.flatMap((address) => [address, address]));
  await expectUntouched(desktop, page);
});

/** Chromium itself says that the page tried. */
const REFUSED = /Not allowed to|navigat|Content Security Policy/i;

test('the page cannot be led elsewhere', async ({ desktop, page, expectedErrors }) => {
  expectedErrors.push(REFUSED);
  for (const address of [...OUTSIDE, ...DENIED, `${canary}/location`]) {
    await page.evaluate(`location.href = ${JSON.stringify(address)}`).catch(() => undefined);
  }
  for (const address of [`${canary}/link`, 'https://example.com/']) {
    await page.evaluate(
      `document.body.append(Object.assign(document.createElement("a"), { href: ${JSON.stringify(address)}, id: "away" }))`,
    );
    await page.evaluate('document.getElementById("away").click()');
    await page.evaluate('document.getElementById("away").remove()');
  }
  await page.evaluate(
    `document.head.append(Object.assign(document.createElement("meta"), { httpEquiv: "refresh", content: "0;url=${canary}/refresh" }))`,
  );
  await expectUntouched(desktop, page);
});

/** Clicks that open a tab of their own, or a window. */
const NEW_TABS = ['{ ctrlKey: true }', '{ shiftKey: true }', '{ button: 1 }'].map((more) => ['', more]);

test('no other way of going leads elsewhere', async ({ desktop, page, expectedErrors }) => {
  expectedErrors.push(REFUSED);
  const away = `${canary}/other`;
  const ways = [
    `location.assign("${away}")`,
    `location.replace("${away}")`,
    `top.location = "${away}"`,
    `window.open("${away}", "_self")`,
    `window.open("${away}", "_top")`,
    `history.pushState(null, "", "${away}")`,
  ];
  for (const way of ways) await page.evaluate(`(() => { try { ${way} } catch {} })()`).catch(() => undefined);
  for (const [target, more] of [
    ['_self', '{}'],
    ['_top', '{}'],
    ['_parent', '{}'],
    // The stand-in cannot ask the app about tabs that Chromium itself would open.
    ...(IS_ELECTRON ? NEW_TABS : []),
  ]) {
    await page.evaluate(`(() => {
      const link = Object.assign(document.createElement("a"), { href: "${away}", target: "${target}" });
      document.body.append(link);
      link.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, ...${more} }));
      link.remove();
    })()`);
  }
  await expectUntouched(desktop, page);
});

test('a frame within the page leads nowhere, nor takes the page along', async ({
  desktop,
  page,
  expectedErrors,
}) => {
  expectedErrors.push(/Content Security Policy/i);
  const inner = `<script>top.location = "${canary}/top"; open("${canary}/open")</script><img src="${canary}/pixel">`;
  await page.evaluate(`(() => {
    const add = (fields) => document.body.append(Object.assign(document.createElement("iframe"), fields));
    add({ srcdoc: ${JSON.stringify(inner)} });
    add({ src: "data:text/html," + encodeURIComponent(${JSON.stringify(inner)}) });
    add({ src: URL.createObjectURL(new Blob([${JSON.stringify(inner)}], { type: "text/html" })) });
    add({ src: "javascript:void(top.document.title = 'taken')" });
  })()`);
  await expectUntouched(desktop, page);
  expect(await opened(desktop)).toEqual([]);
});

test('the door of the host opens for https and mailto alone', async ({ desktop, page }) => {
  for (const url of [...DENIED, 'javascript:alert(1)', '']) {
    expect([url, await codeOf(page, 'desktop.openExternal', { url })]).toEqual([url, 'invalid_input']);
  }
  for (const url of OUTSIDE) expect(await codeOf(page, 'desktop.openExternal', { url })).toBe('ok');
  await expect.poll(() => opened(desktop)).toEqual(OUTSIDE);
});

test('nothing foreign is embedded, loaded or sent', async ({ desktop, page, pageErrors, expectedErrors }) => {
  // Of each that the policy refuses Chromium tells what it is.
  expectedErrors.push(/Content Security Policy|directive: /i);
  await page.evaluate(`(() => {
    const add = (tag, fields) => document.body.append(Object.assign(document.createElement(tag), fields));
    add("iframe", { src: "${canary}/iframe" });
    add("object", { data: "${canary}/object" });
    add("img", { src: "${canary}/image" });
    add("script", { src: "${canary}/script" });
    add("link", { rel: "stylesheet", href: "${canary}/style" });
    add("form", { action: "${canary}/form", method: "post", target: "_blank" });
    document.querySelector("form").submit();
    fetch("${canary}/fetch").catch(() => undefined);
    navigator.sendBeacon("${canary}/beacon");
    try { new WebSocket("${canary.replace('http', 'ws')}/socket"); } catch {}
    setTimeout("document.title = 'taken'");
  })()`);
  // What Chromium refused, and by which part of the policy.
  const refused = (): readonly string[] => [
    ...new Set(pageErrors.map((text) => /directive: "([a-z-]+)/.exec(text)?.[1] ?? '').filter(Boolean)),
  ];
  await expect
    .poll(() => [...refused()].sort())
    .toEqual([
      'connect-src',
      'default-src',
      'form-action',
      'frame-src',
      'img-src',
      'script-src',
      'style-src',
    ]);
  await expectUntouched(desktop, page);
});

test('the window asks for every wall that Electron has', async ({ desktop }) => {
  const preferences = await desktop.electron.evaluate(({ BrowserWindow }): unknown => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    const read: unknown = contents === undefined ? undefined : Reflect.get(contents, 'getLastWebPreferences');
    return typeof read === 'function' ? Reflect.apply(read, contents, []) : null;
  });
  expect(preferences).toMatchObject({
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    webSecurity: true,
    webviewTag: false,
    navigateOnDragDrop: false,
  });
});

test('a webview stays an empty element', async ({ desktop, page }) => {
  await page.evaluate(
    `document.body.append(Object.assign(document.createElement("webview"), { src: "${canary}/webview" }))`,
  );
  await page.waitForTimeout(200);
  expect(await desktop.electron.evaluate(({ webContents }) => webContents.getAllWebContents().length)).toBe(
    1,
  );
  await expectUntouched(desktop, page);
});

test('a dropped file is not opened', async ({ desktop, page }) => {
  const file = join(desktop.home, 'dropped.html');
  await writeFile(file, '<!doctype html><title>dropped</title>');
  const session = await desktop.electron.context().newCDPSession(page);
  const data = { items: [], files: [file], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x: 200, y: 200, data });
  }
  // A link that is dragged in from elsewhere.
  const link = { mimeType: 'text/uri-list', data: `${canary}/dragged` };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    const dragged = { items: [link], dragOperationsMask: 1 };
    await session.send('Input.dispatchDragEvent', { type, x: 200, y: 200, data: dragged });
  }
  await page.waitForTimeout(200);
  await expectUntouched(desktop, page);
});

test('no permission is granted', async ({ page }) => {
  const names = ['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read', 'midi'];
  for (const name of names) {
    expect([
      name,
      await page.evaluate(`navigator.permissions.query({ name: "${name}" }).then((p) => p.state)`),
    ]).toEqual([name, 'denied']);
  }
  expect(
    await page.evaluate('navigator.mediaDevices.getUserMedia({ audio: true }).catch((error) => error.name)'),
  ).toMatch(/NotAllowedError|NotFoundError/);
});

/** Counts instead of opening a browser. */
async function spyOnShell({ electron }: DesktopApp): Promise<void> {
  await electron.evaluate(({ shell }) => {
    const addresses: string[] = [];
    Reflect.set(globalThis, 'openedOutside', addresses);
    shell.openExternal = (url) => {
      addresses.push(url);
      return Promise.resolve();
    };
  });
}

const opened = ({ electron }: DesktopApp): Promise<unknown> =>
  electron.evaluate((): unknown => Reflect.get(globalThis, 'openedOutside'));

/** The same page in the only window, alive, and nobody outside was asked for anything. */
async function expectUntouched(desktop: DesktopApp, page: Page): Promise<void> {
  // No locators: these wait for a way that Chromium began to go and that was refused before it was one.
  await expect.poll(() => page.evaluate('document.querySelector("nav")?.checkVisibility()')).toBe(true);
  await expect.poll(() => page.url()).toMatch(/^(?:app:\/\/switchyard|http:\/\/switchyard\.localhost)\//);
  expect(await page.title()).not.toMatch(/taken|outside|dropped/);
  await expect.poll(() => desktop.electron.windows().length).toBe(1);
  expect(seen).toEqual([]);
}
