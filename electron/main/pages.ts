/** Pages that menus, the tray and links can open, by the names of their routes; the order is the navigation's. */
export const PAGE_NAMES = [
  'overview',
  'requests',
  'playground',
  'models',
  'providers',
  'routing',
  'settings',
] as const;
export type PageName = (typeof PAGE_NAMES)[number];

export const isPageName = (name: string): name is PageName => PAGE_NAMES.some((known) => known === name);
