/** `app`: the life of the process, from `ready` to `quit`. */
import { EventEmitter } from 'node:events';
import { preventable } from '../window/event.ts';
import type { CommandLine } from './command-line.ts';
import type { Paths } from './paths.ts';
import { createInstanceLock, type InstanceLock } from './instance-lock.ts';

export interface AppPorts {
  readonly name: string;
  readonly version: string;
  readonly folder: string;
  readonly paths: Paths;
  readonly commandLine: CommandLine;
  /** Asks every window to close. @returns false when one stayed */
  readonly closeWindows: () => boolean;
  /** Resolves when Chromium and whatever else ran beside this process have ended. */
  readonly end: () => Promise<void>;
}

export class App extends EventEmitter {
  readonly commandLine: CommandLine;
  readonly isPackaged: boolean;
  name: string;
  /** Recorded for tests. */
  readonly loginItems: object[] = [];
  /** Recorded for tests: what is to be started once this has ended. A test starts it anew itself. */
  readonly relaunches: object[] = [];
  readonly #ports: AppPorts;
  readonly #ready = Promise.withResolvers<undefined>();
  #isReady = false;
  #isAwaited = false;
  #ended = false;
  #lock: InstanceLock | null = null;
  #loginItem: object = { openAtLogin: false };
  #badge = 0;

  constructor(ports: AppPorts) {
    super();
    this.#ports = ports;
    this.name = ports.name;
    this.commandLine = ports.commandLine;
    this.isPackaged = process.env['STAND_IN_PACKAGED'] === '1';
  }

  /** The stand-in's own: everything runs, the app may begin. */
  becomeReady(): void {
    this.#isReady = true;
    this.emit('will-finish-launching');
    this.emit('ready', {}, {});
    this.#ready.resolve(undefined);
  }

  /** The stand-in's own: true while somebody waits for `ready`. */
  get isAwaited(): boolean {
    return this.#isAwaited && !this.#isReady;
  }

  isReady(): boolean {
    return this.#isReady;
  }

  whenReady(): Promise<undefined> {
    this.#isAwaited = true;
    return this.#ready.promise;
  }

  /** Before-quit, the windows, will-quit, quit: each but the last may stop it. */
  quit(): void {
    const before = preventable({});
    this.emit('before-quit', before);
    if (this.#ended || before.defaultPrevented || !this.#ports.closeWindows()) return;
    const will = preventable({});
    this.emit('will-quit', will);
    if (!will.defaultPrevented) this.exit(0);
  }

  /** Nobody is asked. */
  exit(code = 0): void {
    if (this.#ended) return;
    this.#ended = true;
    this.emit('quit', {}, code);
    this.#lock?.release();
    void this.#ports.end().finally(() => process.exit(code));
  }

  relaunch(options: object = {}): void {
    this.relaunches.push(options);
  }

  requestSingleInstanceLock(data?: unknown): boolean {
    this.#lock ??= createInstanceLock(this.getPath('userData'), (argv, folder, additional) => {
      this.emit('second-instance', {}, argv, folder, additional);
    });
    return this.#lock.acquire(process.argv, process.cwd(), data);
  }

  hasSingleInstanceLock(): boolean {
    return this.#lock?.held ?? false;
  }

  releaseSingleInstanceLock(): void {
    this.#lock?.release();
  }

  getPath(name: string): string {
    return this.#ports.paths.get(name);
  }

  setPath(name: string, path: string): void {
    this.#ports.paths.set(name, path);
  }

  getAppPath(): string {
    return this.#ports.folder;
  }

  getVersion(): string {
    return this.#ports.version;
  }

  getName(): string {
    return this.name;
  }

  setName(name: string): void {
    this.name = name;
  }

  getLocale(): string {
    return this.commandLine.getSwitchValue('lang') || 'en-US';
  }

  getSystemLocale(): string {
    return this.getLocale();
  }

  getPreferredSystemLanguages(): readonly string[] {
    return [this.getLocale()];
  }

  setLoginItemSettings(settings: object): void {
    this.#loginItem = { openAtLogin: false, ...settings };
    this.loginItems.push(settings);
  }

  getLoginItemSettings(): object {
    return this.#loginItem;
  }

  setBadgeCount(count = 0): boolean {
    this.#badge = count;
    return true;
  }

  getBadgeCount(): number {
    return this.#badge;
  }

  /** There is no operating system to tell. */
  enableSandbox(): void {}
  disableHardwareAcceleration(): void {}
  setAppUserModelId(): void {}
  setAboutPanelOptions(): void {}
  showAboutPanel(): void {}
  focus(): void {}
  show(): void {}
  hide(): void {}
  setAsDefaultProtocolClient(): boolean {
    return true;
  }
  isDefaultProtocolClient(): boolean {
    return true;
  }
}
