import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Told } from '../../../contract/rpc/connect-sayings.ts';
import { RpcError } from '../../../contract/rpc/errors.ts';
import { sampleConnect, sampleTool } from '../../testing/sample-tool.ts';
import {
  BACKUP,
  createFakeTools,
  HAND,
  open,
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

describe('the list', () => {
  it('has the tools in groups with their state, and counts them', async () => {
    const { page } = await open(tools);
    expect(page.get('header').text()).toContain('1 connected · 1 found but not connected');
    const entries = page.findAll('nav a').map((link) => link.text());
    expect(entries).toEqual([
      expect.stringContaining('Not connected'),
      expect.stringMatching(/Codex.*Connected.*244 today/),
      expect.stringContaining('Set up by hand'),
      expect.stringContaining('Cannot connect'),
      expect.stringContaining('Shell and SDKs'),
    ]);
  });

  it('is one stop of the tab key; arrows move and show', async () => {
    const { page, router } = await open(tools);
    expect(page.findAll('nav a[tabindex="0"]')).toHaveLength(1);
    await page.get('nav').trigger('keydown', { key: 'ArrowDown' });
    await flushPromises();
    expect(router.currentRoute.value.params['id']).toBe('codex');
    expect(page.get('section[aria-label=Codex] h2').text()).toBe('Codex');
    expect(document.activeElement?.textContent).toContain('Codex');
  });

  it('says why it is not there, and tries again', async () => {
    let works = false;
    const { page } = await open(tools, {
      'connect.list': () => {
        if (!works) throw new RpcError('unavailable', 'The home folder cannot be read.');
        return tools.view;
      },
    });
    expect(page.get('[role=alert]').text()).toContain('The home folder cannot be read.');
    works = true;
    await press(page, 'Try again');
    expect(page.get('nav').text()).toContain('Claude Code');
  });

  it('says of a tool that it does not know that it is not there, and leads back', async () => {
    const { page, router } = await open(tools, {}, '/connect/nosuch');
    expect(page.text()).toContain('There is no tool “nosuch” here');
    expect(page.find('section[aria-label="Claude Code"]').exists()).toBe(false);
    await press(page, 'Show all tools');
    await flushPromises();
    expect(router.currentRoute.value.params['id']).toBeFalsy();
    expect(page.text()).not.toContain('nosuch');
  });

  it('says what to do where no tool was found', async () => {
    tools.view = sampleConnect([sampleTool({ state: 'not-found' }), HAND]);
    const { page } = await open(tools, {}, '/connect');
    expect(page.get('nav').text()).toContain('No tool was found on this computer.');
    expect(page.get('section[aria-label="Shell and SDKs"]').text()).toContain('http://127.0.0.1:8000/v1');
  });
});

const COMMA: Told = {
  code: 'syntax',
  values: { path: 'settings.json', line: 3 },
  text: 'In English.',
  reason: { code: 'comma-missing', values: {}, text: 'In English.' },
};

describe('what cannot be written', () => {
  it('a file that cannot be understood is told with its line; its copies can still be restored', async () => {
    tools.view = sampleConnect([sampleTool({ ...WRITTEN, state: 'broken', problems: [COMMA] })]);
    const { page, called } = await open(tools);
    expect(page.text()).toContain('settings.json, line 3: a comma is missing before this.');
    expect(called('connect.plan')).toEqual([]);
    await press(page, `Restore ${BACKUP.name}`);
    expect(called('connect.apply')).toHaveLength(1);
  });

  it('from another computer, commands and snippets take its place', async () => {
    tools.view = sampleConnect([sampleTool({ state: 'by-hand', files: [] })], { local: false });
    const { page, called } = await open(tools);
    expect(page.text()).toContain('they write no files of tools');
    expect(page.text()).toContain('switchyard connect claude-code --dry-run');
    expect(page.get('pre').text()).toContain('ANTHROPIC_BASE_URL=http://127.0.0.1:8000');
    expect(called('connect.plan')).toEqual([]);
  });

  it('a tool without a file has steps, Cursor the reason', async () => {
    const { page, router } = await open(tools, {}, '/connect/cline');
    expect(page.text()).toContain('Choose OpenAI Compatible as the API provider.');
    await router.push('/connect/cursor');
    await flushPromises();
    expect(page.text()).toContain('Cursor sends its requests from its own servers.');
  });
});
