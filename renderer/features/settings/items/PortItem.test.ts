import { beforeEach, describe, expect, it } from 'vitest';
import { RpcError } from '../../../../contract/rpc/errors.ts';
import { createFakeSettings, type FakeSettings } from '../testing/fake-settings.ts';
import { open, press, row, type } from '../testing/settings-page.ts';

let settings: FakeSettings;
beforeEach(() => {
  settings = createFakeSettings();
});

describe('a port that is taken', () => {
  it('is told with its holder, and the free one is a press away', async () => {
    const { page } = await open(settings, '/settings/gateway', {
      'settings.set': ({ path, value }) => {
        if (value === 8_080) throw new RpcError('conflict', 'Port 8080 is taken.', 'server.port');
        settings.values[path] = value;
        return settings.view();
      },
      'settings.freePort': () => ({ port: 8_081, holder: { name: 'Docker Desktop', pid: 2_114 } }),
    });
    await type(page, 'server.port', '8080');
    expect(row(page, 'server.port').text()).toContain(
      '8080 is taken by “Docker Desktop” (pid 2114). Still listening on 8000.',
    );
    expect(row(page, 'server.port').get('input').element.value).toBe('8080');
    await press('Use 8081', row(page, 'server.port').element);
    expect(settings.values['server.port']).toBe(8_081);
    expect(row(page, 'server.port').text()).not.toContain('taken');
  });

  it('is told without a name where the system does not say', async () => {
    const { page } = await open(settings, '/settings/gateway', {
      'settings.set': () => {
        throw new RpcError('conflict', 'Port 8080 is taken.', 'server.port');
      },
      'settings.freePort': () => ({ port: null, holder: null }),
    });
    await type(page, 'server.port', '8080');
    expect(row(page, 'server.port').text()).toContain('8080 is taken by another program.');
    expect(row(page, 'server.port').findAll('button')).toHaveLength(0);
  });

  it('is told by the gateway where nobody finds out more', async () => {
    const told = { code: 'port-in-use', values: {}, text: 'English.' } as const;
    const { page } = await open(settings, '/settings/gateway', {
      'settings.set': () => {
        throw new RpcError('conflict', 'English.', 'server.port', told);
      },
      'settings.freePort': () => {
        throw new RpcError('internal', 'The gateway failed.');
      },
    });
    await type(page, 'server.port', '8080');
    expect(row(page, 'server.port').get('[role=alert]').text()).toBe('the port is used by another program');
  });
});
