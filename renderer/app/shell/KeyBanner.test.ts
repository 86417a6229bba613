import { flushPromises } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';
import type { SecretPlace } from '../../../contract/rpc/procedures/desktop.ts';
import { useDesktopHost } from '../../shared/composables/useDesktopHost.ts';
import { useToasts } from '../../shared/composables/useToasts.ts';
import { createFakeDesktop, sampleDesktop, samplePlace } from '../../testing/fake-desktop.ts';
import { createFakeRpc } from '../../testing/fake-rpc.ts';
import { sampleStatus } from '../../testing/samples.ts';
import { mountPage } from '../../testing/with-app.ts';
import KeyBanner from './KeyBanner.vue';

const said = (message: string): Pick<SecretPlace, 'message' | 'told'> => ({
  message,
  told: { code: 'as-said', values: { message }, text: message },
});
const route = { path: '/', name: 'overview', component: KeyBanner };

async function show(state: SecretPlace['state'], healed: SecretPlace = samplePlace()) {
  let secrets = samplePlace({ state, ...(state === 'ready' ? {} : said('It says why.')) });
  const rpc = createFakeRpc({ 'gateway.status': () => sampleStatus() });
  const desktop = createFakeDesktop({
    'desktop.info': () => sampleDesktop({ secrets }),
    'secrets.retry': () => (secrets = healed),
    'secrets.useSealed': () => (secrets = healed),
  });
  const { page } = await mountPage({ rpc, route, at: '/', desktop });
  useDesktopHost().follow();
  await flushPromises();
  return {
    page,
    rpc,
    desktop,
    become: (next: SecretPlace): void => {
      secrets = next;
    },
  };
}

describe('the banner over every page', () => {
  it('is not there while keys can be used', async () => {
    const { page } = await show('ready');
    expect(page.find('[role=alert]').exists()).toBe(false);
  });

  it.each([
    ['unavailable', 'The keychain does not answer.', 'Try again'],
    ['locked', 'The keychain is locked.', 'Unlock'],
    ['no-keychain', 'This system has no keychain.', 'Decide'],
    ['sealed-locked', 'Your keys are sealed.', 'Unlock'],
  ] as const)('%s: says what is wrong, why, and offers one act', async (state, words, act) => {
    const { page } = await show(state);
    expect(page.get('[role=alert]').text()).toContain(words);
    expect(page.get('[role=alert]').text()).toContain('It says why.');
    expect(page.findAll('[role=alert] button').map((button) => button.text())).toEqual([act]);
  });

  it('goes when the keychain answers again', async () => {
    const { page, desktop } = await show('unavailable');
    await page.get('[role=alert] button').trigger('click');
    await flushPromises();
    expect(desktop.calls.at(-1)?.name).toBe('secrets.retry');
    expect(page.find('[role=alert]').exists()).toBe(false);
  });

  it('stays, with the new reason, when it still does not', async () => {
    const { page } = await show('unavailable', samplePlace({ state: 'locked', ...said('Still closed.') }));
    await page.get('[role=alert] button').trigger('click');
    await flushPromises();
    expect(page.get('[role=alert]').text()).toContain('Still closed.');
    // Whoever cannot see that nothing became better is told.
    expect(useToasts().toasts).toMatchObject([
      { kind: 'failed', title: 'The keychain is still not ready', text: 'Still closed.' },
    ]);
  });

  it('asks for the passphrase of a sealed file, and explains a new one', async () => {
    for (const [state, words] of [
      ['sealed-locked', 'Unlock your keys'],
      ['no-keychain', 'Keep keys in a sealed file?'],
    ] as const) {
      const { page } = await show(state);
      await page.get('[role=alert] button').trigger('click');
      await flushPromises();
      expect(document.querySelector('[role=dialog]')?.textContent).toContain(words);
      page.unmount();
    }
  });

  it('comes while the app runs, told by a change of the gateway', async () => {
    const { page, rpc, become } = await show('ready');
    become(samplePlace({ state: 'locked' }));
    rpc.emit({ topic: 'gateway.changed', data: sampleStatus() });
    await flushPromises();
    expect(page.get('[role=alert]').text()).toContain('The keychain is locked.');
  });
});
