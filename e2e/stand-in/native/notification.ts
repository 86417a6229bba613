/** `Notification`: what was shown. */
import { EventEmitter } from 'node:events';

export interface NotificationOptions {
  readonly title?: string;
  readonly body?: string;
  readonly silent?: boolean;
}

export class Notification extends EventEmitter {
  /** The stand-in's own: everything that was shown, for tests. */
  static readonly shown: Notification[] = [];
  readonly title: string;
  readonly body: string;

  static isSupported(): boolean {
    return true;
  }

  constructor({ title = '', body = '' }: NotificationOptions = {}) {
    super();
    this.title = title;
    this.body = body;
  }

  show(): void {
    Notification.shown.push(this);
    this.emit('show', {});
  }

  close(): void {
    this.emit('close', {});
  }
}
