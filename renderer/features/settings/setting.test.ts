import { flushPromises } from '@vue/test-utils';
import { beforeEach, describe, expect, it } from 'vitest';
import { RpcError } from '../../../contract/rpc/errors.ts';
import type { SettingValue } from '../../../contract/rpc/procedures/settings.ts';
import { createFakeSettings, type FakeSettings } from './testing/fake-settings.ts';
import { open, row, type } from './testing/settings-page.ts';

let settings: FakeSettings;
beforeEach(() => {
  settings = createFakeSettings();
});

describe('a setting', () => {
  it('is changed at once, carries a dot, and goes back with one press', async () => {
    const { page, rpc } = await open(settings, '/settings/requests');
    await type(page, 'requests.keep.days', '7');
    expect(rpc.calls).toContainEqual({
      name: 'settings.set',
      input: { path: 'requests.keep.days', value: 7 },
    });
    expect(row(page, 'requests.keep.days').find('[role=img][aria-label^=Changed]').exists()).toBe(true);
    await row(page, 'requests.keep.days').get('button[aria-label="Reset to 30"]').trigger('click');
    await flushPromises();
    expect(settings.values['requests.keep.days']).toBeUndefined();
    expect(row(page, 'requests.keep.days').get('input').element.value).toBe('30');
  });

  it('takes numbers in the unit it shows', async () => {
    const { page } = await open(settings, '/settings/routing');
    expect(row(page, 'routing.deadline').get('input').element.value).toBe('60');
    await type(page, 'routing.deadline', '90');
    expect(settings.values['routing.deadline']).toBe(5_400_000);
    await type(page, 'routing.cooldown.base', '1.5');
    expect(settings.values['routing.cooldown.base']).toBe(1_500);
  });

  it.each(['0', 'many', '3.5', ''])('says what is allowed instead of %j and sends nothing', async (text) => {
    const { page, rpc } = await open(settings, '/settings/requests');
    await type(page, 'requests.keep.days', text);
    expect(row(page, 'requests.keep.days').text()).toContain('A whole number from 1 to 3,650');
    expect(row(page, 'requests.keep.days').get('input').attributes('aria-invalid')).toBe('true');
    expect(rpc.calls.filter(({ name }) => name === 'settings.set')).toEqual([]);
    await row(page, 'requests.keep.days').get('input').trigger('keydown', { key: 'Escape' });
    expect(row(page, 'requests.keep.days').text()).not.toContain('A whole number');
  });

  it('keeps its field open while a value is on its way, and sends the next one after it', async () => {
    const sent: SettingValue[] = [];
    const answers: (() => void)[] = [];
    const { page } = await open(settings, '/settings/routing', {
      'settings.set': async ({ path, value }) => {
        sent.push(value);
        await new Promise<void>((resolve) => void answers.push(resolve));
        settings.values[path] = value;
        return settings.view();
      },
    });
    await type(page, 'routing.retries', '4');
    expect(row(page, 'routing.retries').get('input').element.disabled).toBe(false);
    await type(page, 'routing.retries', '5');
    expect(sent).toEqual([4]);
    for (let round = 0; round < 2; round += 1) {
      answers[round]?.();
      await flushPromises();
    }
    expect(sent).toEqual([4, 5]);
    expect(row(page, 'routing.retries').get('input').element.value).toBe('5');
  });

  it('that is emptied leaves the file', async () => {
    settings.values['routing.default_model'] = 'fast';
    const { page } = await open(settings, '/settings/routing');
    await type(page, 'routing.default_model', '');
    expect(settings.values['routing.default_model']).toBeUndefined();
  });

  it('that a variable decides cannot be changed and names it', async () => {
    settings.locked['logging.level'] = 'LOG_LEVEL';
    const { page } = await open(settings, '/settings/logging');
    expect(row(page, 'logging.level').text()).toContain('Decided by LOG_LEVEL. Change it there.');
    expect(row(page, 'logging.level').get('select').element.disabled).toBe(true);
  });

  it("shows the gateway's own sentence where it refuses", async () => {
    const { page } = await open(settings, '/settings/network', {
      'settings.set': () => {
        throw new RpcError('unavailable', '/home/me/config.yaml cannot be written: the disk is full.');
      },
    });
    await row(page, 'network.proxy').get('select').setValue('none');
    await flushPromises();
    expect(row(page, 'network.proxy').text()).toContain('the disk is full');
    expect(row(page, 'network.proxy').get('select').element.value).toBe('system');
  });

  it('takes a proxy by its address only when it is one', async () => {
    const { page } = await open(settings, '/settings/network');
    await row(page, 'network.proxy').get('select').setValue('address');
    await type(page, 'network.proxy', 'socks5://proxy');
    expect(row(page, 'network.proxy').text()).toContain('Write an HTTP proxy');
    expect(settings.values['network.proxy']).toBeUndefined();
    await type(page, 'network.proxy', 'http://proxy.example:3128');
    expect(settings.values['network.proxy']).toBe('http://proxy.example:3128');
    await type(page, 'network.no_proxy', 'localhost, .example.com，10.0.0.1');
    expect(settings.values['network.no_proxy']).toEqual(['localhost', '.example.com', '10.0.0.1']);
  });
});
