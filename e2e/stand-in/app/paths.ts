/** `app.getPath`: the folders of the user, as Electron names them on Linux. */
import { homedir, tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';

export class Paths {
  readonly #set = new Map<string, string>();
  readonly #name: string;
  readonly #userData: string;

  /** @param userData value of `--user-data-dir`; empty where it was not given */
  constructor(name: string, userData: string) {
    this.#name = name;
    this.#userData = userData;
  }

  /** @throws Error for a name that Electron does not know */
  get(name: string): string {
    const home = homedir();
    const folders: Readonly<Record<string, () => string>> = {
      home: () => home,
      appData: () => process.env['XDG_CONFIG_HOME'] ?? join(home, '.config'),
      userData: () => (this.#userData === '' ? join(this.get('appData'), this.#name) : this.#userData),
      sessionData: () => this.get('userData'),
      logs: () => join(this.get('userData'), 'logs'),
      crashDumps: () => join(this.get('userData'), 'Crashpad'),
      temp: () => tmpdir(),
      exe: () => process.argv[0] ?? '',
      desktop: () => join(home, 'Desktop'),
      documents: () => join(home, 'Documents'),
      downloads: () => join(home, 'Downloads'),
    };
    const folder = this.#set.get(name) ?? folders[name]?.();
    if (folder === undefined) throw new Error(`Failed to get '${name}' path`);
    return folder;
  }

  set(name: string, path: string): void {
    if (!isAbsolute(path)) throw new Error('Path must be absolute');
    this.#set.set(name, path);
  }
}
