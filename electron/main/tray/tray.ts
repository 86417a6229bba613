/** Puts the model into the system's tray. */
import { Menu, nativeImage, Tray, type MenuItemConstructorOptions } from 'electron';
import { join } from 'node:path';
import type { TrayAct, TrayEntry, TrayIcon, TrayModel } from './model.ts';

export interface TrayView {
  show(model: TrayModel): void;
}

/**
 * @param options.icons folder of the icons
 * @param options.act what an entry does
 */
export function createTray(options: {
  readonly icons: string;
  readonly platform: NodeJS.Platform;
  readonly act: (act: TrayAct) => void;
}): TrayView {
  const { icons, platform, act } = options;
  let tray: Tray | undefined;
  let shown = '';

  const imageOf = (icon: TrayIcon) =>
    // On macOS the system colours a template to fit its menu bar.
    nativeImage.createFromPath(join(icons, platform === 'darwin' ? `${icon}Template.png` : `${icon}.png`));
  const item = (entry: TrayEntry): MenuItemConstructorOptions => {
    if (entry.kind === 'separator') return { type: 'separator' };
    if (entry.kind === 'line') return { label: entry.text, enabled: false };
    return { id: entry.act, label: entry.text, click: () => act(entry.act) };
  };

  return {
    show(model) {
      const text = JSON.stringify(model);
      // An open menu closes when it is set again, so only a change sets it.
      if (text === shown) return;
      shown = text;
      const image = imageOf(model.icon);
      if (tray === undefined) {
        tray = new Tray(image);
        // Linux has no click on the icon, only its menu.
        tray.on('click', () => {
          if (platform !== 'darwin') act('open');
        });
      } else tray.setImage(image);
      tray.setToolTip(model.toolTip);
      tray.setContextMenu(Menu.buildFromTemplate(model.entries.map(item)));
    },
  };
}
