import { flushPromises } from '@vue/test-utils';
import { beforeEach, describe, expect, it } from 'vitest';
import { useToasts } from '../../shared/composables/useToasts.ts';
import { createFakeDesktop, sampleDesktop, samplePlace } from '../../testing/fake-desktop.ts';
import { createFakeSettings, type FakeSettings } from './testing/fake-settings.ts';
import { dialog, open, press, row } from './testing/settings-page.ts';

let settings: FakeSettings;
beforeEach(() => {
  settings = createFakeSettings();
});

describe('on the desktop', () => {
  it('switches show what the host answers', async () => {
    let info = sampleDesktop({ openAtLogin: null });
    const desktop = createFakeDesktop({
      'desktop.info': () => info,
      'desktop.set': ({ closeToTray = true }) => (info = { ...info, closeToTray }),
    });
    const { page } = await open(settings, '/settings/desktop', {}, desktop);
    const tray = row(page, 'desktop.closeToTray').get('[role=switch]');
    await tray.trigger('click');
    await flushPromises();
    expect(desktop.calls).toContainEqual({ name: 'desktop.set', input: { closeToTray: false } });
    expect(info.closeToTray).toBe(false);
    expect(row(page, 'desktop.openAtLogin').text()).toContain('This system offers no such thing');
    expect(row(page, 'desktop.keychain').text()).toContain('Keys are kept in Secret Service.');
  });

  it('notifications are turned off kind by kind, and one can be tried', async () => {
    let info = sampleDesktop();
    const desktop = createFakeDesktop({
      'desktop.info': () => info,
      'desktop.set': ({ quiet = [], notifications = info.notifications }) =>
        (info = { ...info, quiet, notifications }),
      'desktop.tryNotification': () => ({ shown: false }),
    });
    const { page } = await open(settings, '/settings/desktop', {}, desktop);
    const switchOf = (id: string) => row(page, id).get('input');
    await switchOf('desktop.notice.budget').trigger('click');
    await flushPromises();
    expect(info.quiet).toEqual(['budget']);
    expect(switchOf('desktop.notice.budget').element.checked).toBe(false);
    expect(switchOf('desktop.notice.provider').element.checked).toBe(true);
    await press('Try it', row(page, 'desktop.notifications').element);
    expect(row(page, 'desktop.notifications').text()).toContain('shows no notifications');
    await switchOf('desktop.notifications').trigger('click');
    await flushPromises();
    expect(switchOf('desktop.notice.provider').attributes('disabled')).toBeDefined();
  });

  it('a keychain that does not answer is tried again', async () => {
    let place = samplePlace({
      state: 'unavailable',
      message: 'The keychain did not answer within 5 s.',
      told: { code: 'keychain-silent', values: { name: 'Secret Service', seconds: 5 }, text: '' },
    });
    const desktop = createFakeDesktop({
      'desktop.info': () => sampleDesktop({ secrets: place }),
      'secrets.retry': () => place,
    });
    const { page } = await open(settings, '/settings/desktop', {}, desktop);
    expect(row(page, 'desktop.keychain').text()).toContain('did not answer within 5 s');
    await press('Try again', row(page, 'desktop.keychain').element);
    expect(useToasts().toasts).toMatchObject([{ kind: 'failed', title: 'The keychain is still not ready' }]);
    place = samplePlace();
    await press('Try again', row(page, 'desktop.keychain').element);
    expect(row(page, 'desktop.keychain').text()).toContain('Keys are kept in Secret Service.');
  });

  it('without a keychain a sealed file needs consent and the same passphrase twice', async () => {
    let place = samplePlace({ kind: 'memory', state: 'no-keychain', message: null });
    const desktop = createFakeDesktop({
      'desktop.info': () => sampleDesktop({ secrets: place }),
      'secrets.useSealed': () => (place = samplePlace({ kind: 'sealed', name: 'secrets.enc' })),
    });
    const { page } = await open(settings, '/settings/desktop', {}, desktop);
    await press('Keep keys in a sealed file', row(page, 'desktop.keychain').element);
    expect(dialog()?.textContent).toContain('Nobody can bring back a forgotten passphrase');
    const fields = [...(dialog()?.querySelectorAll('input') ?? [])];
    const fill = (texts: readonly string[]): void =>
      fields.forEach((field, index) => {
        field.value = texts[index] ?? '';
        field.dispatchEvent(new Event('input'));
      });
    const submit = async (): Promise<void> => {
      dialog()
        ?.querySelector('form')
        ?.dispatchEvent(new Event('submit', { cancelable: true }));
      await flushPromises();
    };
    fill(['short', 'short']);
    await submit();
    expect(dialog()?.textContent).toContain('A passphrase has at least 12 characters');
    fill(['correct horse', 'correct house']);
    await submit();
    expect(dialog()?.textContent).toContain('The two passphrases differ');
    fill(['correct horse', 'correct horse']);
    await submit();
    expect(desktop.calls).toContainEqual({
      name: 'secrets.useSealed',
      input: { passphrase: 'correct horse' },
    });
    expect(dialog()).toBeNull();
    expect(row(page, 'desktop.keychain').text()).toContain('Keys are kept in secrets.enc.');
  });
});
