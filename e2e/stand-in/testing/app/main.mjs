// A small app that uses what Switchyard uses of Electron, to try the stand-in (or Electron) by itself.
import { app, BrowserWindow, ipcMain, protocol, utilityProcess } from 'electron';
import { fileURLToPath } from 'node:url';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const HTML = `<!doctype html><html lang="en"><title>Tried</title><p>Hello</p>
<a id="away" href="https://example.com/away">away</a>
<a id="mail" href="mailto:a@example.com">mail</a>
<a id="new" target="_blank" href="https://example.com/new">new</a>`;

globalThis.asked = [];
globalThis.allowed = false;

protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true } }]);
ipcMain.handle('echo', (event, value) => ({
  value,
  origin: event.senderFrame.origin,
  top: event.senderFrame.parent === null && event.senderFrame === event.sender.mainFrame,
}));
ipcMain.handle('fail', () => {
  throw new TypeError('not like this');
});
ipcMain.handle('push', (event) => event.sender.send('pushed', { from: 'main' }));
ipcMain.handle('fork', () => {
  const child = utilityProcess.fork(at('./child.mjs'), ['one']);
  return new Promise((resolve) => {
    child.once('spawn', () => child.postMessage({ say: 'hello' }));
    child.once('message', (message) => {
      child.once('exit', (code) => resolve({ message, code }));
      child.postMessage('end');
    });
  });
});
app.on('second-instance', (_event, argv) => globalThis.asked.push(['second', argv.at(-1)]));

if (!app.requestSingleInstanceLock()) app.exit(3);
else void app.whenReady().then(open);

function open() {
  protocol.handle('app', ({ url }) => {
    const headers = {
      'content-type': 'text/html',
      'content-security-policy': "default-src 'none'; frame-src 'none'",
    };
    return url.endsWith('/missing') ? new Response('no', { status: 404 }) : new Response(HTML, { headers });
  });
  const window = new BrowserWindow({
    width: 900,
    height: 700,
    show: false,
    webPreferences: { preload: at('./preload.cjs') },
  });
  window.once('ready-to-show', () => window.show());
  window.webContents.on('will-navigate', (event, url) => {
    globalThis.asked.push(['navigate', url]);
    if (!globalThis.allowed) event.preventDefault();
  });
  window.webContents.setWindowOpenHandler(({ url }) => {
    globalThis.asked.push(['open', url]);
    return { action: 'deny' };
  });
  void window.loadURL('app://tried/#/start');
}
