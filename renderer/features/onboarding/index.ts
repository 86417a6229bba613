/** The welcome: a key, a tool, the first request. */
import type { RouteRecordRaw } from 'vue-router';

export { isFirstTime } from './first-time.ts';

export const onboardingRoute: RouteRecordRaw = {
  path: '/welcome',
  name: 'onboarding',
  component: () => import('./Page.vue'),
};
