import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { runHost, runToEnd } from './testing/run-host.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'switchyard-explain-test-'));
  await writeFile(
    join(folder, 'request.json'),
    '{"model":"fast","messages":[{"role":"user","content":"hi"}]}',
  );
  await writeFile(
    join(folder, 'config.yaml'),
    'providers: [{ id: one, dialect: openai-chat, base_url: "http://127.0.0.1:9/v1", allow_private_network: true, models: [m], keys: [{ id: a, value: sk-test-0000000000001111 }] }]\n' +
      'models: [{ id: fast, targets: [{ model: one/m }, { model: two/n }] }]\n',
  );
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const explain = (...args: readonly string[]) =>
  runToEnd({ folder, port: null, command: ['explain', '--request', 'request.json'], args });

it('tells the plan of a request without a gateway, and with one that runs', async () => {
  const alone = await explain();
  expect(alone).toMatchObject({ code: 0 });
  expect(alone.output).toContain('Plan       1. one/m\n              key a …1111: ready');
  expect(alone.output).toContain('how keys fare is not known');

  const host = await runHost({ folder });
  try {
    const asked = await explain('--json');
    expect(asked.code).toBe(0);
    expect(JSON.parse(asked.output)).toMatchObject({
      modelAsked: 'fast',
      places: [{ provider: 'one', model: 'm', usable: true }],
      excluded: [{ model: 'two/n' }],
    });
    expect((await explain()).output).not.toContain('how keys fare is not known');
  } finally {
    await host.stop();
  }
});

it('ends with 3 where the request has no place to go, and with 1 where there is no request', async () => {
  expect(await explain('--model', 'nothing/at-all')).toMatchObject({ code: 3 });
  await rm(join(folder, 'request.json'));
  const ended = await explain();
  expect(ended.code).toBe(1);
  expect(ended.output).toContain('The request cannot be read');
});
