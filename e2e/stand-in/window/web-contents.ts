/** `webContents`: one page of Chromium as the app sees it. */
import { randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import * as z from 'zod/mini';
import type { Cdp } from '../chromium/cdp.ts';
import { openPage, type ChromiumPage } from '../chromium/page.ts';
import type { IpcMain } from '../ipc/ipc-main.ts';
import { toJson } from '../ipc/json.ts';
import { preloadScript } from '../ipc/preload-script.ts';
import type { SchemeServer } from '../protocol/scheme-server.ts';
import { preventable } from './event.ts';
import { Frames, type WebFrame } from './frames.ts';
import { Navigation, type OpenDetails } from './navigation.ts';
import { readMessage, type ReceivedMessage } from './page-messages.ts';

/** What every window of the process shares. */
export interface WindowSystem {
  /** Resolves when Chromium runs. */
  readonly cdp: Promise<Cdp>;
  readonly ipcMain: IpcMain;
  readonly server: SchemeServer;
}

export interface PageOptions {
  readonly preferences: WebPreferences;
  readonly width: number;
  readonly height: number;
}

/** `webPreferences` of a window; of these the preload script alone has an effect here. */
export interface WebPreferences {
  readonly preload?: string;
  readonly [name: string]: unknown;
}

type OpenHandler = (details: OpenDetails) => { readonly action: 'deny' | 'allow' };

const navigationSchema = z.object({ errorText: z.optional(z.string()), loaderId: z.optional(z.string()) });
let lastId = 0;

export class WebContents extends EventEmitter {
  readonly id = ++lastId;
  /** Resolves when the page can be used. */
  readonly ready: Promise<ChromiumPage>;
  targetId = '';
  readonly #system: WindowSystem;
  readonly #names = { binding: randomName(), receiver: randomName() };
  readonly #navigation: Navigation;
  #frames: Frames;
  #openHandler: OpenHandler = () => ({ action: 'deny' });
  readonly #preferences: WebPreferences;
  #destroyed = false;

  constructor(system: WindowSystem, options: PageOptions) {
    super();
    this.#system = system;
    this.#preferences = options.preferences;
    this.#frames = new Frames('', system.server.fromWeb);
    this.#navigation = new Navigation({
      mayNavigate: (url) => this.#askToNavigate(url),
      onStart: (url) => this.#onStart(url),
      onOpen: (details) => this.#onOpen(details),
    });
    this.ready = this.#open(options);
    this.ready.catch((error: unknown) => console.error('The stand-in could not open a page:', error));
  }

  get mainFrame(): WebFrame {
    return this.#frames.top;
  }

  getLastWebPreferences(): WebPreferences {
    return this.#preferences;
  }

  getURL(): string {
    return this.mainFrame.url;
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  isLoading(): boolean {
    return this.mainFrame.url === '';
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler;
  }

  /** Resolves when the page has loaded. @throws Error as Electron does, for example `ERR_ABORTED` */
  async loadURL(address: string): Promise<void> {
    const page = await this.ready;
    const url = this.#system.server.toWeb(address);
    this.#navigation.own(url);
    const loaded = new Promise<void>((resolve) => this.once('did-finish-load', () => resolve()));
    const { errorText, loaderId } = navigationSchema.parse(await page.send('Page.navigate', { url }));
    // Only the part behind # differed: the document stays.
    if (errorText === undefined) return loaderId === undefined ? undefined : loaded;
    this.emit('did-fail-load', {}, -2, errorText, address, true);
    throw new Error(`${errorText.replace('net::', '')} (-2) loading '${address}'`);
  }

  reload(): void {
    this.#try('Page.reload');
  }

  reloadIgnoringCache(): void {
    this.#try('Page.reload', { ignoreCache: true });
  }

  /** As Electron, without an answer: a page that is gone hears nothing. */
  send(channel: string, ...args: readonly unknown[]): void {
    this.#tell(`onMessage(${JSON.stringify(channel)}, ${toJson(args)})`);
  }

  async executeJavaScript(expression: string): Promise<unknown> {
    const page = await this.ready;
    const schema = z.object({ result: z.object({ value: z.optional(z.unknown()) }) });
    const options = { expression, awaitPromise: true, returnByValue: true };
    return schema.parse(await page.send('Runtime.evaluate', options)).result.value;
  }

  /** Closes the page without asking anybody; windows do the asking. */
  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    void this.ready.then((page) => page.close()).catch(() => undefined);
    this.emit('destroyed');
  }

  /** Asks its window, which closes as if the user had closed it. */
  close(): void {
    this.emit('-close');
  }

  focus(): void {
    this.emit('focus');
  }

  async #open(options: PageOptions): Promise<ChromiumPage> {
    const cdp = await this.#system.cdp;
    const page = await openPage(cdp, options);
    this.targetId = page.targetId;
    this.#frames = new Frames(page.targetId, this.#system.server.fromWeb);
    page.listen((method, params) => this.#onEvent(page, method, params));
    await Promise.all([page.send('Page.enable'), page.send('Runtime.enable'), this.#navigation.begin(page)]);
    await page.send('Runtime.addBinding', { name: this.#names.binding });
    const source = this.#preload(this.#preferences.preload);
    await page.send('Page.addScriptToEvaluateOnNewDocument', { source });
    return page;
  }

  /** A preload script that cannot be read leaves the page without one, and the app is told. */
  #preload(file: string | undefined): string {
    try {
      return preloadScript(file, this.#names);
    } catch (error) {
      console.error(`Unable to load preload script: ${file ?? ''}\n${String(error)}`);
      this.emit('preload-error', {}, file, error);
      return preloadScript(undefined, this.#names);
    }
  }

  #onEvent(page: ChromiumPage, method: string, params: unknown): void {
    this.#frames.onEvent(method, params);
    this.#navigation.onEvent(page, method, params);
    const received = readMessage(this.#names.binding, method, params);
    if (received !== undefined) this.#onMessage(received);
    if (method === 'Page.domContentEventFired') this.emit('dom-ready', {});
    if (method === 'Page.loadEventFired' && this.getURL() !== '') this.emit('did-finish-load', {});
    if (method === 'Page.navigatedWithinDocument') this.emit('did-navigate-in-page', {}, this.getURL(), true);
    if (method === 'Inspector.targetCrashed') {
      this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 });
    }
  }

  #onMessage({ message, context }: ReceivedMessage): void {
    if (message.kind === 'open') return this.#onOpen({ ...message, disposition: 'new-window' });
    if (message.kind === 'preload-error') {
      return void this.emit('preload-error', {}, '', new Error(message.message));
    }
    const senderFrame = this.#frames.ofContext(context) ?? null;
    const event = { sender: this, senderFrame, frameId: context, processId: process.pid };
    if (message.kind === 'send') {
      this.#system.ipcMain.emit(message.channel, event, ...message.args);
      return;
    }
    const { id } = message;
    this.#system.ipcMain.invoke(event, message.channel, message.args).then(
      (json) => this.#tell(`onAnswer(${id}, null, ${json})`),
      (error: unknown) => {
        const text = error instanceof Error ? error.message : String(error);
        this.#tell(`onAnswer(${id}, ${JSON.stringify(text)})`);
      },
    );
  }

  #askToNavigate(webUrl: string): boolean {
    const event = this.#navigationEvent(webUrl);
    this.emit('will-frame-navigate', event);
    this.emit('will-navigate', event, event.url, false, true);
    return !event.defaultPrevented;
  }

  #onStart(webUrl: string): void {
    const event = this.#navigationEvent(webUrl);
    this.emit('did-start-navigation', event, event.url, false, true);
  }

  #navigationEvent(webUrl: string) {
    const url = this.#system.server.fromWeb(webUrl);
    return preventable({ url, isMainFrame: true, isSameDocument: false, frame: this.mainFrame });
  }

  #onOpen(details: OpenDetails): void {
    const { action } = this.#openHandler({ ...details, url: this.#system.server.fromWeb(details.url) });
    if (action === 'allow') throw new Error('The stand-in opens no child windows.');
  }

  #tell(call: string): void {
    this.#try('Runtime.evaluate', { expression: `globalThis.${this.#names.receiver}?.${call}` });
  }

  #try(method: string, params?: object): void {
    if (this.#destroyed) return;
    // A page that is gone or on its way elsewhere hears nothing.
    void this.ready.then((page) => page.send(method, params)).catch(() => undefined);
  }
}

const randomName = (): string => `_${randomBytes(12).toString('hex')}`;
