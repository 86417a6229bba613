/** `session`: the app's answers to permissions reach Chromium, so that a page meets them. */
import { EventEmitter } from 'node:events';
import type { Cdp } from '../chromium/cdp.ts';

type PermissionCheck = (contents: null, permission: string, origin: string, details: object) => boolean;
type PermissionRequest = (contents: null, permission: string, answer: (granted: boolean) => void) => void;

/** Chromium's names, and Electron's. */
const PERMISSIONS: readonly (readonly [string, string])[] = [
  ['camera', 'media'],
  ['microphone', 'media'],
  ['geolocation', 'geolocation'],
  ['notifications', 'notifications'],
  ['midi', 'midi'],
  ['clipboard-read', 'clipboard-read'],
  ['clipboard-write', 'clipboard-sanitized-write'],
  ['idle-detection', 'idle-detection'],
];

export class Session extends EventEmitter {
  readonly protocol: object;
  readonly #cdp: Promise<Cdp>;
  devicePermissionHandler: unknown = null;

  constructor(cdp: Promise<Cdp>, protocol: object) {
    super();
    this.#cdp = cdp;
    this.protocol = protocol;
  }

  setPermissionRequestHandler(handler: PermissionRequest | null): void {
    if (handler === null) return;
    this.#apply((permission) => {
      let answer = false;
      handler(null, permission, (granted) => {
        answer = granted;
      });
      return answer;
    });
  }

  setPermissionCheckHandler(handler: PermissionCheck | null): void {
    if (handler !== null) this.#apply((permission) => handler(null, permission, '', {}));
  }

  setDevicePermissionHandler(handler: unknown): void {
    this.devicePermissionHandler = handler;
  }

  /** Node goes its own way. */
  setProxy(): Promise<void> {
    return Promise.resolve();
  }

  resolveProxy(): Promise<string> {
    return Promise.resolve('DIRECT');
  }

  /** Of the network stack there is only Node's. */
  fetch(url: string, init?: RequestInit): Promise<Response> {
    return fetch(url, init);
  }

  /** Chromium does that as it is ended. */
  flushStorageData(): void {}
  setSpellCheckerEnabled(): void {}
  setSpellCheckerLanguages(): void {}

  #apply(granted: (permission: string) => boolean): void {
    void this.#cdp.then(async (cdp) => {
      for (const [name, electronName] of PERMISSIONS) {
        const setting = granted(electronName) ? 'granted' : 'denied';
        // Not every Chromium knows every name.
        await cdp.send('Browser.setPermission', { permission: { name }, setting }).catch(() => undefined);
      }
    });
  }
}
