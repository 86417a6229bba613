import { flushPromises, type VueWrapper } from '@vue/test-utils';
import { beforeEach, describe, expect, it } from 'vitest';
import { createFakeSettings, type FakeSettings } from './testing/fake-settings.ts';
import { open, press, row } from './testing/settings-page.ts';

let settings: FakeSettings;
beforeEach(() => {
  settings = createFakeSettings();
});

describe('what is changed only', () => {
  const filter = (page: VueWrapper) => page.get('button[aria-pressed]');
  const ids = (page: VueWrapper) =>
    page.findAll('[data-setting]').map((one) => one.attributes('data-setting'));

  it('stands in sections of its own, and stays when it is reset there', async () => {
    settings.values['requests.keep.days'] = 7;
    settings.values['cache.enabled'] = true;
    const { page } = await open(settings, '/settings/gateway');
    expect(filter(page).text()).toContain('2');
    await filter(page).trigger('click');
    expect(ids(page)).toEqual(['requests.keep.days', 'cache.enabled']);
    await row(page, 'requests.keep.days').get('button[aria-label="Reset to 30"]').trigger('click');
    await flushPromises();
    expect(ids(page)).toEqual(['requests.keep.days', 'cache.enabled']);
    await page.get('input[type=search]').setValue('cache');
    expect(ids(page)).toEqual(['cache.enabled']);
    await page.get('input[type=search]').setValue('');
    await filter(page).trigger('click');
    await filter(page).trigger('click');
    expect(ids(page)).toEqual(['cache.enabled']);
  });

  it('is nothing at first, and says so', async () => {
    const { page } = await open(settings, '/settings/gateway');
    await filter(page).trigger('click');
    expect(page.text()).toContain('Every setting is as it came');
    await press('Show all', document.body);
    expect(ids(page)).toContain('server.port');
  });
});
