/**
 * What only the desktop host can do. These procedures exist over Electron's IPC alone: the HTTP transport
 * does not know their names. None of them returns a secret: reveal and copy happen in the host.
 */
import type { Told } from '../connect-sayings.ts';
import * as z from 'zod/mini';
import { identifier } from '../../config/values.ts';
import type { MenuCommandId } from '../commands.ts';
import type { LinkOffer } from '../links.ts';
import { UPDATE_WISHES, type UpdateView, type UpdateWish } from '../updates.ts';
import { backupName, type BackupFile } from './backup.ts';
import { TOOL_IDS } from './connect.ts';
import { define, nothing, type HandlersOf, type ProgressOf } from '../define.ts';
import { SAID } from '../schema-sayings.ts';

/** How the place where keys are kept fares. */
export interface SecretPlace {
  readonly kind: 'keychain' | 'sealed' | 'memory';
  /** `no-keychain`: this system has none; the user decides what to do instead. `sealed-locked`: waits for its passphrase. */
  readonly state: 'ready' | 'unavailable' | 'locked' | 'no-keychain' | 'sealed-locked';
  /** What is wrong, in a sentence; null when ready. */
  readonly message: string | null;
  /** The same as data. */
  readonly told: Told | null;
  /** Name of the store for people: `Secret Service`, `Keychain`, `Credential Manager`, a path. */
  readonly name: string;
}

/** A key found in the environment of the desktop app, offered for import. */
export interface FoundKey {
  readonly variable: string;
  readonly provider: string;
  readonly providerName: string;
  readonly fingerprint: string;
  /** Keys in the variable: some variables hold several. */
  readonly count: number;
}

/** What the system can notify of, each for itself. */
export const NOTICE_KINDS = ['provider', 'budget', 'alert', 'address', 'keychain', 'update'] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

export interface DesktopInfo {
  readonly platform: 'linux' | 'darwin' | 'win32';
  readonly version: string;
  readonly electron: string;
  readonly dataFolder: string;
  readonly configFile: string;
  readonly secrets: SecretPlace;
  /** Null where the system has no such thing. */
  readonly openAtLogin: boolean | null;
  readonly closeToTray: boolean;
  /** A window that stays closed gives its memory back after a while. */
  readonly freeWindow: boolean;
  readonly startHidden: boolean;
  readonly notifications: boolean;
  /** What it is not notified of although notifications are on. */
  readonly quiet: readonly NoticeKind[];
  /** What it does about newer versions by itself. */
  readonly updates: UpdateWish;
  /** Of menus, tray and notifications; null while the system's, which nobody has changed. */
  readonly language: 'en' | 'zh-CN' | null;
  readonly theme: 'system' | 'light' | 'dark';
}

const key = z.strictObject({ provider: identifier, id: identifier });

