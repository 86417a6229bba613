/** The page of settings in a test: opened at an address, read and typed into. */
import { flushPromises, type VueWrapper } from '@vue/test-utils';
import { useDesktopHost } from '../../../shared/composables/useDesktopHost.ts';
import { useGateway } from '../../../shared/composables/useGateway.ts';
import type { FakeDesktop } from '../../../testing/fake-desktop.ts';
import { createFakeRpc, type Answers, type FakeRpc } from '../../../testing/fake-rpc.ts';
import { sampleStatus } from '../../../testing/samples.ts';
import { mountPage } from '../../../testing/with-app.ts';
import Page from '../Page.vue';
import type { FakeSettings } from './fake-settings.ts';

const route = { path: '/settings/:section?', name: 'settings', component: Page };

/** @param more answers beside, or instead of, those of the settings */
export async function open(
  settings: FakeSettings,
  at: string,
  more: Answers = {},
  desktop?: FakeDesktop,
): Promise<{ page: VueWrapper; rpc: FakeRpc }> {
  const rpc = createFakeRpc({
    ...settings.answers,
    'gateway.status': () => sampleStatus(),
    'models.list': () => ({ models: [], lists: [], aliases: [], pricesAsOf: '2026-11-20' }),
    'providers.list': () => [],
    ...more,
  });
  const { page } = await mountPage({ rpc, route, at, ...(desktop === undefined ? {} : { desktop }) });
  useGateway().follow();
  useDesktopHost().follow();
  await flushPromises();
  return { page, rpc };
}

/** The row of one setting. */
export const row = (page: VueWrapper, id: string) => page.get(`[data-setting="${id}"]`);
/** Writes into the field of a setting and leaves it. */
export async function type(page: VueWrapper, id: string, text: string): Promise<void> {
  await row(page, id).get('input').setValue(text);
  await row(page, id).get('input').trigger('change');
  await flushPromises();
}

export const dialog = (): Element | null => document.querySelector('[role=dialog]');
/** Presses the button of these words. */
export async function press(words: string, inside: Element | null = document.body): Promise<void> {
  const button = [...(inside?.querySelectorAll('button') ?? [])].find(
    (one) => one.textContent.trim() === words,
  );
  if (button === undefined) throw new Error(`There is no button ${words}.`);
  button.click();
  await flushPromises();
}
