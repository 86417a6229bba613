import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RpcError } from '../../../contract/rpc/errors.ts';
import { useToasts } from '../../shared/composables/useToasts.ts';
import { createFakeDesktop } from '../../testing/fake-desktop.ts';
import { button, createFakeTools, open, tidy, type FakeTools } from './testing/connect-page.ts';

let tools: FakeTools;
beforeEach(() => {
  tools = createFakeTools();
});
afterEach(tidy);

describe('the file of a tool', () => {
  const FILE = 'Open ~/.claude/settings.json';

  it('is opened by the desktop, which says why it could not', async () => {
    const desktop = createFakeDesktop({
      'desktop.openToolFile': () => {
        throw new RpcError('not_found', 'There is no file yet.');
      },
    });
    const { page } = await open(tools, {}, '/connect/claude-code', desktop);
    await button(page, FILE).trigger('click');
    await flushPromises();
    expect(desktop.calls.filter(({ name }) => name === 'desktop.openToolFile')).toEqual([
      {
        name: 'desktop.openToolFile',
        input: { tool: 'claude-code', file: '~/.claude/settings.json' },
      },
    ]);
    expect(useToasts().toasts).toMatchObject([
      { title: 'Claude Code: the file was not opened', text: 'There is no file yet.' },
    ]);
  });

  it('is not offered to be opened in a browser', async () => {
    const { page } = await open(tools);
    expect(() => button(page, FILE)).toThrow('There is no button');
  });
});
