/** The settings page. The palette knows its settings by name, once somebody looks for one. */
import type { RouteRecordRaw } from 'vue-router';
import type { SettingSection } from './catalogue.ts';

export type { SettingSection } from './catalogue.ts';

export const settingsRoute: RouteRecordRaw = {
  path: '/settings/:section?',
  name: 'settings',
  component: () => import('./Page.vue'),
};

/** What can be set on this host; a file of its own, fetched when it is asked for. */
export async function loadSettings(onDesktop: boolean): Promise<readonly SettingSection[]> {
  const { sectionsFor } = await import('./catalogue.ts');
  return sectionsFor(onDesktop);
}
