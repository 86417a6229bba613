/** Files out of a gateway's log and into another's, a request once more, and requests as programs that really run. */
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RequestRow } from '../../../contract/log/row.ts';
import type { ExportCursor, ReplaySent } from '../../../contract/rpc/procedures/request-transfer.ts';
import type { CodeKind } from '../../../contract/rpc/transfer-formats.ts';
import { harFormat } from '../../testing/har-format.ts';
import { startFakeUpstream, type FakeUpstream } from '../../testing/fake-upstream.ts';
import { ANSWER, ASK, chunk, DONE, HEAD } from '../../testing/openai-wire.ts';
import { KEY_ONE, providerYaml, startTestGateway, type TestGateway } from '../../testing/test-gateway.ts';
import { createToldCall } from '../../testing/told-call.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** Of all tests: to start one takes longer than most of what is done with it. */
let upstream: FakeUpstream;
let gateway: TestGateway;
let other: TestGateway;

const yamlOf = (ids: readonly string[], more = ''): string =>
  `providers:\n${ids.map((id) => providerYaml(id, upstream.url, [KEY_ONE])).join('')}${more}`;
const handlersOf = (of: TestGateway) => of.gateway.control.handlers;

beforeAll(async () => {
  upstream = await startFakeUpstream();
  gateway = await startTestGateway(yamlOf(['one', 'two']));
  other = await startTestGateway(yamlOf(['one'], 'requests: { bodies: metadata }\n'));
});
afterAll(async () => {
  await Promise.all([gateway.stop(), other.stop()]);
  await upstream.close();
});
beforeEach(() => upstream.script((request) => request.json(200, ANSWER)));
afterEach(async () => {
  await handlersOf(gateway)['requests.clear']({}, createToldCall());
  await handlersOf(other)['requests.clear']({}, createToldCall());
});

/** The row of a request, once it has ended. */
async function rowOf(of: TestGateway, id: string): Promise<RequestRow> {
  for (;;) {
    const { rows } = await handlersOf(of)['requests.list']({ limit: 500, filter: {} });
    if (rows.some((row) => row.id === id && row.outcome !== 'live')) break;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return handlersOf(of)['requests.get']({ id });
}

async function asked(of: TestGateway, body: object | string, headers = {}): Promise<RequestRow> {
  const answer = await of.chat(body, headers);
  await answer.text();
  return rowOf(of, answer.headers.get('x-request-id') ?? '');
}

async function exported(of: TestGateway, format: 'har' | 'jsonl' | 'csv'): Promise<string> {
  let file = '';
  let cursor: ExportCursor | undefined;
  do {
    const which = { filter: {} };
    const piece = await handlersOf(of)['requests.export']({ format, which, redacted: true, cursor });
    file += piece.text;
    cursor = piece.next ?? undefined;
  } while (cursor !== undefined);
  return file;
}

const lastBodies = (): readonly unknown[] =>
  upstream.requests.slice(-2).map(({ body }): unknown => JSON.parse(body.toString()));

it('what one gateway exports, another takes in to the last byte', async () => {
  const rows = [await asked(gateway, ASK)];
  // With counts: without them the row would be written once more when they are estimated.
  const counts = `data: ${JSON.stringify({ id: 'c', choices: [], usage: ANSWER.usage })}\n\n`;
  upstream.script((request) => request.sse([HEAD, chunk({ content: 'Grüße' }, 'stop'), counts, DONE]));
  rows.push(await asked(gateway, { ...ASK, stream: true }));
  upstream.script((request) => request.json(400, { error: { message: 'no' } }));
  rows.push(await asked(gateway, ASK));
  const har = await exported(gateway, 'har');
  harFormat.parse(JSON.parse(har));
  const take = (file: string) => handlersOf(other)['requests.import']({ text: file, last: true });
  expect(await take(har)).toMatchObject({ added: 3, skipped: 0, refused: 0, problems: [] });
  expect(await take(await exported(gateway, 'jsonl'))).toMatchObject({ added: 0, skipped: 3 });
  for (const row of rows) {
    const { id } = row;
    expect(await handlersOf(other)['requests.get']({ id })).toEqual({ ...row, imported: true });
    for (const part of ['request', 'response'] as const) {
      const stored = await handlersOf(gateway)['requests.body']({ id, part });
      expect(await handlersOf(other)['requests.body']({ id, part })).toEqual(stored);
    }
  }
  const figures = await handlersOf(other)['statistics.read']({ from: 0, most: 10, compare: false });
  expect(figures.total.requests).toBe(0);
});

describe('once more', () => {
  const replay = (of: TestGateway, input: { readonly id: string; model?: string; body?: string }) => {
    const call = createToldCall<ReplaySent>();
    return { call, end: handlersOf(of)['requests.replay'](input, call) };
  };

  it('the same request is sent, and its row names the one before', async () => {
    const { id } = await asked(gateway, { ...ASK, seed: 7 }, { 'openai-beta': 'x=1' });
    const { call, end } = replay(gateway, { id });
    const { requestId, ...ended } = await end;
    expect(ended).toEqual({ outcome: 'ok', status: 200 });
    expect(call.told).toEqual([{ requestId }]);
    const [first, second] = upstream.requests.slice(-2);
    expect(second?.body).toEqual(first?.body);
    expect(second?.headers['openai-beta']).toBe('x=1');
    const again = await rowOf(gateway, requestId);
    expect(again.requestHeaders['x-switchyard-replay-of']).toBe(id);
    expect(again.app).toBe('Switchyard replay');
  });

  it('another model or another body is asked', async () => {
    const { id } = await asked(gateway, { ...ASK, seed: 7 });
    const { requestId } = await replay(gateway, { id, model: 'two/m' }).end;
    expect((await rowOf(gateway, requestId)).provider).toBe('two');
    await replay(gateway, { id, body: JSON.stringify({ ...ASK, seed: 8 }) }).end;
    expect(lastBodies()).toMatchObject([{ seed: 7 }, { seed: 8 }]);
  });

  it('another model is asked where the address names it', async () => {
    const answer = await fetch(`${gateway.url}/v1beta/models/one%2Fm:generateContent?a=b`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"contents":[{"role":"user","parts":[{"text":"hi"}]}]}',
    });
    await answer.text();
    const { id } = await rowOf(gateway, answer.headers.get('x-request-id') ?? '');
    const { requestId } = await replay(gateway, { id, model: 'two/m' }).end;
    expect(await rowOf(gateway, requestId)).toMatchObject({
      outcome: 'ok',
      provider: 'two',
      path: '/v1beta/models/two%2Fm:generateContent?a=b',
    });
  });

  it('what fails is told as an end, what cannot be sent as a sentence', async () => {
    const { id } = await asked(gateway, ASK);
    expect(await replay(gateway, { id, model: 'none' }).end).toMatchObject({ outcome: 'error', status: 404 });
    await expect(replay(gateway, { id: 'req_none' }).end).rejects.toMatchObject({ code: 'not_found' });
    const broken = replay(gateway, { id, model: 'one/m', body: '[]' }).end;
    await expect(broken).rejects.toMatchObject({ code: 'invalid_input', field: 'body' });
    const bare = await asked(other, ASK);
    await expect(replay(other, { id: bare.id }).end).rejects.toMatchObject({
      code: 'conflict',
      message: 'The request cannot be repeated: its body was not kept.',
    });
  });

  it('it can be taken back', async () => {
    const { id } = await asked(gateway, ASK);
    upstream.script((request) => request.hang());
    const arrived = upstream.nextRequest();
    const { call, end } = replay(gateway, { id });
    await arrived;
    call.cancel();
    expect(await end).toMatchObject({ outcome: 'client-left' });
  });
});

