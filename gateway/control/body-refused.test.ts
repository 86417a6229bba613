import { expect, it } from 'vitest';
import { RpcError } from '../../contract/rpc/errors.ts';
import type { RequestFormat } from '../../contract/rpc/request-formats.ts';
import en from '../../resources/locales/en.json' with { type: 'json' };
import zh from '../../resources/locales/zh-CN.json' with { type: 'json' };
import { GatewayError } from '../core/errors.ts';
import { codesOf, toldGaps } from '../testing/told-gaps.ts';
import { bodyRefused } from './body-refused.ts';
import { readFrom } from './explain.ts';
import { decodeBody } from './playground-decode.ts';

/** @returns why a page is refused that looks at this body */
function refusalOf(body: string, format: RequestFormat = 'openai-chat'): RpcError {
  try {
    readFrom({ format, model: undefined, body }).read();
  } catch (error) {
    if (error instanceof RpcError) return error;
    if (error instanceof GatewayError) return bodyRefused(error, 'body');
    throw error;
  }
  throw new Error('not refused');
}

const deep = `{"a":${'['.repeat(70)}${']'.repeat(70)}}`;

it.each<[body: string, values: object, codes: readonly string[], format?: RequestFormat]>([
  ['', {}, ['body-empty']],
  ['{"model":', {}, ['body-ends']],
  ['{\n  "model": x}', { line: 2, column: 12, found: '"x"' }, ['body-no-json']],
  ['{"model": \u0001}', { line: 1, column: 11, found: '0x01' }, ['body-no-json']],
  ['\ufeff{}', {}, ['body-mark']],
  [String.raw`{"model":"\ud800"}`, { line: 1, column: 11 }, ['body-half-character']],
  ['[]', {}, ['body-no-object']],
  ['5', {}, ['body-no-object']],
  [deep, { most: 64, line: 1 }, ['body-nested']],
  ['{"model":"a",\n"model":"b"}', { name: 'model', line: 2 }, ['body-twice']],
  ['{"model":"a","messages":5}', { field: 'messages' }, ['body-array']],
  ['{"model":7,"messages":[]}', { field: 'model' }, ['body-model']],
  ['{"model":"a","messages":[]}', { field: 'messages' }, ['body-messages-with-content']],
  ['{"model":"a","stream":5}', { field: 'stream' }, ['body-boolean']],
  [
    '{"model":"a","input":"x","background":true}',
    { field: 'background' },
    ['body-background'],
    'openai-responses',
  ],
])('%j is refused as data with words in both languages', (body, values, codes, format) => {
  const { told, message, field, code } = refusalOf(body, format);
  if (told === undefined) throw new Error('no data');
  expect({ code, field, text: told.text }).toEqual({ code: 'invalid_input', field: 'body', text: message });
  expect(codesOf(told)).toEqual(codes);
  expect(told.values).toMatchObject(values);
  expect(toldGaps([en, zh], told)).toEqual([]);
});

it.each([
  ['5', 'body-no-object'],
  ['{"messages":[]}', 'body-messages-with-content'],
  ['{"contents":[]}', 'body-no-messages', 'gemini'],
] as const)('a chat is not made of %j: %s', (body, saying, format: RequestFormat = 'openai-chat') => {
  let error: unknown;
  try {
    decodeBody(format, body, () => undefined);
  } catch (caught) {
    error = caught;
  }
  if (!(error instanceof GatewayError)) throw new Error('not refused');
  expect(bodyRefused(error).told?.code).toBe(saying);
});

it('a sentence without a saying stands as a quotation', () => {
  const told = bodyRefused(new GatewayError('invalid_request', 'Half of it is odd.')).told;
  expect(told).toMatchObject({
    code: 'body-refused',
    text: 'Half of it is odd.',
    reason: { code: 'as-said' },
  });
  expect(told === undefined || toldGaps([en, zh], told)).toEqual([]);
});
