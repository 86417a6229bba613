/** `Tray`: what the app puts there. */
import { EventEmitter } from 'node:events';
import type { Menu } from './menu.ts';

export class Tray extends EventEmitter {
  /** The stand-in's own: every tray that is there, for tests. */
  static readonly all: Tray[] = [];
  image: unknown;
  toolTip = '';
  title = '';
  menu: Menu | null = null;

  constructor(image: unknown) {
    super();
    this.image = image;
    Tray.all.push(this);
  }

  setImage(image: unknown): void {
    this.image = image;
  }

  setToolTip(text: string): void {
    this.toolTip = text;
  }

  setTitle(text: string): void {
    this.title = text;
  }

  setContextMenu(menu: Menu | null): void {
    this.menu = menu;
  }

  popUpContextMenu(): void {
    this.menu?.popup();
  }

  setIgnoreDoubleClickEvents(): void {}

  isDestroyed(): boolean {
    return !Tray.all.includes(this);
  }

  destroy(): void {
    Tray.all.splice(Tray.all.indexOf(this), 1);
  }
}
