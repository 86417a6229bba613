import { describe, expect, it } from 'vitest';
import { formatJson, formatText } from './log-format.ts';
import type { LogRecord } from './log-format.ts';

const at = (
  fields: LogRecord['fields'],
  message = 'Request received: POST /v1/chat/completions',
): LogRecord => ({
  time: new Date(2024, 0, 1, 12, 0, 0).getTime(),
  level: 'info',
  message,
  fields,
});

describe('a text line', () => {
  it('has the form of the operations manual, fields in their order', () => {
    expect(formatText(at({ status: 200, response_time: 12.5 }))).toBe(
      '[2024-01-01 12:00:00] [INFO] Request received: POST /v1/chat/completions status=200 response_time=12.5\n',
    );
  });

  it.each([
    ['a word', 'groq', 'groq'],
    ['spaces', 'two words', '"two words"'],
    ['nothing', '', '""'],
    ['a forged field', 'x status=200', '"x status=200"'],
    ['a forged line', 'x\n[2024-01-01 12:00:00] [INFO] y', '"x\\n[2024-01-01 12:00:00] [INFO] y"'],
    ['a terminal sequence', '\u001b[2J', '\\u001b[2J'],
    ['null', null, 'null'],
    ['an object', { a: [1] }, '{"a":[1]}'],
    ['a big number', 12n, '"12"'],
  ])('writes %s safely', (_case, value, written) => {
    expect(formatText(at({ value }, 'm'))).toBe(`[2024-01-01 12:00:00] [INFO] m value=${written}\n`);
  });

  it('leaves out what is not known', () => {
    expect(formatText(at({ a: undefined, b: 1 }, 'm'))).toBe('[2024-01-01 12:00:00] [INFO] m b=1\n');
  });

  it('keeps a message on one line', () => {
    expect(formatText(at({}, 'GET /\r\n[x]'))).toBe('[2024-01-01 12:00:00] [INFO] GET /\\r\\n[x]\n');
  });

  it.each([
    ['debug', 'DEBUG'],
    ['warn', 'WARNING'],
    ['error', 'ERROR'],
  ] as const)('names the level %s %s', (level, name) => {
    expect(formatText({ ...at({}), level })).toContain(`[${name}]`);
  });
});

describe('a JSON line', () => {
  it('is one object', () => {
    const line = formatJson(at({ error: new Error('broken'), note: 'a\nb' }));
    expect(line.match(/\n/g)).toHaveLength(1);
    expect(JSON.parse(line)).toMatchObject({
      level: 'info',
      message: 'Request received: POST /v1/chat/completions',
      error: expect.stringContaining('Error: broken'),
      note: 'a\nb',
    });
  });

  it('says so when a field cannot be written', () => {
    const loop: { self?: unknown } = {};
    loop.self = loop;
    expect(formatJson(at({ loop }))).toContain('cannot be written');
  });
});
