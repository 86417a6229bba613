import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RpcError } from '../../../contract/rpc/errors.ts';
import { useShortcutStore } from '../../shared/composables/useShortcuts.ts';
import { useToasts } from '../../shared/composables/useToasts.ts';
import { samplePlan } from '../../testing/sample-tool.ts';
import { button, createFakeTools, open, pause, press, tidy, type FakeTools } from './testing/connect-page.ts';

let tools: FakeTools;
beforeEach(() => {
  tools = createFakeTools();
});
afterEach(tidy);

describe('the change', () => {
  it('is shown before it is written, with its lines, and written by its version', async () => {
    const { page, called } = await open(tools);
    expect(called('connect.plan')).toEqual([
      { tool: 'claude-code', order: { does: 'connect', models: {}, ownKey: true } },
    ]);
    const figure = page.get('figure[aria-label="Diff of settings.json"]').text();
    expect(figure).toContain('"ANTHROPIC_BASE_URL": "http://127.0.0.1:8000"');
    expect(page.text()).toContain('Lines added: 2, removed: 1');
    await press(page, 'Write change');
    expect(called('connect.apply')).toEqual([
      { tool: 'claude-code', order: { does: 'connect', models: {}, ownKey: true }, version: 'v1' },
    ]);
    expect(page.get('nav').text()).toContain('Waiting');
    expect(useToasts().toasts[0]).toMatchObject({ title: 'Claude Code is connected' });
  });

  it('is worked out again for another model, and for the common key', async () => {
    vi.useFakeTimers();
    const { page, called } = await open(tools);
    await page.get('input[role=combobox]').setValue('fast');
    await pause();
    await page.get('input[role=switch]').trigger('click');
    await pause();
    expect(called('connect.plan').slice(1)).toEqual([
      { tool: 'claude-code', order: { does: 'connect', models: { main: 'fast' }, ownKey: true } },
      { tool: 'claude-code', order: { does: 'connect', models: { main: 'fast' }, ownKey: false } },
    ]);
  });

  it('keeps what was chosen over a look at another tool', async () => {
    const { page, router } = await open(tools);
    await page.get('input[role=combobox]').setValue('fast');
    await router.push('/connect/codex');
    await router.push('/connect/claude-code');
    await flushPromises();
    expect(page.get<HTMLInputElement>('input[role=combobox]').element.value).toBe('fast');
  });

  it('is read again where a file changed meanwhile; nothing was written', async () => {
    let version = 'v1';
    const { page, called } = await open(tools, {
      'connect.plan': () => samplePlan({ version }),
      'connect.apply': () => {
        version = 'v2';
        throw new RpcError('conflict', 'settings.json changed.');
      },
    });
    await press(page, 'Write change');
    expect(page.text()).toContain('A file changed in the meantime, so nothing was written.');
    expect(called('connect.plan')).toHaveLength(2);
    await press(page, 'Write change');
    expect(called('connect.apply')).toEqual([
      expect.objectContaining({ version: 'v1' }),
      expect.objectContaining({ version: 'v2' }),
    ]);
  });

  it('that fails says why, in the words of the gateway', async () => {
    const { page } = await open(tools, {
      'connect.apply': () => {
        throw new RpcError('forbidden', '~/.claude/settings.json is read-only.');
      },
    });
    await press(page, 'Write change');
    expect(page.text()).toContain('Nothing was written. ~/.claude/settings.json is read-only.');
    expect(button(page, 'Write change').attributes('disabled')).toBeUndefined();
  });

  it('is written by a key, and told where there is none', async () => {
    const { page, called } = await open(tools, {
      'connect.plan': () => samplePlan({ changes: [] }),
    });
    expect(page.text()).toContain('Nothing to write: connected as it is.');
    const write = () =>
      useShortcutStore().handle(new KeyboardEvent('keydown', { key: 'Enter', code: 'Enter', ctrlKey: true }));
    write();
    await flushPromises();
    expect(called('connect.apply')).toEqual([]);
  });

  it('can be read as a command', async () => {
    const { page } = await open(tools);
    await press(page, 'Command');
    expect(page.get('pre').text()).toContain('switchyard connect claude-code');
    expect(page.get('[role=group][aria-label="Same from a terminal:"]').text()).toContain('--dry-run');
  });
});
