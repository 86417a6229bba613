/** The preferences on disk: `desktop.json` in the data folder, an electron-store. */
import ElectronStore from 'electron-store';
import type { PreferenceFile, Preferences } from './preferences.ts';

/** @param folder exists */
export function createPreferenceFile(folder: string): PreferenceFile {
  const store = new ElectronStore<Preferences>({
    cwd: folder,
    name: 'desktop',
    configFileMode: 0o600,
    // Preferences that cannot be read are worth less than an app that starts.
    clearInvalidConfig: true,
    accessPropertiesByDotNotation: false,
  });
  return {
    read: () => store.store,
    write(preferences) {
      store.store = preferences;
    },
  };
}
