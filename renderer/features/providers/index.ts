/** The providers page. The shell follows its read model too, for the count of cool-downs, and checks all of them. */
import type { RouteRecordRaw } from 'vue-router';

export { readAddress } from './address.ts';
export { checkableKeys } from './check-words.ts';
export { useProviders } from './store.ts';
export { failsLately, trafficByProvider } from './traffic.ts';
export { useCheckRun } from './useCheckRun.ts';

export const providersRoute: RouteRecordRaw = {
  path: '/providers/:id?',
  name: 'providers',
  component: () => import('./Page.vue'),
};
