/** The system's dialogs for the file of a back-up. */
import { dialog, type BrowserWindow } from 'electron';
import type { BackupFilePorts } from './handlers.ts';

const FILTERS = [{ name: 'Switchyard', extensions: ['swbackup'] }];

/** @param window the one whose user asked; null while there is none */
export function backupDialogs(
  window: () => BrowserWindow | null,
): Pick<BackupFilePorts, 'askWhere' | 'askWhich'> {
  return {
    async askWhere(name) {
      const options = { defaultPath: name, filters: FILTERS };
      const parent = window();
      const { canceled, filePath } = await (parent === null
        ? dialog.showSaveDialog(options)
        : dialog.showSaveDialog(parent, options));
      return canceled || filePath === '' ? null : filePath;
    },
    async askWhich() {
      const options = { filters: FILTERS, properties: ['openFile' as const] };
      const parent = window();
      const { canceled, filePaths } = await (parent === null
        ? dialog.showOpenDialog(options)
        : dialog.showOpenDialog(parent, options));
      return canceled ? null : (filePaths[0] ?? null);
    },
  };
}
