/** Errors of an upstream that speaks the client's own format: its words where it wrote any, else ours. */
import { describe, expect, it } from 'vitest';
import { isObject, parseJson } from '../core/json.ts';
import { dialects } from '../dialects/index.ts';
import type { PreparedAnswer } from './attempt-end.ts';
import { passThrough } from './other-calls/pass-through.ts';
import { relayReading } from './reading.ts';

const options = { requestId: 'req_1', withholdUsage: false, framing: 'sse', asEvents: null } as const;
const answerOf = (status: number, contentType: string, text: string): PreparedAnswer => ({
  status,
  headers: { 'content-type': contentType, 'retry-after': '3' },
  body: Buffer.from(text),
});

describe.each(Object.values(dialects))('$id', (dialect) => {
  const readings = [
    relayReading(dialect, dialect, options),
    passThrough(dialect, dialect, options.requestId),
  ] as const;

  it.each([
    '{"error":{"message":"no","code":"x"}}',
    ' {"detail":[{"msg":"field required"}]}\n',
    '[{"error":{"code":400,"message":"no"}}]',
  ])('JSON passes byte by byte: %s', (text) => {
    for (const reading of readings) {
      const answer = answerOf(400, 'application/json', text);
      expect(reading.passOn(reading.readError(400, answer.body), answer)).toBe(answer);
    }
  });

  it.each([
    [502, 'text/html', '<html><title>502 Bad Gateway</title></html>', '502 Bad Gateway'],
    [404, 'text/plain', '404 page not found', '404 page not found'],
    [500, 'text/plain', '', '500'],
  ])('%d as %s %j is told in the words of the format', (status, contentType, text, told) => {
    for (const reading of readings) {
      const answer = answerOf(status, contentType, text);
      const passed = reading.passOn(reading.readError(status, answer.body), answer);
      const sent = parseJson(Buffer.from(passed.body).toString());
      const message = isObject(sent) && isObject(sent['error']) ? sent['error']['message'] : undefined;
      expect(passed.status).toBe(status);
      expect(passed.headers).toMatchObject({ 'retry-after': '3' });
      expect(passed.headers['content-type']).toMatch(/^application\/json/);
      expect(message).toContain(told);
    }
  });
});
