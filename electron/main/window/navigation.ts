/** Where a window may go: nowhere. Addresses for people open in their browser, through one guarded door. */
import { refusal } from '../../../contract/rpc/errors.ts';
import { say } from '../../../gateway/index.ts';

/** Schemes that other programs may be started for; anything else could run code. */
const OUTSIDE: ReadonlySet<string> = new Set(['https:', 'mailto:']);
const LONGEST_ADDRESS = 2_000;

/** @returns the address as it is opened, or null when it must not be */
export function outsideAddress(text: string): string | null {
  if (text.length > LONGEST_ADDRESS || !URL.canParse(text)) return null;
  const url = new URL(text);
  // A name before the host serves to deceive about the host.
  if (!OUTSIDE.has(url.protocol) || url.username !== '' || url.password !== '') return null;
  return url.protocol === 'https:' && url.hostname === '' ? null : url.href;
}

/** The only way to the system's browser and mail program. @throws RpcError for any other address */
export function createOpenExternal(open: (url: string) => Promise<void>): (url: string) => Promise<void> {
  return async (text) => {
    const url = outsideAddress(text);
    if (url === null) throw refusal('invalid_input', say('web-and-mail-only'), 'url');
    await open(url);
  };
}

/** The part of an Electron event that is used. */
interface Preventable {
  preventDefault(): void;
}

/** The part of Electron's `webContents` that is used. */
export interface GuardedContents {
  on(
    event: 'will-navigate' | 'will-frame-navigate' | 'will-redirect' | 'will-attach-webview',
    listener: (event: Preventable) => void,
  ): unknown;
  setWindowOpenHandler(handler: (details: { readonly url: string }) => { readonly action: 'deny' }): void;
}

/**
 * Keeps a page where it is. Links a page opens in a new window go to the browser instead.
 * @param open the guarded door to the outside
 */
export function guardContents(contents: GuardedContents, open: (url: string) => void): void {
  const deny = (event: Preventable): void => event.preventDefault();
  contents.on('will-navigate', deny);
  contents.on('will-frame-navigate', deny);
  contents.on('will-redirect', deny);
  contents.on('will-attach-webview', deny);
  contents.setWindowOpenHandler(({ url }) => {
    open(url);
    return { action: 'deny' };
  });
}

/** The part of Electron's `session` that is used. */
export interface GuardedSession {
  setPermissionRequestHandler(
    handler: (contents: unknown, permission: string, answer: (granted: boolean) => void) => void,
  ): void;
  setPermissionCheckHandler(handler: (contents: unknown, permission: string) => boolean): void;
  setDevicePermissionHandler(handler: () => boolean): void;
}

/** The one thing a page may do without asking us: put text on the clipboard when the user clicks. */
const GRANTED = 'clipboard-sanitized-write';

/** Denies camera, location, notifications, devices and whatever comes next. */
export function guardPermissions(session: GuardedSession): void {
  session.setPermissionRequestHandler((_contents, permission, answer) => answer(permission === GRANTED));
  session.setPermissionCheckHandler((_contents, permission) => permission === GRANTED);
  session.setDevicePermissionHandler(() => false);
}
