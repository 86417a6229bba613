import { flushPromises } from '@vue/test-utils';
import { beforeEach, describe, expect, it } from 'vitest';
import { RpcError } from '../../../contract/rpc/errors.ts';
import { createFakeSettings, type FakeSettings } from './testing/fake-settings.ts';
import { open, press, row } from './testing/settings-page.ts';

let settings: FakeSettings;
beforeEach(() => {
  settings = createFakeSettings();
});

describe('the page', () => {
  it('finds settings by their names in either language, and says when there is none', async () => {
    const { page } = await open(settings, '/settings/gateway');
    const search = page.get('input[type=search]');
    await search.setValue('端口');
    expect(page.findAll('[data-setting]').map((one) => one.attributes('data-setting'))).toEqual([
      'server.port',
    ]);
    expect(page.get('[role=status]').text()).toBe('1 setting matches');
    await search.setValue('toaster');
    expect(page.text()).toContain('No setting matches this search');
    await press('Clear search');
    expect(page.find('[data-setting="server.host"]').exists()).toBe(true);
  });

  it('counts what was changed beside each section', async () => {
    settings.values['requests.keep.days'] = 7;
    settings.values['requests.bodies'] = 'off';
    const { page } = await open(settings, '/settings/gateway');
    const entry = page.findAll('nav button').find((one) => one.text().includes('Requests'));
    expect(entry?.find('[role=img]').attributes('aria-label')).toBe('2 changed');
  });

  it('reads again when somebody else changes the configuration', async () => {
    const { page, rpc } = await open(settings, '/settings/requests');
    settings.values['requests.keep.days'] = 3;
    rpc.emit({ topic: 'config.changed', data: null });
    await flushPromises();
    expect(row(page, 'requests.keep.days').get('input').element.value).toBe('3');
  });

  it('says why the settings are not there and tries again', async () => {
    let fails = true;
    const { page } = await open(settings, '/settings/gateway', {
      'settings.list': () => {
        if (fails) throw new RpcError('internal', 'The gateway failed.');
        return settings.view();
      },
    });
    expect(page.text()).toContain('The settings could not be read');
    fails = false;
    await press('Try again');
    expect(page.find('[data-setting="server.port"]').exists()).toBe(true);
  });

  it('explains in a browser what only the desktop has', async () => {
    const { page } = await open(settings, '/settings/desktop');
    expect(page.text()).toContain('Only in the desktop app');
    expect(page.findAll('[role=switch]')).toHaveLength(0);
  });

  it('shows what a link leads to, whatever was looked for before', async () => {
    const { page } = await open(settings, '/settings/routing');
    await page.get('button[aria-pressed]').trigger('click');
    expect(page.find('[data-setting="routing.retries"]').exists()).toBe(false);
    await page.vm.$router.push('/settings/routing?item=routing.retries');
    await flushPromises();
    expect(document.activeElement).toBe(row(page, 'routing.retries').get('input').element);
  });

  it('takes the focus to the setting that a link names', async () => {
    const { page } = await open(settings, '/settings/gateway?item=server.port');
    expect(document.activeElement).toBe(row(page, 'server.port').get('input').element);
  });
});

it('what only the file can set is shown with its path and what it comes to', async () => {
  const { page } = await open(settings, '/settings/monitoring');
  expect(row(page, 'monitoring.webhook.url').text()).toContain('hooks.example');
  expect(row(page, 'monitoring.alerts').text()).toContain('monitoring.alerts');
});

it('every call is told with whom it goes to', async () => {
  const { page } = await open(settings, '/settings/about', {
    'prices.status': () => ({
      source: 'bundled',
      asOf: '2026-11-01',
      models: 1,
      url: 'https://prices.example/data.json',
      fetchedAt: null,
      problem: null,
    }),
  });
  const text = row(page, 'about.calls').text();
  expect(text).toContain('prices.example');
  expect(text).toContain('hooks.example');
  expect(text).toContain('no telemetry');
});