export const desktopProcedures = {
  'desktop.info': define(nothing).returns<DesktopInfo>(),
  'desktop.set': define(
    z.strictObject({
      openAtLogin: z.optional(z.boolean()),
      closeToTray: z.optional(z.boolean()),
      freeWindow: z.optional(z.boolean()),
      startHidden: z.optional(z.boolean()),
      notifications: z.optional(z.boolean()),
      quiet: z.optional(z.array(z.enum(NOTICE_KINDS)).check(z.maxLength(NOTICE_KINDS.length))),
      updates: z.optional(z.enum(UPDATE_WISHES)),
      /** Language of menus, tray and notifications. */
      language: z.optional(z.enum(['en', 'zh-CN'])),
      theme: z.optional(z.enum(['system', 'light', 'dark'])),
    }),
  ).returns<DesktopInfo>(),
  /** Puts plain text, never a secret, on the clipboard. */
  'desktop.copyText': define(
    z.strictObject({ text: z.string().check(z.maxLength(64_000_000)) }),
  ).returns<null>(),
  /** Only https and mailto addresses are opened. */
  'desktop.openExternal': define(
    z.strictObject({ url: z.string().check(z.maxLength(2_000)) }),
  ).returns<null>(),
  /** A page that is hidden tells whether it holds what was typed and not sent: its window is not given up then. */
  'desktop.hidden': define(z.strictObject({ unsent: z.boolean() })).returns<null>(),
  'desktop.openDataFolder': define(nothing).returns<null>(),
  /** Opens a file of a tool, by the path that `connect.list` shows, with whatever the system opens it with. */
  'desktop.openToolFile': define(
    z.strictObject({ tool: z.enum(TOOL_IDS), file: z.string().check(z.minLength(1), z.maxLength(500)) }),
  ).returns<null>(),
  /** Shows a notification as others look; false where the system has none. */
  'desktop.tryNotification': define(nothing).returns<{ readonly shown: boolean }>(),
  'desktop.quit': define(nothing).returns<null>(),
  /** Tells what the application's menu was asked for, until the page goes or another one listens. */
  'desktop.commands': define(nothing).tells<{ readonly id: MenuCommandId }>().returns<null>(),
  /** Tells which link of another program the user is to be asked about, until the page goes; null while there is none. */
  'desktop.links': define(nothing).tells<{ readonly offer: LinkOffer | null }>().returns<null>(),
  /** Does what the link that is asked about says. @returns the provider that was added, if any */
  'desktop.acceptLink': define(z.strictObject({ id: z.int(), allowPrivateNetwork: z.boolean() })).returns<{
    readonly provider: string | null;
  }>(),
  'desktop.declineLink': define(z.strictObject({ id: z.int() })).returns<null>(),
  /** Tells how far getting a newer version is, now and whenever that changes, until the page goes. */
  'updates.follow': define(nothing).tells<UpdateView>().returns<null>(),
  /** Looks for a newer version; `updates.follow` tells how that ends. */
  'updates.check': define(nothing).returns<null>(),
  'updates.download': define(nothing).returns<null>(),
  /** Stops looking, or fetching. */
  'updates.cancel': define(nothing).returns<null>(),
  /** `now` lets running requests end, then restarts; `later` takes the consent to `on-quit` back. */
  'updates.install': define(z.strictObject({ when: z.enum(['now', 'on-quit', 'later']) })).returns<null>(),
  /** Copies a key in the host and clears it from the clipboard afterwards if it is still there. */
  'keys.copy': define(key).returns<{ readonly clearsAfter: number }>(),
  /** Copies a secret that a page shows this once, and clears it from the clipboard afterwards like a key. */
  'desktop.copySecret': define(z.strictObject({ text: z.string().check(z.maxLength(500)) })).returns<{
    readonly clearsAfter: number;
  }>(),
  /** Asks in a dialog of the system where a copy of a back-up goes; null where the user went back. */
  'backup.saveCopy': define(z.strictObject({ name: backupName })).returns<{ readonly path: string } | null>(),
  /** Asks for the file of a back-up and takes a copy of it into their folder; null where the user went back. */
  'backup.takeFile': define(nothing).returns<BackupFile | null>(),
  /** Shows a key in a window of the host; resolves when that window was closed. */
  'keys.reveal': define(key).returns<null>(),
  /** Tries the keychain again. */
  'secrets.retry': define(nothing).returns<SecretPlace>(),
  /** The user's consent to a sealed file under a passphrase; also opens one that waits for it. */
  'secrets.useSealed': define(
    z.strictObject({
      passphrase: z.string().check(z.minLength(12, SAID.passphrase.text), z.maxLength(1_024)),
    }),
  ).returns<SecretPlace>(),
  'imports.found': define(nothing).returns<readonly FoundKey[]>(),
  /** Stores the keys of these variables, adding their providers where they are missing. */
  'imports.take': define(
    z.strictObject({
      variables: z.array(z.string().check(z.maxLength(100))).check(z.minLength(1), z.maxLength(50)),
    }),
  ).returns<{
    readonly taken: number;
    readonly skipped: readonly { readonly variable: string; readonly told: Told }[];
  }>(),
  /** Variables the user does not want to be asked about again. */
  'imports.dismiss': define(
    z.strictObject({ variables: z.array(z.string().check(z.maxLength(100))).check(z.maxLength(50)) }),
  ).returns<null>(),
};

export type DesktopProcedures = typeof desktopProcedures;
export type DesktopProcedureName = keyof DesktopProcedures;
/** Those that tell their caller something on the way. */
export type TellingDesktopProcedureName = {
  [Name in DesktopProcedureName]: [ProgressOf<DesktopProcedures[Name]>] extends [never] ? never : Name;
}[DesktopProcedureName];
export type DesktopHandlers = HandlersOf<DesktopProcedures>;
