/** The configuration file of the desktop app: its text, as the user wrote it, in an electron-store. */
import { parse, resolve } from 'node:path';
import ElectronStore from 'electron-store';
import { createNodeConfigFile, type ConfigFile, type Logger } from '../../gateway/index.ts';

/** @param options.dataFolder where the last good copy lies; exists */
export function createDesktopConfigFile(options: {
  readonly path: string;
  readonly dataFolder: string;
  readonly logger: Logger;
}): ConfigFile {
  const path = resolve(options.path);
  const { dir, name, ext } = parse(path);
  let store: ElectronStore<{ text: string }> | undefined;
  /** Made late: the store reads the file at once, and a file that cannot be read is the reader's to report. */
  const open = () =>
    new ElectronStore<{ text: string }>({
      cwd: dir,
      name,
      fileExtension: ext.slice(1),
      configFileMode: 0o600,
      // A broken file is kept, reported and never emptied.
      clearInvalidConfig: false,
      accessPropertiesByDotNotation: false,
      // Text in, text out: comments, order and ${VAR} stay as they are.
      serialize: ({ text }) => text,
      deserialize: (text) => ({ text }),
    });

  return createNodeConfigFile({
    ...options,
    path,
    replace(text) {
      store ??= open();
      store.store = { text };
    },
  });
}
