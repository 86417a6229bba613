import { describe, expect, test } from 'vitest';
import type { RequestPath } from '../../core/client-shape.ts';
import { scanBody } from '../../core/scan-body.ts';
import { chatUrl, modelsUrl } from './address.ts';
import { counting } from './counting.ts';
import { prepareRequest, readRequest } from './request.ts';

const scan = (text: string) => scanBody(Buffer.from(text));
const path = (more: Partial<RequestPath> = {}): RequestPath => ({
  model: 'models/a/b',
  streamed: true,
  framing: 'sse',
  ...more,
});

describe('readRequest', () => {
  test('the address tells model and framing', () => {
    const body = scan('{"model":"other","contents":[]}');
    expect(readRequest(body, path())).toMatchObject({ model: 'a/b', streamed: true });
    expect(readRequest(body, path({ model: null, streamed: null }))).toMatchObject({
      model: 'other',
      streamed: false,
    });
  });

  test('a model that is no text is refused', () => {
    expect(() => readRequest(scan('{"model":7}'), path({ model: null }))).toThrow(/"model"/);
  });
});

test.each([
  ['{"contents": [1.0]}', '{"contents": [1.0]}'],
  ['{"model":"models/x", "contents":[]}', '{"model":"models/new", "contents":[]}'],
  ['{"contents":[], "model": "x"}', '{"contents":[], "model": "new"}'],
  ['{"model": null}', '{"model": null}'],
])('%s goes on as %s', (body, sent) => {
  const { chunks, length } = prepareRequest(scan(body), { model: 'new' });
  expect(Buffer.concat(chunks).toString()).toBe(sent);
  expect(length).toBe(Buffer.byteLength(sent));
});

describe('addresses', () => {
  const HOST = 'https://generativelanguage.googleapis.com';

  test.each([
    [HOST, `${HOST}/v1beta`],
    [`${HOST}/v1beta`, `${HOST}/v1beta`],
    [`${HOST}/v1`, `${HOST}/v1`],
    ['http://v1.local:80/proxy', 'http://v1.local:80/proxy/v1beta'],
    ['https://x.org/v1/projects/p/publishers/google', 'https://x.org/v1/projects/p/publishers/google'],
  ])('below %s', (base, root) => {
    expect(chatUrl(base, 'models/m', false)).toBe(`${root}/models/m:generateContent`);
    expect(chatUrl(base, 'm', true)).toBe(`${root}/models/m:streamGenerateContent?alt=sse`);
    expect(modelsUrl(base)).toBe(`${root}/models?pageSize=1000`);
    expect(counting.url(base, 'm')).toBe(`${root}/models/m:countTokens`);
  });

  test.each(['../../other', 'a/b:c?d#e', 'a b', '..'])('the model %s stays a name', (model) => {
    const { pathname, search, hash } = new URL(chatUrl(HOST, model, false));
    expect(pathname.split('/')).toHaveLength(4);
    expect(decodeURIComponent(pathname)).toBe(`/v1beta/models/${model}:generateContent`);
    expect(search + hash).toBe('');
  });
});

test('counting wraps the whole request', () => {
  expect(counting.body({ contents: [] }, 'models/m')).toEqual({
    generateContentRequest: { model: 'models/m', contents: [] },
  });
  expect(counting.read({ totalTokens: 3 })).toBe(3);
  expect(counting.read({})).toBeUndefined();
});
