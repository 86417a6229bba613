/** The recorded streams of `../shared/fixtures`, as bytes an upstream would send; nothing where they are absent. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DialectId } from '../../contract/config/provider.ts';
import { isArray, isObject, type JsonObject } from '../core/json.ts';

const FIXTURES = join(import.meta.dirname, '../../../shared/fixtures');
export const haveRecordings = existsSync(FIXTURES);

export interface RecordedStream {
  readonly name: string;
  readonly dialect: DialectId;
  readonly bytes: Buffer;
}

const FOLDERS: Readonly<Record<string, DialectId>> = {
  'openai-chat': 'openai-chat',
  'openai-chat-dialects': 'openai-chat',
  'openai-responses': 'openai-responses',
  'anthropic-messages': 'anthropic-messages',
  gemini: 'gemini',
};
const PROTOCOLS: Readonly<Record<string, DialectId>> = {
  'chat-completions': 'openai-chat',
  responses: 'openai-responses',
  anthropic: 'anthropic-messages',
  google: 'gemini',
};

/** Payloads with the framing that their recording left out. */
function framed(dialect: DialectId, payloads: readonly unknown[]): Buffer {
  const texts = payloads.map((payload) => (typeof payload === 'string' ? payload : JSON.stringify(payload)));
  const named = dialect === 'anthropic-messages' || dialect === 'openai-responses';
  const events = texts.map((text) => {
    const value: unknown = JSON.parse(text);
    const type = isObject(value) ? value['type'] : undefined;
    return `${named && typeof type === 'string' ? `event: ${type}\n` : ''}data: ${text}\n\n`;
  });
  return Buffer.from([...events, ...(dialect === 'openai-chat' ? ['data: [DONE]\n\n'] : [])].join(''));
}

/** Some recordings hold several answers one after the other. */
function answersIn(dialect: DialectId, lines: readonly string[]): readonly (readonly string[])[] {
  const answers: string[][] = [];
  for (const line of lines) {
    const begins = dialect === 'openai-responses' && line.includes('"type":"response.created"');
    if (begins || answers.length === 0) answers.push([]);
    answers.at(-1)?.push(line);
  }
  return answers;
}

/** A stream of chat without its terminator was shortened by who published it. */
function whole(dialect: DialectId, bytes: Buffer): Buffer {
  if (dialect !== 'openai-chat' || bytes.includes('data: [DONE]')) return bytes;
  return Buffer.concat([bytes, Buffer.from('data: [DONE]\n\n')]);
}

function inFolders(): readonly RecordedStream[] {
  return Object.entries(FOLDERS).flatMap(([folder, dialect]) =>
    readdirSync(join(FIXTURES, folder)).flatMap((file): readonly RecordedStream[] => {
      const name = `${folder}/${file}`;
      const path = join(FIXTURES, folder, file);
      if (file.endsWith('.sse')) return [{ name, dialect, bytes: whole(dialect, readFileSync(path)) }];
      if (!file.endsWith('.chunks.txt')) return [];
      const lines = readFileSync(path, 'utf8').split('\n');
      const answers = answersIn(
        dialect,
        lines.filter((line) => line.trim() !== ''),
      );
      return answers.map((answer, index) => ({
        name: answers.length === 1 ? name : `${name} #${index + 1}`,
        dialect,
        bytes: framed(dialect, answer),
      }));
    }),
  );
}

export interface RecordedPair {
  readonly name: string;
  /** By dialect: what was sent, what came back, whole and as the chunks of a stream. */
  readonly sides: Readonly<Partial<Record<DialectId, JsonObject>>>;
}

/** The same prompt in several protocols. */
export function recordedPairs(): readonly RecordedPair[] {
  if (!haveRecordings) return [];
  const folder = join(FIXTURES, 'pairs');
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => {
      const value: unknown = JSON.parse(readFileSync(join(folder, file), 'utf8'));
      const sides: Partial<Record<DialectId, JsonObject>> = {};
      for (const [protocol, side] of Object.entries(isObject(value) ? value : {})) {
        const dialect = PROTOCOLS[protocol];
        if (dialect !== undefined && isObject(side)) sides[dialect] = side;
      }
      return { name: file.replace('.json', ''), sides };
    });
}

function inPairs(): readonly RecordedStream[] {
  return recordedPairs().flatMap(({ name, sides }) =>
    Object.entries(PROTOCOLS).flatMap(([, dialect]) =>
      ['responseStreaming', 'followupResponseStreaming'].flatMap((member): readonly RecordedStream[] => {
        const chunks = sides[dialect]?.[member];
        if (!isArray(chunks) || chunks.length === 0) return [];
        return [{ name: `pairs/${name} ${member}`, dialect, bytes: framed(dialect, chunks) }];
      }),
    ),
  );
}

export function recordedStreams(): readonly RecordedStream[] {
  if (!haveRecordings) return [];
  const overloaded = 'errors/anthropic-midstream-overloaded.sse';
  return [
    ...inFolders(),
    ...inPairs(),
    { name: overloaded, dialect: 'anthropic-messages', bytes: readFileSync(join(FIXTURES, overloaded)) },
  ];
}
