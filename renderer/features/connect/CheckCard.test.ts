import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { sampleConnect, sampleTool } from '../../testing/sample-tool.ts';
import { NOON, sampleRow } from '../../testing/samples.ts';
import { createFakeTools, open, pause, tidy, WRITTEN, type FakeTools } from './testing/connect-page.ts';

let tools: FakeTools;
beforeEach(() => {
  tools = createFakeTools();
});
afterEach(tidy);

describe('checks', () => {
  it('wait for the first request, and turn green when it comes', async () => {
    tools.view = sampleConnect([sampleTool(WRITTEN)]);
    const { page, rpc } = await open(tools);
    expect(page.text()).toContain('Waiting for the first request since it was written');
    vi.useFakeTimers();
    tools.view = sampleConnect([sampleTool({ ...WRITTEN, lastRequestAt: NOON + 5_000, requestsToday: 1 })]);
    rpc.emit({ topic: 'requests.changed', data: [sampleRow(5, { client: 'claude-code' })] });
    await pause();
    expect(page.text()).toContain('A request arrived');
    expect(page.get('nav').text()).toContain('1 today');
    const link = page.findAll('a').find((one) => one.text() === 'Show');
    expect(decodeURIComponent(link?.attributes('href') ?? '')).toContain('client:claude-code');
  });

  it('name models that nothing offers', async () => {
    tools.view = sampleConnect([
      sampleTool({ slots: [{ id: 'main', current: 'gone/model', required: false }] }),
    ]);
    const { page } = await open(tools);
    expect(page.text()).toContain('Nothing offers gone/model right now');
  });
});
