import { expect, test } from 'vitest';
import { readBody } from './read-body.ts';

const LONG = '1234567890123456789';

test('long numbers keep their digits in the arguments of calls and are numbers elsewhere', () => {
  const call = `{"type":"tool_use","input":{"id":${LONG},"in":[{"id":-${LONG}}]}}`;
  const body = readBody(
    `{"seed":${LONG},"tools":[{"input":{"maximum":${LONG}}}],"messages":[{"content":[${call}],"n":${LONG}}]}`,
  );
  expect(body).toMatchObject({
    seed: Number(LONG),
    tools: [{ input: { maximum: Number(LONG) } }],
    messages: [{ n: Number(LONG) }],
  });
  expect(JSON.stringify(body?.['messages'])).toContain(call);
});

test('a usual body is read as ever, one that is no object not at all', () => {
  const text = '{"model":"m","__proto__":{"a":1},"messages":[{"content":"1234567890123456789"}]}';
  expect(JSON.stringify(readBody(text))).toBe(text);
  expect(readBody('[1]')).toBeUndefined();
  expect(readBody('{')).toBeUndefined();
});
