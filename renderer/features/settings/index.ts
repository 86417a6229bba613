/** The settings page. */
import type { RouteRecordRaw } from 'vue-router';

export const settingsRoute: RouteRecordRaw = {
  path: '/settings/:section?',
  name: 'settings',
  component: () => import('./Page.vue'),
};
