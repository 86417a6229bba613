/** The models page. */
import type { RouteRecordRaw } from 'vue-router';

export const modelsRoute: RouteRecordRaw = {
  path: '/models/:id?',
  name: 'models',
  component: () => import('./Page.vue'),
};
