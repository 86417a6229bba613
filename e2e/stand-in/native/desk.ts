/** The parts of the desktop that only keep something or tell of something: clipboard, shell, theme, power, screens. */
import { EventEmitter } from 'node:events';

let clipboardText = '';

export const clipboard = {
  readText: () => clipboardText,
  writeText(text: string): void {
    clipboardText = text;
  },
  clear(): void {
    clipboardText = '';
  },
};

/** What would have been opened outside. */
const opened: string[] = [];

export const shell = {
  /** The stand-in's own, for tests. */
  opened,
  openExternal(url: string): Promise<void> {
    opened.push(url);
    return Promise.resolve();
  },
  openPath(path: string): Promise<string> {
    opened.push(path);
    return Promise.resolve('');
  },
  showItemInFolder(path: string): void {
    opened.push(path);
  },
  beep(): void {},
};

class NativeTheme extends EventEmitter {
  #source = 'system';

  get themeSource(): string {
    return this.#source;
  }

  set themeSource(source: string) {
    this.#source = source;
    this.emit('updated');
  }

  get shouldUseDarkColors(): boolean {
    return this.#source === 'dark';
  }
}

export const nativeTheme = new NativeTheme();

/** `suspend`, `resume` and the like are emitted by tests. */
export const powerMonitor = new EventEmitter();

const DISPLAY = {
  id: 1,
  scaleFactor: 1,
  bounds: { x: 0, y: 0, width: 1_920, height: 1_080 },
  workArea: { x: 0, y: 0, width: 1_920, height: 1_040 },
  workAreaSize: { width: 1_920, height: 1_040 },
};

export const screen = Object.assign(new EventEmitter(), {
  getAllDisplays: () => [DISPLAY],
  getPrimaryDisplay: () => DISPLAY,
  getDisplayMatching: () => DISPLAY,
  getDisplayNearestPoint: () => DISPLAY,
  getCursorScreenPoint: () => ({ x: 0, y: 0 }),
});
