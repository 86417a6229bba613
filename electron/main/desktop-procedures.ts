/** The handlers of every procedure that only the desktop has, out of the parts that do the work. */
import { realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import { app, clipboard, nativeTheme, shell } from 'electron';
import { refusal } from '../../contract/rpc/errors.ts';
import type { DesktopHandlers } from '../../contract/rpc/procedures/desktop.ts';
import { asSaid, type Gateway, type Logger, say, systemClock } from '../../gateway/index.ts';
import { backupDialogs } from './backups/file-dialogs.ts';
import { backupFileHandlers } from './backups/handlers.ts';
import { desktopHandlers } from './desktop/handlers.ts';
import type { PreferenceStore } from './desktop/preferences.ts';
import { importHandlers } from './imports/handlers.ts';
import { keyWindows } from './key-windows.ts';
import { linkHandlers } from './links/handlers.ts';
import type { LinkDesk } from './links/link-desk.ts';
import type { CommandRelay } from './menu/command-relay.ts';
import { autostartPath } from './platform/autostart-file.ts';
import { createLoginItem } from './platform/login-item.ts';
import { updateHandlers } from './platform/updater/handlers.ts';
import type { UpdateDesk } from './platform/updater/update-desk.ts';
import type { ClipboardLease } from './platform/secrets/clipboard-lease.ts';
import { secretHandlers } from './platform/secrets/handlers.ts';
import { keyHandlers } from './platform/secrets/key-handlers.ts';
import type { SecretPlaceManager } from './platform/secrets/secret-place.ts';
import type { Surfaces } from './surfaces.ts';
import { toolFileHandlers } from './tool-files.ts';
import type { MainWindow } from './window/main-window.ts';

export interface ProcedureParts {
  readonly gateway: Gateway;
  readonly dataFolder: string;
  readonly configFile: string;
  /** Where keys to import are looked for. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly preferences: PreferenceStore;
  readonly place: SecretPlaceManager;
  readonly lease: ClipboardLease;
  readonly window: MainWindow;
  readonly surfaces: Surfaces;
  readonly commands: CommandRelay;
  readonly links: LinkDesk;
  readonly updates: UpdateDesk;
  readonly pageHidden: (unsent: boolean) => void;
  readonly openExternal: (url: string) => Promise<void>;
  readonly logger: Logger;
}

export function desktopProcedureHandlers(parts: ProcedureParts): DesktopHandlers {
  const { gateway, dataFolder, configFile, preferences, place, lease, window, surfaces } = parts;
  return {
    ...desktopHandlers({
      facts: {
        platform: platformName(),
        version: app.getVersion(),
        electron: process.versions.electron,
        dataFolder,
        configFile,
      },
      secrets: () => place.state(),
      preferences,
      loginItem: createLoginItem({
        platform: process.platform,
        app,
        autostartFile: autostartPath(process.env, homedir()),
        command: startCommand(),
        hidden: () => preferences.get().startHidden,
      }),
      writeClipboard: (text) => clipboard.writeText(text),
      openExternal: parts.openExternal,
      openFolder: openPath,
      tryNotification: () => surfaces.tryNotification(),
      quit: () => app.quit(),
      hidden: parts.pageHidden,
      changed({ theme }) {
        nativeTheme.themeSource = theme;
        surfaces.refresh();
        parts.updates.wishChanged();
      },
    }),
    'desktop.commands': (_input, page) => parts.commands.follow(page),
    ...updateHandlers(parts.updates),
    ...linkHandlers(parts.links, gateway.control.handlers),
    ...toolFileHandlers({
      control: gateway.control.handlers,
      homeFolder: homedir(),
      realPath: (path) => realpath(path).catch(() => null),
      open: openPath,
    }),
    ...backupFileHandlers({
      control: gateway.control.handlers,
      ...backupDialogs(() => window.current()),
    }),
    ...secretHandlers(place),
    ...importHandlers({
      environment: parts.environment,
      config: () => gateway.config(),
      secrets: place,
      control: gateway.control.handlers,
      dismissed: {
        get: () => preferences.get().dismissedImports,
        set: (variables) => preferences.set({ dismissedImports: [...variables] }),
      },
    }),
    ...keyHandlers({
      config: () => gateway.config(),
      secrets: place,
      clipboard: lease,
      clock: systemClock,
      ...keyWindows(() => window.current(), surfaces.t),
    }),
  };
}

/** The three systems Electron runs on. */
function platformName() {
  const { platform } = process;
  return platform === 'darwin' || platform === 'win32' ? platform : 'linux';
}

/** What starts this app anew: an AppImage runs from a folder that is gone with it. */
function startCommand(): readonly string[] {
  if (!app.isPackaged) return [process.execPath, app.getAppPath()];
  return [process.env['APPIMAGE'] ?? process.execPath];
}

async function openPath(path: string): Promise<void> {
  const reason = await shell.openPath(path);
  if (reason !== '') throw refusal('unavailable', say('not-opened', { path }, asSaid(reason)));
}
