import { flushPromises, type VueWrapper } from '@vue/test-utils';
import { beforeEach, describe, expect, it } from 'vitest';
import { useShortcutStore } from '../../shared/composables/useShortcuts.ts';
import { createFakeSettings, type FakeSettings } from './testing/fake-settings.ts';
import { open, row, type } from './testing/settings-page.ts';

let settings: FakeSettings;
beforeEach(() => {
  settings = createFakeSettings();
});

describe('a change', () => {
  const undo = (page: VueWrapper, id: string) => row(page, id).find('button[aria-label^="Undo the change"]');

  it('has its undo beside it, which leaves the focus in the row', async () => {
    const { page } = await open(settings, '/settings/requests');
    expect(undo(page, 'requests.keep.days').exists()).toBe(false);
    await type(page, 'requests.keep.days', '7');
    const button = undo(page, 'requests.keep.days').element;
    if (button instanceof HTMLElement) button.focus();
    await undo(page, 'requests.keep.days').trigger('click');
    await flushPromises();
    expect(row(page, 'requests.keep.days').get('input').element.value).toBe('30');
    expect(undo(page, 'requests.keep.days').exists()).toBe(false);
    expect(document.activeElement).toBe(row(page, 'requests.keep.days').get('input').element);
  });

  it('that is a reset is taken back too, by key the last one first', async () => {
    settings.values['requests.keep.days'] = 7;
    const { page } = await open(settings, '/settings/requests');
    await row(page, 'requests.keep.days').get('button[aria-label="Reset to 30"]').trigger('click');
    await flushPromises();
    await type(page, 'requests.keep.rows', '5');
    const pressU = async () => {
      useShortcutStore().handle(new KeyboardEvent('keydown', { key: 'u' }));
      await flushPromises();
    };
    await pressU();
    expect(settings.values['requests.keep.rows']).toBeUndefined();
    expect(settings.values['requests.keep.days']).toBeUndefined();
    await pressU();
    expect(settings.values['requests.keep.days']).toBe(7);
  });

  it('of an earlier visit offers none, nor one that others wrote over', async () => {
    settings.before.set('requests.keep.days', 1);
    settings.values['requests.keep.days'] = 7;
    const { page } = await open(settings, '/settings/requests');
    expect(undo(page, 'requests.keep.days').exists()).toBe(false);
    await type(page, 'requests.keep.rows', '5');
    expect(undo(page, 'requests.keep.rows').exists()).toBe(true);
    settings.before.delete('requests.keep.rows');
    await type(page, 'requests.keep.days', '8');
    expect(undo(page, 'requests.keep.rows').exists()).toBe(false);
  });
});
