import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { useToasts } from '../../shared/composables/useToasts.ts';
import { sampleConnect, sampleTool } from '../../testing/sample-tool.ts';
import {
  BACKUP,
  button,
  createFakeTools,
  open,
  pause,
  press,
  tidy,
  WRITTEN,
  type FakeTools,
} from './testing/connect-page.ts';

let tools: FakeTools;
beforeEach(() => {
  tools = createFakeTools();
});
afterEach(tidy);

describe('taking it back', () => {
  it('the note of a writing brings the copies back that it made', async () => {
    const { page, called } = await open(tools);
    await press(page, 'Write change');
    useToasts().toasts[0]?.undo?.();
    await flushPromises();
    expect(called('connect.apply').at(-1)).toEqual({
      tool: 'claude-code',
      order: { does: 'restore', backup: BACKUP.name },
      version: 'v1',
    });
    expect(useToasts().toasts.at(-1)?.title).toBe('Claude Code is as it was before');
  });

  it('removing shows its own differences first, and can be left again', async () => {
    tools.view = sampleConnect([sampleTool(WRITTEN)]);
    tools.after = sampleTool();
    const { page, called } = await open(tools);
    vi.useFakeTimers();
    await press(page, 'Remove');
    await pause();
    expect(called('connect.plan').at(-1)).toEqual({ tool: 'claude-code', order: { does: 'remove' } });
    expect(document.activeElement?.textContent).toContain('What removing changes');
    await press(page, 'Cancel');
    await pause();
    expect(page.text()).toContain('Change to be written');
    await press(page, 'Remove');
    await pause();
    const act = page.findAll('button').findLast((one) => one.text().startsWith('Remove'));
    await act?.trigger('click');
    await flushPromises();
    expect(called('connect.apply')).toEqual([
      { tool: 'claude-code', order: { does: 'remove' }, version: 'v1' },
    ]);
  });

  it('copies are compared, and restored at once', async () => {
    tools.view = sampleConnect([sampleTool(WRITTEN)]);
    const { page, called } = await open(tools);
    vi.useFakeTimers();
    await press(page, `Compare with ${BACKUP.name}`);
    await pause();
    expect(page.text()).toContain('What restoring changes');
    await press(page, `Restore ${BACKUP.name}`);
    expect(called('connect.apply')).toEqual([
      { tool: 'claude-code', order: { does: 'restore', backup: BACKUP.name }, version: 'v1' },
    ]);
  });

  it('what somebody changed is named, and can be kept', async () => {
    tools.view = sampleConnect([
      sampleTool({ ...WRITTEN, state: 'changed', drift: ['env.ANTHROPIC_MODEL'] }),
    ]);
    const { page, called } = await open(tools);
    expect(page.text()).toContain('env.ANTHROPIC_MODEL');
    expect(page.text()).toContain('1 value differs from what was written');
    expect(button(page, 'Write ours again').exists()).toBe(true);
    await press(page, 'Keep theirs');
    expect(called('connect.apply')).toEqual([
      { tool: 'claude-code', order: { does: 'keep' }, version: 'v1' },
    ]);
    expect(page.text()).not.toContain('Keep theirs');
  });

  it('a variable that wins is told with its place, and commented out after a look', async () => {
    const override = {
      variable: 'ANTHROPIC_BASE_URL',
      shown: 'https://api.anthropic.com',
      file: '~/.zshrc',
      line: 41,
    };
    tools.view = sampleConnect([sampleTool({ ...WRITTEN, overrides: [override] })]);
    const { page, called } = await open(tools);
    vi.useFakeTimers();
    expect(page.text()).toContain(
      'ANTHROPIC_BASE_URL=https://api.anthropic.com is set in ~/.zshrc, line 41.',
    );
    await press(page, 'Comment it out…');
    await pause();
    expect(called('connect.plan').at(-1)).toEqual({
      tool: 'claude-code',
      order: { does: 'silence', variable: 'ANTHROPIC_BASE_URL', file: '~/.zshrc' },
    });
  });
});
