import { describe, expect, test } from 'vitest';
import { scanBody } from '../../core/scan-body.ts';
import { prepareRequest, readRequest } from './request.ts';

const PATH = { model: null, streamed: null, framing: 'sse' } as const;
const scan = (text: string) => scanBody(Buffer.from(text));

describe('readRequest', () => {
  test.each([
    ['{"model":"claude","stream":true}', { model: 'claude', streamed: true }],
    ['{"model":"claude"}', { model: 'claude', streamed: false }],
    ['{"model":null,"stream":null}', { model: '', streamed: false }],
    ['{}', { model: '', streamed: false }],
  ])('%s', (text, facts) => {
    expect(readRequest(scan(text), PATH)).toEqual({ ...facts, usageAsked: true });
  });

  test.each([
    ['{"model":7}', 'model'],
    ['{"stream":"yes"}', 'stream'],
  ])('%s is refused by name', (text, field) => {
    expect(() => readRequest(scan(text), PATH)).toThrow(
      expect.objectContaining({ code: 'invalid_request', field }),
    );
  });
});

describe('prepareRequest', () => {
  test.each([
    ['{ "a": 1.0, "model": "x" }', '{ "a": 1.0, "model": "claude" }'],
    ['{"model":"claude","b":[]}', '{"model":"claude","b":[]}'],
    ['{"b":1}', '{"model":"claude","b":1}'],
    ['{ }', '{"model":"claude" }'],
  ])('%s', (before, after) => {
    const body = prepareRequest(scan(before), { model: 'claude' });
    expect(Buffer.concat(body.chunks).toString()).toBe(after);
    expect(body.length).toBe(after.length);
  });
});
