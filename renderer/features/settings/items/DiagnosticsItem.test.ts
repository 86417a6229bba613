import { flushPromises } from '@vue/test-utils';
import { beforeEach, describe, expect, it } from 'vitest';
import { RpcError } from '../../../../contract/rpc/errors.ts';
import { createFakeSettings, type FakeSettings } from '../testing/fake-settings.ts';
import { dialog, open, press, row } from '../testing/settings-page.ts';

let settings: FakeSettings;
beforeEach(() => {
  settings = createFakeSettings();
});

describe('diagnostics', () => {
  const made = { text: '{\n  "version": "0.1.0"\n}', name: 'switchyard-diagnostics.json' };

  it('are shown in full before they can be copied or saved', async () => {
    const { page, rpc } = await open(settings, '/settings/about', { 'diagnostics.make': () => made });
    expect(rpc.calls.some(({ name }) => name === 'diagnostics.make')).toBe(false);
    await press('Show', row(page, 'about.diagnostics').element);
    expect(dialog()?.textContent).toContain('"version": "0.1.0"');
    const buttons = [...(dialog()?.querySelectorAll('button') ?? [])].map((one) => one.textContent.trim());
    expect(buttons).toEqual(expect.arrayContaining(['Save as a file', 'Copy']));
  });

  it('are opened by their address, and say why they could not be made', async () => {
    await open(settings, '/settings/about?open=diagnostics', {
      'diagnostics.make': () => {
        throw new RpcError('unavailable', 'The log cannot be read.');
      },
    });
    await flushPromises();
    expect(dialog()?.textContent).toContain('The log cannot be read.');
    expect(dialog()?.textContent).toContain('Try again');
  });
});
