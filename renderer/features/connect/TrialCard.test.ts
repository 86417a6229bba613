import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sampleConnect, sampleTool } from '../../testing/sample-tool.ts';
import { createFakeTools, open, press, tidy, WRITTEN, type FakeTools } from './testing/connect-page.ts';

let tools: FakeTools;
beforeEach(() => {
  tools = createFakeTools();
});
afterEach(tidy);

const MAIN = [{ id: 'main', current: 'demo/chat', required: false }];

describe('a test', () => {
  const SENT = { ok: true, status: 200, text: 'ready', time: 321, request: 'req_1' };

  it('is sent with the model of the file, tells how it went, and leads to its row', async () => {
    tools.view = sampleConnect([sampleTool({ ...WRITTEN, client: 'claude-code', slots: MAIN })]);
    const { page, called, router } = await open(tools, { 'connect.test': () => SENT });
    await press(page, 'Send a test');
    expect(called('connect.test')).toEqual([{ tool: 'claude-code', model: 'demo/chat' }]);
    expect(page.text()).toContain('Answered in 321 ms');
    expect(page.text()).toContain('ready');
    const links = page.findAll('a').filter((link) => link.text() === 'Show in the log');
    expect(links[0]?.attributes('href')).toBe(
      router.resolve({ name: 'requests', params: { id: 'req_1' } }).href,
    );
    const own = page.findAll('a').find((link) => link.text() === 'Requests from this tool');
    expect(own?.attributes('href')).toContain('client:claude-code');
  });

  it('that fails says why in the words of the gateway', async () => {
    tools.view = sampleConnect([sampleTool({ ...WRITTEN, slots: MAIN })]);
    const failed = { ...SENT, ok: false, status: 404, text: 'Nothing serves it.' };
    const { page } = await open(tools, { 'connect.test': () => failed });
    await press(page, 'Send a test');
    expect(page.text()).toContain('Failed after 321 ms');
    expect(page.text()).toContain('Nothing serves it.');
  });

  it('is not offered for a tool that leads elsewhere', async () => {
    tools.view = sampleConnect([sampleTool({ state: 'elsewhere', address: 'https://x.example' })]);
    const { page } = await open(tools);
    expect(page.text()).not.toContain('Send a test');
  });
});
