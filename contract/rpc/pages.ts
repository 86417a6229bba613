/** Pages by the names of their routes: the navigation, menus, the tray, links and addresses know these and no others. */

/** In the order of the navigation. */
export const PAGE_NAMES = [
  'overview',
  'requests',
  'playground',
  'models',
  'providers',
  'routing',
  'connect',
  'settings',
] as const;
export type PageName = (typeof PAGE_NAMES)[number];

/** What a click on a notification opens: a page, or the part of the settings that it is about. */
export type OpenedPlace = PageName | 'settings/about' | 'settings/gateway';

/** What opens each, as a shortcut is written: `Mod` is Ctrl, on macOS Cmd. */
export const PAGE_KEYS: Readonly<Record<PageName, string>> = {
  overview: 'Mod+1',
  requests: 'Mod+2',
  playground: 'Mod+3',
  models: 'Mod+4',
  providers: 'Mod+5',
  routing: 'Mod+6',
  connect: 'Mod+7',
  settings: 'Mod+,',
};

export const isPageName = (name: string): name is PageName => PAGE_NAMES.some((known) => known === name);
