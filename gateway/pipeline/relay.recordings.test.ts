/**
 * Every recorded OpenAI-chat stream, served in random pieces by a fake upstream, reaches a client that asked
 * for usage byte for byte, and the log row tells its tokens and finish reason.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFakeUpstream, type FakeUpstream } from '../testing/fake-upstream.ts';
import { KEY_ONE, providerYaml, startTestGateway, type TestGateway } from '../testing/test-gateway.ts';

const FIXTURES = join(import.meta.dirname, '../../../shared/fixtures');
const FOLDERS = ['openai-chat', 'openai-chat-dialects'];

interface Recording {
  readonly name: string;
  readonly bytes: Buffer;
}

/** The stored forms: raw streams, and lists of payloads that get their framing here. */
function recordings(): readonly Recording[] {
  if (!existsSync(FIXTURES)) return [];
  return FOLDERS.flatMap((folder) =>
    readdirSync(join(FIXTURES, folder)).flatMap((file): Recording[] => {
      const path = join(FIXTURES, folder, file);
      if (file.endsWith('.sse')) return [{ name: `${folder}/${file}`, bytes: readFileSync(path) }];
      if (!file.endsWith('.chunks.txt')) return [];
      const lines = readFileSync(path, 'utf8')
        .split('\n')
        .filter((line) => line.trim() !== '');
      const text = [...lines, '[DONE]'].map((line) => `data: ${line}\n\n`).join('');
      return [{ name: `${folder}/${file}`, bytes: Buffer.from(text) }];
    }),
  );
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** What the recording itself says, read the slow and plain way. */
function told(bytes: Buffer): { finish: string | null; output: number | null; error: boolean } {
  let finish: string | null = null;
  let output: number | null = null;
  let error = false;
  for (const line of bytes.toString().split(/\r\n|\n|\r/)) {
    if (!line.startsWith('data:') || line.includes('[DONE]')) continue;
    const event: unknown = JSON.parse(line.slice(5));
    if (!isRecord(event)) continue;
    const choices: readonly unknown[] = Array.isArray(event['choices']) ? event['choices'] : [];
    for (const choice of choices) {
      if (isRecord(choice) && typeof choice['finish_reason'] === 'string') finish = choice['finish_reason'];
    }
    const groq = isRecord(event['x_groq']) ? event['x_groq']['usage'] : undefined;
    const usage = event['usage'] ?? groq;
    // xAI leaves the reasoning out of its completion tokens; the total holds it everywhere.
    if (isRecord(usage)) output = Number(usage['total_tokens']) - Number(usage['prompt_tokens']);
    if (isRecord(event['error'])) error = true;
  }
  return { finish, output, error };
}

function randomPieces(bytes: Buffer, seed: number): readonly Buffer[] {
  const pieces: Buffer[] = [];
  let state = seed;
  let at = 0;
  while (at < bytes.length) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const size = 1 + (state % (state % 3 === 0 ? 7 : 900));
    pieces.push(bytes.subarray(at, at + size));
    at += size;
  }
  return pieces;
}

async function* byteParts(answer: Response): AsyncGenerator<Uint8Array> {
  const reader = answer.body?.getReader();
  for (let part = await reader?.read(); part?.done === false; part = await reader?.read()) yield part.value;
}

const all = recordings();

describe.skipIf(all.length === 0)('recorded streams (needs ../shared/fixtures)', () => {
  let upstream: FakeUpstream;
  let gateway: TestGateway;
  let finished = 0;

  beforeAll(async () => {
    upstream = await startFakeUpstream();
    gateway = await startTestGateway(`providers:\n${providerYaml('one', upstream.url, [KEY_ONE])}`);
  });
  afterAll(async () => {
    await gateway.stop();
    await upstream.close();
  });

  it.each(all.map((recording, index) => [recording.name, recording.bytes, index] as const))(
    '%s',
    async (_name, bytes, index) => {
      const terminator = bytes.lastIndexOf('data: [DONE]');
      const pieces = [...randomPieces(bytes.subarray(0, terminator), index + 1), bytes.subarray(terminator)];
      const lastPiece = Promise.withResolvers<null>();
      upstream.script(async (request) => {
        request.head(200, { 'content-type': 'text/event-stream' });
        for (const piece of pieces.slice(0, -1)) {
          request.write(piece);
          if (piece.length < 4) await new Promise((resolve) => setImmediate(resolve));
        }
        await lastPiece.promise;
        request.write(pieces.at(-1) ?? '');
        request.end();
      });
      const answer = await gateway.chat({
        model: 'one/m',
        stream: true,
        stream_options: { include_usage: true },
        messages: [],
      });
      expect(answer.status).toBe(200);
      const received: Buffer[] = [];
      let streamed = false;
      for await (const part of byteParts(answer)) {
        // Something came before the upstream had written its last piece.
        streamed ||= received.length === 0;
        received.push(Buffer.from(part));
        lastPiece.resolve(null);
      }
      expect(streamed).toBe(true);
      expect(Buffer.concat(received).equals(bytes)).toBe(true);

      finished += 1;
      const row = (await gateway.rows(finished)).at(-1);
      const truth = told(bytes);
      expect(row?.finishReason).toBe(truth.finish);
      expect(row?.tokens?.output ?? null).toBe(truth.output);
      expect(row?.outcome).toBe(truth.error ? 'error' : 'ok');
    },
  );
});
