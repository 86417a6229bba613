/** The routing page. */
import type { RouteRecordRaw } from 'vue-router';

export const routingRoute: RouteRecordRaw = {
  path: '/routing/:id?',
  name: 'routing',
  component: () => import('./Page.vue'),
};
