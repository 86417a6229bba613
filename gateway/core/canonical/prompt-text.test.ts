import { describe, expect, it } from 'vitest';
import type { AssistantPart, MediaSource, Turn, UserPart } from './parts.ts';
import { promptText, type PromptText } from './prompt-text.ts';
import { NO_SETTINGS, type CanonicalRequest } from './request.ts';

const request = (part: Partial<CanonicalRequest>): CanonicalRequest => ({
  model: 'm',
  streamed: false,
  system: [],
  turns: [],
  tools: [],
  settings: NO_SETTINGS,
  ...part,
});
const user = (...parts: readonly UserPart[]): Turn => ({ role: 'user', parts });
const assistant = (...parts: readonly AssistantPart[]): Turn => ({ role: 'assistant', parts });
const text = (value: string) => ({ kind: 'text', text: value }) as const;
const thought = (value: string) => ({ kind: 'reasoning', text: value, signature: null }) as const;
const result = (id: string) =>
  ({
    kind: 'tool-result',
    id,
    name: 't',
    content: [text(`result ${id}`)],
    failed: false,
    custom: false,
  }) as const;
const call = (id: string) =>
  ({ kind: 'tool-call', id, name: 't', input: `{"a":"${id}"}`, custom: false }) as const;
const data = (mediaType: string, bytes: Buffer): MediaSource => ({
  kind: 'data',
  mediaType,
  base64: bytes.toString('base64'),
});
/** A PNG as far as its size. */
const png = (width: number, height: number): MediaSource => {
  const head = Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\0\0\0\0\0', 'latin1');
  head.writeUInt32BE(width, 16);
  head.writeUInt32BE(height, 20);
  return data('image/png', head);
};
const of = (...parts: readonly UserPart[]): PromptText => promptText(request({ turns: [user(...parts)] }));

/** Frame of a message and of the answer. */
const FRAME = 6;

describe('what is counted', () => {
  it('is every text of the conversation, and a frame for each message', () => {
    const counted = promptText(
      request({
        system: [text('be brief'), text('be kind')],
        turns: [
          user(text('hi')),
          assistant(text('hello'), { kind: 'refusal', text: 'no' }),
          user(text('why')),
        ],
      }),
    );
    expect(counted).toEqual({ texts: ['be brief', 'be kind', 'hi', 'hello', 'no', 'why'], tokens: 3 * 5 });
  });

  it('holds calls, results and definitions of tools, and a wanted schema', () => {
    const counted = promptText(
      request({
        turns: [user(text('go')), assistant(call('1')), user(result('1'))],
        tools: [
          { kind: 'function', name: 'f', description: 'does f', schema: { type: 'object' }, strict: null },
          { kind: 'custom', name: 'c', description: '', format: null },
          { kind: 'hosted', name: 'web_search' },
        ],
        settings: {
          ...NO_SETTINGS,
          format: { kind: 'schema', name: 's', description: '', schema: { type: 'object' }, strict: true },
        },
      }),
    );
    expect(counted.texts).toEqual([
      'go',
      't',
      '{"a":"1"}',
      'result 1',
      '{"name":"f","description":"does f","parameters":{"type":"object"}}',
      '{"name":"c","description":"","format":{}}',
      '{"type":"object"}',
    ]);
    expect(counted.tokens).toBe(3 * 3 + 3 + 3 + 3);
  });

  it('holds thoughts of the tool loop under way and none before it', () => {
    const { texts } = promptText(
      request({
        turns: [
          user(text('one')),
          assistant(thought('old'), text('done')),
          user(text('two')),
          assistant(thought('first'), call('1')),
          user(result('1')),
          assistant(thought('second'), call('2')),
          user(result('2')),
        ],
      }),
    );
    expect(texts).not.toContain('old');
    expect(texts).toContain('first');
    expect(texts).toContain('second');
  });
});

describe('images', () => {
  it.each([
    [200, 200, 54],
    [1_000, 1_000, 1_334],
    [1_092, 1_092, 1_590],
    [8_000, 6_000, 1_600],
    [8_000, 100, 41],
    [1, 1, 1],
  ])('of %i x %i pixels are %i tokens', (width, height, tokens) => {
    expect(of({ kind: 'image', source: png(width, height) })).toEqual({ texts: [], tokens: FRAME + tokens });
  });

  it('of unknown size are the largest; those asked for in low detail are small', () => {
    const source: MediaSource = { kind: 'url', url: 'https://a.example/x.png', mediaType: '' };
    expect(of({ kind: 'image', source }).tokens).toBe(FRAME + 1_600);
    expect(of({ kind: 'image', source, detail: 'low' }).tokens).toBe(FRAME + 85);
    expect(of({ kind: 'image', source: png(8_000, 8_000), detail: 'low' }).tokens).toBe(FRAME + 85);
  });

  it('in results of tools count too', () => {
    const content = [{ kind: 'image', source: png(200, 200) }] as const;
    expect(of({ ...result('1'), content }).tokens).toBe(FRAME + 3 + 54);
  });
});

describe('files', () => {
  it('of text are their text', () => {
    expect(of({ kind: 'file', source: data('text/markdown', Buffer.from('# Größe')) })).toEqual({
      texts: ['# Größe'],
      tokens: FRAME,
    });
  });

  it.each([
    [1_000, 1],
    [120_000, 3],
    [20_000_000, 100],
  ])('of %i bytes are %i pages', (bytes, pages) => {
    const source = data('application/pdf', Buffer.alloc(bytes));
    expect(of({ kind: 'file', source }).tokens).toBe(FRAME + pages * 2_000);
  });

  it('elsewhere are one page', () => {
    const source: MediaSource = { kind: 'uploaded', id: 'file-1', mediaType: '' };
    expect(of({ kind: 'file', source }).tokens).toBe(FRAME + 2_000);
  });
});

it('sounds count by their bytes: ten seconds of a usual MP3', () => {
  expect(of({ kind: 'audio', source: data('audio/mpeg', Buffer.alloc(160_000)) }).tokens).toBe(FRAME + 320);
});
