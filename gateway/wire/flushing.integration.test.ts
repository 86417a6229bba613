/**
 * How a translated stream moves: event by event, no faster than the client reads, and to its end only when the
 * upstream came to its own.
 */
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DIALECTS, type DialectId } from '../../contract/config/provider.ts';
import { LETTERS } from '../testing/dialect-upstreams/playbook.ts';
import { MODELS } from '../testing/dialect-upstreams/start.ts';
import { startBench, stopBench, type Bench } from '../testing/sdk-cells/bench.ts';

/** MB: more than all buffers on the way hold. */
const FLOOD = 128;

let bench: Bench;
const pairs = DIALECTS.flatMap((from) => DIALECTS.map((to) => ({ from, to })));
const BREAKS = ['stream-short', 'stream-cut', 'stream-error'];

beforeAll(async () => {
  bench = await startBench(BREAKS.flatMap((scenario) => DIALECTS.map((from) => `-${scenario}-${from}`)));
});
afterAll(() => stopBench(bench));

/** The sign of a whole answer that every program waits for. */
const TERMINATOR: Readonly<Record<DialectId, string>> = {
  'openai-chat': 'data: [DONE]',
  'openai-responses': 'event: response.completed',
  'anthropic-messages': 'event: message_stop',
  gemini: '"finishReason":"STOP"',
};
const ERROR: Readonly<Record<DialectId, RegExp>> = {
  'openai-chat': /data: \{"error":/,
  'openai-responses': /event: response\.failed/,
  'anthropic-messages': /event: error/,
  gemini: /data: \{"error":/,
};

function bodyOf(from: DialectId, model: string, text: string): object {
  switch (from) {
    case 'openai-chat':
      return { model, stream: true, messages: [{ role: 'user', content: text }] };
    case 'openai-responses':
      return { model, stream: true, input: text };
    case 'anthropic-messages':
      return { model, stream: true, max_tokens: 100, messages: [{ role: 'user', content: text }] };
    case 'gemini':
      return { contents: [{ role: 'user', parts: [{ text }] }] };
  }
}

const PATH: Readonly<Record<DialectId, (model: string) => string>> = {
  'openai-chat': () => '/v1/chat/completions',
  'openai-responses': () => '/v1/responses',
  'anthropic-messages': () => '/v1/messages',
  gemini: (model) => `/v1beta/models/${model}:streamGenerateContent?alt=sse`,
};

/** A stream that is not read before it is asked for. */
function open(from: DialectId, provider: string, to: DialectId, text: string): Promise<IncomingMessage> {
  const model = `${provider}/${MODELS[to]}`;
  const headers = { 'content-type': 'application/json', 'anthropic-version': '2023-06-01' };
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  httpRequest(`${bench.gateway.url}${PATH[from](model)}`, { method: 'POST', headers }, resolve)
    .on('error', reject)
    .end(JSON.stringify(bodyOf(from, model, text)));
  return promise;
}

/** Reads until a text has come. @returns all so far */
async function readUntil(answer: IncomingMessage, wanted: string, before = ''): Promise<string> {
  let all = before;
  while (!all.includes(wanted)) {
    const chunk: unknown = answer.read();
    if (Buffer.isBuffer(chunk)) all += chunk.toString();
    else await new Promise((resolve) => answer.once('readable', resolve));
  }
  return all;
}

async function readAll(answer: IncomingMessage): Promise<string> {
  let all = '';
  try {
    for await (const chunk of answer) all += String(chunk);
  } catch {
    // Cut off; what came is what counts.
  }
  return all;
}

describe.each(pairs)('$from to $to', ({ from, to }) => {
  it('the first event is there before the upstream writes its second', async () => {
    const id = `${from}-${to}`;
    const answer = await open(from, to, to, `SCENARIO pause:${id}`);
    const gate = bench.upstreams[to].gate(id);
    await gate.reached;
    const first = await readUntil(answer, 'first part');
    expect(first).not.toContain('second part');
    expect(first).not.toContain(TERMINATOR[from]);
    gate.open();
    const rest = await readAll(answer);
    expect(rest).toContain('second part');
    expect(rest).toContain('third part');
    expect(rest.split(TERMINATOR[from])).toHaveLength(2);
  });

  it.each(BREAKS)('no end of ours where the upstream has none: %s', async (scenario) => {
    const answer = await open(from, `${to}-${scenario}-${from}`, to, `SCENARIO ${scenario}`);
    const all = await readAll(answer);
    expect(all).toContain('second part');
    expect(all).not.toContain(TERMINATOR[from]);
    expect(all).toMatch(ERROR[from]);
  });

  it('a slow reader gets all of a large answer', async () => {
    // Responses says its whole text again in one line, and no line may be longer than 8 MB.
    const megabytes = to === 'openai-responses' ? 6 : 10;
    const answer = await open(from, to, to, `SCENARIO large:${megabytes}`);
    const chunks: Buffer[] = [];
    for await (const chunk of answer) {
      if (Buffer.isBuffer(chunk)) chunks.push(chunk);
      if (chunks.length % 20 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    }
    const all = Buffer.concat(chunks).toString();
    expect(all.split(TERMINATOR[from])).toHaveLength(2);
    // In pieces, then whole as text, part, item and response.
    const times = from === 'openai-responses' ? 5 : 1;
    expect(all.split(LETTERS).length - 1).toBe((times * megabytes * 1024 * 1024) / LETTERS.length);
  });
});

it('the upstream is held back while the client does not read', async () => {
  const answer = await open('anthropic-messages', 'openai-chat', 'openai-chat', `SCENARIO large:${FLOOD}`);
  const upstream = bench.upstreams['openai-chat'];
  let before = -1;
  // Nothing moves any more when all buffers on the way are full.
  for (let still = 0; still < 5;) {
    still = upstream.taken === before && before > 0 ? still + 1 : 0;
    before = upstream.taken;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  expect(before).toBeLessThan(FLOOD * 1024 * 1024);
  answer.destroy();
});
