/** The providers page. The shell follows its read model too, for the count of cooling keys. */
import type { RouteRecordRaw } from 'vue-router';

export { useProviders } from './store.ts';

export const providersRoute: RouteRecordRaw = {
  path: '/providers/:id?',
  name: 'providers',
  component: () => import('./Page.vue'),
};
