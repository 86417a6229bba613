/** A window of Electron in memory, as far as ours use it. */
import { EventEmitter } from 'node:events';

/** Every window so far, oldest first; a test empties it before it begins. */
export const made: FakeWindow[] = [];

export class FakeWindow extends EventEmitter {
  address = '';
  visible = false;
  bounds = { x: 0, y: 0, width: 1_000, height: 700 };
  readonly webContents = Object.assign(new EventEmitter(), { id: 1, getURL: () => this.address });
  constructor() {
    super();
    made.push(this);
  }
  loadURL(url: string): Promise<void> {
    this.address = url;
    return Promise.resolve();
  }
  close(): void {
    this.emit('close', { preventDefault: () => undefined });
  }
  show(): void {
    this.visible = true;
    this.emit('show');
  }
  hide(): void {
    this.visible = false;
  }
  destroy(): void {
    this.emit('closed');
  }
  focus = (): void => undefined;
  isMinimized = (): boolean => false;
  isMaximized = (): boolean => false;
  getNormalBounds = () => this.bounds;
  setBounds = (bounds: FakeWindow['bounds']): void => {
    this.bounds = bounds;
  };
}
