/** Clients: made, changed, given another key, removed and put back from outside; the rest of the file stays as it is. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { memoryFile, startTestGateway, type TestGateway } from '../testing/test-gateway.ts';

const FILE = `# mine
clients:
  - id: laptop # Ada's
    key: laptop-key-0123456
    rpm: 5 # slow
  - { id: codex, key: codex-key-012345, optional: true }
budgets:
  - { scope: all, usd: 100 } # by hand
  - { scope: "client:laptop", usd: 5 }
`;

let file: ReturnType<typeof memoryFile>;
let gateway: TestGateway;
beforeEach(async () => {
  file = memoryFile(FILE);
  gateway = await startTestGateway('', { configFile: file });
});
afterEach(() => gateway.stop());

const text = async (): Promise<string> => (await file.read()) ?? '';
const list = () => gateway.call('clients.list');

describe('a client', () => {
  it('is made with a key that is told once; what goes without saying is not written', async () => {
    const budget = { usd: 3, per: 'day', warn_at: [0.8], action: 'block' };
    const made = await gateway.call('clients.add', { id: 'ci', rpm: 30, models: ['fast', 'gpt-*'], budget });
    expect(made).toMatchObject({
      data: { key: expect.stringMatching(/^sy-[\w-]{32}$/), clients: [{}, {}, { id: 'ci', rpm: 30 }] },
    });
    const key = /key: (sy-\S+)/.exec(await text())?.[1] ?? '';
    expect(made).toMatchObject({ data: { key } });
    expect((await text()).slice(0, FILE.indexOf('budgets:'))).toBe(FILE.slice(0, FILE.indexOf('budgets:')));
    expect(await text()).not.toContain('max_concurrency');
    expect(JSON.stringify(await list())).not.toContain(key);
    expect(await gateway.call('budgets.list')).toMatchObject({ data: [{}, {}, { id: 'client:ci/day' }] });
  });

  it.each(['laptop', 'default'])('is not made as %s, which is taken', async (id) => {
    expect(await gateway.call('clients.add', { id })).toMatchObject({
      error: { code: 'conflict', field: 'id' },
    });
    expect(await text()).toBe(FILE);
  });

  it('tells the tool it belongs to', async () => {
    expect(await list()).toMatchObject({
      data: [
        { id: 'laptop', tool: null, optional: false, log: null },
        { id: 'codex', tool: { id: 'codex', name: 'Codex' }, optional: true },
      ],
    });
  });

  it('is changed line by line, and back to how it was', async () => {
    const changed = { id: 'laptop', rpm: 60, log: 'off', models: ['a/*'], optional: true };
    expect(await gateway.call('clients.update', changed)).toMatchObject({
      data: [{ rpm: 60, log: 'off', models: ['a/*'], optional: true }, {}],
    });
    expect(await text()).toContain('rpm: 60 # slow');
    const back = { id: 'laptop', rpm: 5, log: null, models: [], optional: false };
    await gateway.call('clients.update', back);
    expect(await text()).toBe(FILE);
  });

  it('gets another key; the old one is refused from then on', async () => {
    const ask = (key: string) =>
      fetch(`${gateway.url}/v1/models`, { headers: { authorization: `Bearer ${key}` } });
    expect((await ask('laptop-key-0123456')).status).toBe(200);
    await gateway.call('clients.rotate', { id: 'laptop' });
    expect((await ask('laptop-key-0123456')).status).toBe(401);
    const key = /laptop # Ada's\n {4}key: (\S+)/.exec(await text())?.[1] ?? '';
    expect((await ask(key)).status).toBe(200);
    expect(await text()).toBe(FILE.replace('laptop-key-0123456', key));
  });

  it('goes with its own budgets, and comes back with its key', async () => {
    const gone = await gateway.call('clients.remove', { id: 'laptop' });
    expect(gone).toMatchObject({ data: { clients: [{ id: 'codex' }] } });
    expect(await text()).not.toContain('client:laptop');
    const undo = JSON.stringify(gone).match(/"undo":"([^"]+)"/)?.[1];
    expect(await gateway.call('clients.restore', { undo })).toMatchObject({
      data: [{ id: 'laptop', fingerprint: '…3456' }, {}],
    });
    expect((await text()).slice(0, FILE.indexOf('budgets:'))).toBe(FILE.slice(0, FILE.indexOf('budgets:')));
    expect(await gateway.call('budgets.list')).toMatchObject({ data: [{}, { id: 'client:laptop/month' }] });
    expect(await gateway.call('clients.restore', { undo })).toMatchObject({ error: { code: 'not_found' } });
  });

  it('comes back with its budgets as they were written, where they were', async () => {
    const written = FILE.replace(
      /- \{ scope: "client:laptop", usd: 5 \}\n/,
      [
        '# Ada, by the day',
        '- { scope: "client:laptop", usd: "${LAPTOP_USD:-5}", per: day } # little',
        '- { scope: "client:codex", usd: 3 }',
        '- scope: client:laptop # by the month',
        '  usd: 50',
        '# the end\n',
      ].join('\n  '),
    );
    await gateway.stop();
    file = memoryFile(written);
    gateway = await startTestGateway('', { configFile: file });
    const gone = await gateway.call('clients.remove', { id: 'laptop' });
    expect(await text()).not.toContain('client:laptop');
    expect(await text()).toContain('client:codex');
    const undo = JSON.stringify(gone).match(/"undo":"([^"]+)"/)?.[1];
    expect(await gateway.call('clients.restore', { undo })).toMatchObject({ ok: true });
    expect(await text()).toBe(written);
  });

  it('that is not there is told', async () => {
    for (const name of ['clients.rotate', 'clients.remove']) {
      expect(await gateway.call(name, { id: 'who' })).toMatchObject({ error: { code: 'not_found' } });
    }
  });

  it('is told when it asked last', async () => {
    expect(await gateway.call('clients.activity')).toMatchObject({ data: [] });
    await fetch(`${gateway.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: 'Bearer laptop-key-0123456', 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'nothing', messages: [{ role: 'user', content: 'hi' }] }),
    });
    await expect
      .poll(() => gateway.call('clients.activity'))
      .toMatchObject({ data: [{ id: 'laptop', requestsToday: 1, lastRequestAt: expect.any(Number) }] });
  });
});
