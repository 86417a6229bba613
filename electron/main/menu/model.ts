/** The application menu as a value. Pure; its keys are those of the pages, which handle them themselves. */
import { COMMANDS, type MenuCommandId } from '../../../contract/rpc/commands.ts';
import { PAGE_KEYS, PAGE_NAMES, type PageName } from '../../../contract/rpc/pages.ts';
import type { Translate } from '../words.ts';

/** Roles of Electron that are used: the system knows their meaning, keys and place. */
export type MenuRole =
  | 'undo'
  | 'redo'
  | 'cut'
  | 'copy'
  | 'paste'
  | 'selectAll'
  | 'resetZoom'
  | 'zoomIn'
  | 'zoomOut'
  | 'togglefullscreen'
  | 'minimize'
  | 'hide'
  | 'hideOthers'
  | 'unhide'
  | 'reload'
  | 'toggleDevTools';

export type MenuAct =
  | { readonly kind: 'page'; readonly page: PageName }
  | { readonly kind: 'command'; readonly id: MenuCommandId }
  | { readonly kind: 'pause'; readonly paused: boolean }
  | { readonly kind: 'copy-address' | 'data-folder' | 'reset-window' | 'about' | 'close' | 'quit' };

export type MenuEntry =
  | { readonly kind: 'separator' }
  | { readonly kind: 'role'; readonly role: MenuRole; readonly text: string }
  | {
      readonly kind: 'act';
      readonly text: string;
      readonly act: MenuAct;
      /** As Electron writes it. */
      readonly keys?: string | undefined;
      /** True where the page handles the keys, and the menu only shows them. */
      readonly keysOfPage?: boolean;
    };

export interface MenuGroup {
  readonly text: string;
  readonly entries: readonly MenuEntry[];
}

export interface MenuFacts {
  readonly platform: NodeJS.Platform;
  readonly paused: boolean;
  /** Adds the tools of developers. */
  readonly developer: boolean;
}

/** As Electron writes keys. */
const accelerator = (keys: string): string =>
  keys.replace('Mod+', 'CmdOrCtrl+').replace(/[a-z]$/, (key) => key.toUpperCase());

export function menuModel(facts: MenuFacts, t: Translate): readonly MenuGroup[] {
  const separator: MenuEntry = { kind: 'separator' };
  const role = (name: MenuRole): MenuEntry => ({ kind: 'role', role: name, text: t(`desktop.menu.${name}`) });
  const page = (name: PageName): MenuEntry => ({
    kind: 'act',
    text: t(`pages.${name}`),
    act: { kind: 'page', page: name },
    keys: accelerator(PAGE_KEYS[name]),
    keysOfPage: true,
  });
  const command = (id: MenuCommandId): MenuEntry => {
    const found = COMMANDS.find((one) => one.id === id);
    // A plain key in a menu would be taken from whoever types, on macOS.
    const keys = found?.keys.find((key) => key.startsWith('Mod+'));
    return {
      kind: 'act',
      text: t(found?.label ?? ''),
      act: { kind: 'command', id },
      ...(keys === undefined ? {} : { keys: accelerator(keys), keysOfPage: true }),
    };
  };
  const act = (
    text: string,
    kind: Exclude<MenuAct['kind'], 'page' | 'command' | 'pause'>,
    keys?: string,
  ): MenuEntry => ({
    kind: 'act',
    text,
    act: { kind },
    keys,
  });
  const mac = facts.platform === 'darwin';
  const about = act(t('desktop.menu.about'), 'about');
  const quit = act(t('desktop.tray.quit'), 'quit', 'CmdOrCtrl+Q');

  return [
    {
      text: 'Switchyard',
      entries: mac
        ? [
            about,
            command('check-updates'),
            separator,
            command('new-chat'),
            page('settings'),
            separator,
            role('hide'),
            role('hideOthers'),
            role('unhide'),
            separator,
            quit,
          ]
        : [
            command('new-chat'),
            separator,
            page('settings'),
            separator,
            act(t('desktop.menu.close'), 'close', 'CmdOrCtrl+W'),
            quit,
          ],
    },
    {
      text: t('desktop.menu.edit'),
      entries: [
        role('undo'),
        role('redo'),
        separator,
        role('cut'),
        role('copy'),
        role('paste'),
        role('selectAll'),
      ],
    },
    {
      text: t('desktop.menu.view'),
      entries: [
        command('palette'),
        separator,
        ...PAGE_NAMES.filter((name) => name !== 'settings').map(page),
        separator,
        command('problems'),
        separator,
        role('resetZoom'),
        role('zoomIn'),
        role('zoomOut'),
        separator,
        role('togglefullscreen'),
        act(t('desktop.menu.resetWindow'), 'reset-window'),
        ...(facts.developer ? [separator, role('reload'), role('toggleDevTools')] : []),
      ],
    },
    {
      text: t('desktop.menu.gateway'),
      entries: [
        {
          kind: 'act',
          text: t(facts.paused ? 'status.resume' : 'status.pause'),
          act: { kind: 'pause', paused: !facts.paused },
        },
        act(t('status.copyAddress'), 'copy-address'),
        act(t('desktop.menu.dataFolder'), 'data-folder'),
      ],
    },
    ...(mac
      ? [
          {
            text: t('desktop.menu.window'),
            entries: [role('minimize'), act(t('desktop.menu.close'), 'close', 'CmdOrCtrl+W')],
          },
        ]
      : []),
    {
      text: t('desktop.menu.help'),
      entries: [
        command('shortcuts'),
        command('diagnostics'),
        ...(mac ? [] : [command('check-updates'), separator, about]),
      ],
    },
  ];
}