/** All that quoting can get wrong. */
const HOSTILE = `'; touch /tmp/owned; ' "$(id)" \`id\` $HOME \\n \\' !! %s\nBODY\n😀 你好 \u2028`;

describe.skipIf(process.platform === 'win32')('as a program', () => {
  async function program(id: string, kind: CodeKind): Promise<string> {
    return (await handlersOf(gateway)['requests.code']({ id, kind })).text;
  }

  async function run(command: string, given: readonly string[], input: string): Promise<unknown> {
    const child = spawn(command, given, { cwd: ROOT, stdio: ['pipe', 'pipe', 'ignore'] });
    child.stdin.end(input);
    return JSON.parse(await text(child.stdout));
  }

  it.each([
    ['in a line', (body: object) => JSON.stringify(body)],
    ['in lines', (body: object) => JSON.stringify(body, null, 2)],
    ['that is long', (body: object) => JSON.stringify({ ...body, user: 'x'.repeat(200_000) })],
  ])('for a shell sends the same body %s', async (_name, write) => {
    const body = { ...ASK, messages: [{ role: 'user', content: HOSTILE }], user: '@file' };
    const { id } = await asked(gateway, write(body));
    const answer = await run('bash', ['-s'], await program(id, 'curl'));
    expect(answer).toMatchObject({ choices: [{ message: { content: 'hello' } }] });
    const [first, second] = lastBodies();
    expect(second).toEqual(first);
  });

  it('in TypeScript does, too, and all name no key', async () => {
    const body = { ...ASK, messages: [{ role: 'user', content: HOSTILE }], own_setting: [1.5, null, true] };
    const { id } = await asked(gateway, body, { authorization: 'Bearer sk-client-0123456789' });
    const code = await program(id, 'typescript');
    const answer = await run(process.execPath, ['--input-type=module-typescript', '-'], code);
    expect(answer).toMatchObject({ choices: [{ message: { content: 'hello' } }] });
    const [first, second] = lastBodies();
    expect(second).toEqual(first);
    for (const kind of ['curl', 'python', 'typescript'] as const) {
      const source = await program(id, kind);
      expect(source).toContain('SWITCHYARD_API_KEY');
      expect(source).not.toContain('sk-client');
    }
  });
});
