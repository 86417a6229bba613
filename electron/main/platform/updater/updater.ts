/** electron-updater behind three functions: it compares versions, keeps the file and installs it; what is fetched goes our way. */
import { AppImageUpdater, NsisUpdater, Provider, type UpdateInfo } from 'electron-updater';
import { resolveFiles, type ProviderRuntimeOptions } from 'electron-updater/out/providers/Provider.js';
import type { AppAdapter } from 'electron-updater/out/AppAdapter.js';
import type { InstallWay, Update } from '../../../../contract/rpc/updates.ts';
import type { Clock, Logger } from '../../../../gateway/index.ts';
import { fetchAnnouncement, type Fetch } from './announcement.ts';
import { fetchFile } from './fetch-file.ts';
import { UpdateFailure } from './update-failure.ts';
import { announcementOf, type UpdateSource } from './update-source.ts';

export interface Updater {
  /** @returns null when this version is the newest. @throws UpdateFailure */
  check(signal: AbortSignal): Promise<Update | null>;
  /** What the last check found, whose checksum is then right. @throws UpdateFailure, or whatever stood in the way */
  download(signal: AbortSignal, tell: (share: number) => void): Promise<void>;
  /**
   * Puts what was downloaded in place of this app, which must end right after.
   * @param again the new one starts when this one has ended
   * @throws Error with the reason
   */
  install(again: boolean): void;
}

export interface UpdaterPorts {
  readonly app: AppAdapter;
  readonly source: UpdateSource;
  readonly way: InstallWay;
  readonly platform: NodeJS.Platform;
  /** e.g. `x64` */
  readonly processor: string;
  readonly fetch: Fetch;
  readonly clock: Pick<Clock, 'after'>;
  readonly logger: Logger;
  /** Starts the app anew, from this file, once it has ended. */
  readonly relaunch: (program: string) => void;
}

/** What a person downloads where the app may not replace itself. */
const DOWNLOADS: Partial<Record<InstallWay, string>> = { package: '.deb', unsigned: '.dmg' };

export function createUpdater(ports: UpdaterPorts): Updater {
  const { app, source, platform, fetch, clock, logger } = ports;
  const windows = platform === 'win32';
  const updater = windows ? new NsisUpdater(null, app) : new AppImageUpdater(null, app);
  const address = announcementOf(source, platform, ports.processor);
  let asking = new AbortController().signal;
  let tellShare: (share: number) => void = () => undefined;
  let failure: unknown = null;

  class Announcements extends Provider<UpdateInfo> {
    /** What electron-updater makes its providers from. */
    constructor(_options: unknown, _updater: unknown, runtime: ProviderRuntimeOptions) {
      super(runtime);
    }
    getLatestVersion(): Promise<UpdateInfo> {
      return fetchAnnouncement(address, fetch, asking);
    }
    resolveFiles(info: UpdateInfo) {
      return resolveFiles(info, source.base);
    }
  }

  updater.logger = {
    info: (text: unknown) => logger.debug(String(text)),
    warn: (text: unknown) => logger.warn(String(text)),
    error: (text: unknown) => logger.warn(String(text)),
  };
  updater.on('error', (error) => {
    failure = error;
  });
  updater.autoDownload = false;
  // Nothing is installed because the app happens to end: only install() does it.
  updater.autoInstallOnAppQuit = false;
  updater.allowPrerelease = false;
  updater.disableWebInstaller = true;
  // Pieces put together from two versions save megabytes, and are one more thing that can go wrong.
  updater.disableDifferentialDownload = true;
  // Whether there is anything to look for was decided before this is made.
  updater.forceDevUpdateConfig = true;
  updater.isUserWithinRollout = () => true;
  Object.assign(updater, {
    // It would make up a number for this computer, and send it along.
    stagingUserIdPromise: { value: Promise.resolve('') },
    // Its own knows neither an end of waiting nor one of the file.
    httpExecutor: {
      async download(
        url: URL,
        destination: string,
        { sha512 = '' }: { readonly sha512?: string },
      ): Promise<string> {
        const file = { url: url.href, sha512, size: sizes.get(sha512) };
        await fetchFile(file, destination, { fetch, clock }, asking, tellShare);
        return destination;
      },
    },
  });
  updater.setFeedURL({ provider: 'custom', updateProvider: Announcements });
  /** As announced, by checksum, bytes. */
  const sizes = new Map<string, number | undefined>();

  return {
    async check(signal) {
      asking = signal;
      const found = await updater.checkForUpdates();
      if (found?.isUpdateAvailable !== true) return null;
      const { updateInfo } = found;
      for (const { sha512, size } of updateInfo.files) sizes.set(sha512, size);
      return updateOf(updateInfo, ports);
    },
    async download(signal, tell) {
      asking = signal;
      tellShare = tell;
      await updater.downloadUpdate();
    },
    install(again) {
      let program = process.env['APPIMAGE'] ?? '';
      updater.on('appimage-filename-updated', (path: string) => {
        program = path;
      });
      failure = null;
      // On Windows the installer starts the app; elsewhere this app does, which knows how it was started.
      const begun = updater.install(true, windows && again);
      if (!begun) throw failure instanceof Error ? failure : new UpdateFailure('update-not-installed');
      if (again && !windows) ports.relaunch(program);
    },
  };
}

function updateOf(info: UpdateInfo, { way, source }: UpdaterPorts): Update {
  const ending = DOWNLOADS[way];
  const file = ending === undefined ? undefined : info.files.find(({ url }) => url.endsWith(ending));
  const date = Date.parse(info.releaseDate);
  return {
    version: info.version,
    date: Number.isNaN(date) ? null : date,
    notes: typeof info.releaseNotes === 'string' ? info.releaseNotes : '',
    page: new URL(file?.url ?? '', source.base).href,
  };
}
