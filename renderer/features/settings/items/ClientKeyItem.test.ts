import { beforeEach, describe, expect, it } from 'vitest';
import { createFakeSettings, type FakeSettings } from '../testing/fake-settings.ts';
import { dialog, open, press, row } from '../testing/settings-page.ts';

let settings: FakeSettings;
beforeEach(() => {
  settings = createFakeSettings();
});

describe('the client key', () => {
  it('is made here, shown once, and known by its end afterwards', async () => {
    const { page } = await open(settings, '/settings/gateway');
    await press('Make a key', row(page, 'server.api_key').element);
    const made = String(settings.values['server.api_key']);
    expect(made).toMatch(/^sy-[\w-]{32}$/);
    expect(dialog()?.textContent).toContain(made);
    await press('Done', dialog());
    expect(document.body.textContent).not.toContain(made);
    expect(row(page, 'server.api_key').text()).toContain(`…${made.slice(-4)}`);
  });

  it('goes only after a question', async () => {
    settings.values['server.api_key'] = 'sy-0123456789abcdef';
    const { page } = await open(settings, '/settings/gateway');
    await press('Remove', row(page, 'server.api_key').element);
    expect(dialog()?.textContent).toContain('…cdef cannot be read back.');
    await press('Cancel', dialog());
    expect(settings.values['server.api_key']).toBeDefined();
    await press('Remove', row(page, 'server.api_key').element);
    await press('Remove', dialog());
    expect(settings.values['server.api_key']).toBeUndefined();
  });
});
