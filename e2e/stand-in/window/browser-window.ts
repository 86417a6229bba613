/** `BrowserWindow`: the state of a window without a screen, and its page. */
import { EventEmitter } from 'node:events';
import { preventable } from './event.ts';
import { WebContents, type WebPreferences, type WindowSystem } from './web-contents.ts';

interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface WindowOptions extends Partial<Rectangle> {
  readonly show?: boolean;
  readonly title?: string;
  readonly webPreferences?: WebPreferences;
  readonly [name: string]: unknown;
}

/** The open windows of the process, oldest first. */
export class WindowList {
  readonly windows: BrowserWindow[] = [];
  readonly system: WindowSystem;
  /** Tells the app of its windows: `browser-window-created`, `window-all-closed` and the like. */
  readonly notify: (event: string, ...args: readonly unknown[]) => void;

  constructor(system: WindowSystem, notify: (event: string, ...args: readonly unknown[]) => void) {
    this.system = system;
    this.notify = notify;
  }
}

export class BrowserWindow extends EventEmitter {
  readonly id: number;
  readonly webContents: WebContents;
  /** As the app gave them, for tests. */
  readonly options: WindowOptions;
  readonly #list: WindowList;
  #bounds: Rectangle;
  #title: string;
  #visible: boolean;
  #minimized = false;
  #maximized = false;
  #fullScreen = false;
  #destroyed = false;

  constructor(list: WindowList, options: WindowOptions) {
    super();
    const { x = 0, y = 0, width = 800, height = 600 } = options;
    this.options = options;
    this.#list = list;
    this.#bounds = { x, y, width, height };
    this.#title = options.title ?? '';
    this.#visible = options.show ?? true;
    this.webContents = new WebContents(list.system, {
      preferences: options.webPreferences ?? {},
      width,
      height,
    });
    this.id = this.webContents.id;
    this.webContents.on('-close', () => this.close());
    this.webContents.once('did-finish-load', () => this.emit('ready-to-show', {}));
    list.windows.push(this);
    list.notify('web-contents-created', {}, this.webContents);
    list.notify('browser-window-created', {}, this);
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url);
  }

  reload(): void {
    this.webContents.reload();
  }

  /** As the user does: the app may prevent it. */
  close(): void {
    if (this.#destroyed) return;
    const event = preventable({});
    this.emit('close', event);
    if (!event.defaultPrevented) this.destroy();
  }

  /** Nobody is asked. */
  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.#visible = false;
    this.webContents.destroy();
    this.#list.windows.splice(this.#list.windows.indexOf(this), 1);
    this.emit('closed');
    if (this.#list.windows.length === 0) this.#list.notify('window-all-closed');
  }

  show(): void {
    this.#visible = true;
    this.#minimized = false;
    this.emit('show', {});
    this.focus();
  }

  showInactive(): void {
    this.#visible = true;
    this.emit('show', {});
  }

  hide(): void {
    this.#visible = false;
    this.emit('hide', {});
  }

  minimize(): void {
    this.#minimized = true;
    this.emit('minimize', {});
  }

  restore(): void {
    this.#minimized = false;
    this.#visible = true;
    this.emit('restore', {});
  }

  maximize(): void {
    this.#maximized = true;
    this.#visible = true;
    this.emit('maximize', {});
  }

  unmaximize(): void {
    this.#maximized = false;
    this.emit('unmaximize', {});
  }

  focus(): void {
    this.emit('focus', {});
    this.#list.notify('browser-window-focus', {}, this);
  }

  moveTop(): void {
    this.focus();
  }

  setBounds(bounds: Partial<Rectangle>): void {
    const before = this.#bounds;
    this.#bounds = { ...before, ...bounds };
    if (before.width !== this.#bounds.width || before.height !== this.#bounds.height) this.emit('resize', {});
    if (before.x !== this.#bounds.x || before.y !== this.#bounds.y) this.emit('move', {});
  }

  getBounds(): Rectangle {
    return this.#bounds;
  }

  getNormalBounds(): Rectangle {
    return this.#bounds;
  }

  setTitle(title: string): void {
    this.#title = title;
  }

  getTitle(): string {
    return this.#title;
  }

  setFullScreen(on: boolean): void {
    this.#fullScreen = on;
  }

  isVisible(): boolean {
    return this.#visible && !this.#minimized;
  }

  isFocused(): boolean {
    return this.isVisible() && this.#list.windows.at(-1) === this;
  }

  isMinimized(): boolean {
    return this.#minimized;
  }

  isMaximized(): boolean {
    return this.#maximized;
  }

  isFullScreen(): boolean {
    return this.#fullScreen;
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  /** What only a screen can show is taken and forgotten. */
  setBackgroundColor(): void {}
  setMenuBarVisibility(): void {}
  setAutoHideMenuBar(): void {}
  setMenu(): void {}
  removeMenu(): void {}
  setIcon(): void {}
  setSkipTaskbar(): void {}
  setProgressBar(): void {}
  flashFrame(): void {}
  setTitleBarOverlay(): void {}
  setContentProtection(): void {}
}
