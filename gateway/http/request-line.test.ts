import { describe, expect, it } from 'vitest';
import type { Logger } from '../core/ports.ts';
import { logRequest, pathOf } from './request-line.ts';

describe('the path of a target', () => {
  it.each([
    ['/v1/models?key=secret', '/v1/models'],
    ['/v1/models#x?y', '/v1/models'],
    ['http://127.0.0.1:8000/v1/models?x', '/v1/models'],
    ['http://127.0.0.1:8000', '/'],
    ['http://127.0.0.1:8000?x', '/'],
    ['//evil.com/x', '//evil.com/x'],
    ['*', '*'],
    ['', '/'],
  ])('%s is %s', (target, expected) => {
    expect(pathOf(target)).toBe(expected);
  });
});

describe('the line of a request', () => {
  const lines: [string, Readonly<Record<string, unknown>>][] = [];
  const keep = (message: string, fields: Readonly<Record<string, unknown>> = {}): void => {
    lines.push([message, fields]);
  };
  const logger: Logger = { debug: keep, info: keep, warn: keep, error: keep };
  const line = { id: 'req_1', method: 'POST', status: 200, code: null, client: null, responseTime: 12.6 };

  it('ends with the response time', () => {
    logRequest(logger, { ...line, target: '/v1/chat/completions', client: 'laptop', code: 'x' }, 'info');
    const [message, fields] = lines.at(-1) ?? [];
    expect(message).toBe('Request received: POST /v1/chat/completions');
    expect(Object.entries(fields ?? {}).at(-1)).toEqual(['response_time', 13]);
    expect(fields).toEqual({ request: 'req_1', status: 200, code: 'x', client: 'laptop', response_time: 13 });
  });

  it('stays one bounded, printable line without the query', () => {
    logRequest(logger, { ...line, target: `/a\u001b[2J\n${'b'.repeat(5_000)}?key=sk-secret` }, 'info');
    const [message = ''] = lines.at(-1) ?? [];
    expect(message).toMatch(/^[\x20-\x7e]{1,250}$/);
    expect(message).not.toContain('secret');
  });
});
