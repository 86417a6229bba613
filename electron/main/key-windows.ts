/** What a shown key needs of the system: a dialog, the words in it, and to know when the user turns away. */
import { app, dialog, powerMonitor, type BrowserWindow } from 'electron';
import type { KeyPorts } from './platform/secrets/key-handlers.ts';
import type { Translate } from './words.ts';

/** @param window the one whose user asked; null while there is none */
export function keyWindows(
  window: () => BrowserWindow | null,
  t: Translate,
): Pick<KeyPorts, 'texts' | 'showDialog' | 'onLookAway'> {
  return {
    texts: () => ({
      title: (name) => name,
      note: (count) => t('desktop.reveal.note', { count }),
      copy: t('desktop.reveal.copy'),
      close: t('desktop.reveal.close'),
    }),
    async showDialog({ message, detail, buttons, signal }) {
      const options = {
        message,
        detail,
        buttons: [...buttons],
        signal,
        defaultId: 0,
        cancelId: 0,
        noLink: true,
      };
      const parent = window();
      const { response } = await (parent === null
        ? dialog.showMessageBox(options)
        : dialog.showMessageBox(parent, options));
      return response;
    },
    onLookAway(act) {
      const shown = window();
      shown?.on('hide', act).on('minimize', act);
      powerMonitor.on('lock-screen', act);
      app.on('did-resign-active', act);
      return () => {
        shown?.off('hide', act).off('minimize', act);
        powerMonitor.off('lock-screen', act);
        app.off('did-resign-active', act);
      };
    },
  };
}
