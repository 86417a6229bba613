/** What the user chose for the app itself; the gateway's own settings stand in its configuration. */
import * as z from 'zod/mini';
import { NOTICE_KINDS } from '../../../contract/rpc/procedures/desktop.ts';
import { UPDATE_WISHES } from '../../../contract/rpc/updates.ts';

const bounds = z.object({ x: z.int(), y: z.int(), width: z.int(), height: z.int() });

/** Each field on its own: one that is damaged falls back alone. */
const preferencesSchema = z.object({
  /** Closing the window leaves the gateway running. */
  closeToTray: z.catch(z.boolean(), true),
  /** A window that stays closed is given up after a while, to free its memory. */
  freeWindow: z.catch(z.boolean(), true),
  startHidden: z.catch(z.boolean(), false),
  notifications: z.catch(z.boolean(), true),
  /** Kinds of notices that stay away; a kind that is new comes until it is turned off. */
  quiet: z.catch(z.array(z.enum(NOTICE_KINDS)), () => []),
  /** Off until chosen: the app calls nobody by itself. */
  updates: z.catch(z.enum(UPDATE_WISHES), 'off'),
  /** Null: that of the system. */
  language: z.catch(z.nullable(z.enum(['en', 'zh-CN'])), null),
  theme: z.catch(z.enum(['system', 'light', 'dark']), 'system'),
  window: z.catch(z.nullable(z.object({ bounds, maximized: z.boolean() })), null),
  /** The user was told once that closing the window does not quit. */
  toldOfTray: z.catch(z.boolean(), false),
  /** Variables whose keys the user does not want to import. */
  dismissedImports: z.catch(z.array(z.string()), () => []),
});
export type Preferences = z.output<typeof preferencesSchema>;

/** Where they are kept; both may throw. */
export interface PreferenceFile {
  read(): unknown;
  write(preferences: Preferences): void;
}

export interface PreferenceStore {
  get(): Preferences;
  /** Changes what is given; what cannot be written holds until the app is quit. */
  set(change: { readonly [Name in keyof Preferences]?: Preferences[Name] | undefined }): void;
}

/** @param failed hears why the file could not be read or written */
export function createPreferences(file: PreferenceFile, failed: (error: unknown) => void): PreferenceStore {
  let current = preferencesSchema.safeParse(readFrom(file, failed)).data ?? preferencesSchema.parse({});
  return {
    get: () => current,
    set(change) {
      const given = Object.entries<unknown>(change).filter(([, value]) => value !== undefined);
      current = preferencesSchema.parse({ ...current, ...Object.fromEntries(given) });
      try {
        file.write(current);
      } catch (error) {
        failed(error);
      }
    },
  };
}

function readFrom(file: PreferenceFile, failed: (error: unknown) => void): unknown {
  try {
    return file.read();
  } catch (error) {
    failed(error);
    return undefined;
  }
}
