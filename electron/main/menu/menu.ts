/** Makes the model the application's menu. */
import { Menu, type MenuItemConstructorOptions } from 'electron';
import type { MenuAct, MenuEntry, MenuGroup } from './model.ts';

export function showMenu(groups: readonly MenuGroup[], act: (act: MenuAct) => void): void {
  const item = (entry: MenuEntry): MenuItemConstructorOptions => {
    if (entry.kind === 'separator') return { type: 'separator' };
    if (entry.kind === 'role') return { role: entry.role, label: entry.text };
    return {
      label: entry.text,
      click: () => act(entry.act),
      ...(entry.keys === undefined ? {} : { accelerator: entry.keys }),
      registerAccelerator: entry.keysOfPage !== true,
    };
  };
  Menu.setApplicationMenu(
    Menu.buildFromTemplate(groups.map(({ text, entries }) => ({ label: text, submenu: entries.map(item) }))),
  );
}
