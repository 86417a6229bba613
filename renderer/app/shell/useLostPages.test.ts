import { afterEach, describe, expect, it } from 'vitest';
import { defineComponent } from 'vue';
import { useToasts } from '../../shared/composables/useToasts.ts';
import { createFakeRpc } from '../../testing/fake-rpc.ts';
import { mountPage } from '../../testing/with-app.ts';
import { useLostPages } from './useLostPages.ts';

const frame = defineComponent(() => {
  useLostPages();
  return () => null;
});
const route = { path: '/', name: 'overview', component: frame };
const lost = {
  path: '/routing',
  name: 'routing',
  component: () => Promise.reject(new TypeError('Failed to fetch dynamically imported module')),
};

afterEach(() => document.body.replaceChildren());

describe('a page that does not come', () => {
  it('is told, with the reason where it is known', async () => {
    const rpc = createFakeRpc({});
    const { router } = await mountPage({ rpc, route, others: [lost], at: '/' });
    rpc.connection.value = 'reconnecting';
    await router.push('/routing').catch(() => undefined);
    const [toast] = useToasts().toasts;
    expect(toast).toMatchObject({ kind: 'failed', title: 'Routing did not open' });
    expect(toast?.text).toContain('The gateway does not answer.');
    expect(router.currentRoute.value.name).toBe('overview');
  });
});
