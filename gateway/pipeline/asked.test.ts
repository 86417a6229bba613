import { describe, expect, it } from 'vitest';
import { scanBody } from '../core/scan-body.ts';
import { askedOf } from './asked.ts';

function asked(body: string, chat = true) {
  const bytes = Buffer.from(body);
  const members = chat ? scanBody(bytes).members : null;
  return askedOf({ model: 'm', client: null, app: null, headers: {}, bytes, members }, '', () => 0);
}

describe('images', () => {
  it.each([
    '"messages":[{"content":[{"type":"image_url","image_url":{"url":"https://a.test/b.png"}}]}]',
    '"messages":[{"content":[{"type" : "image","source":{}}]}]',
    '"messages":[{"role":"user","images":["iVBO"]}]',
    '"messages":[{"content":[{"type":"file","file":{"file_data":"data:"}}]}]',
    '"input":[{"content":[{"type":"input_image","file_id":"f"}]}]',
    '"input":[{"output":{"type":"computer_screenshot","image_url":"data:"}}]',
    '"contents":[{"parts":[{"inlineData":{"mimeType":"image/png"}}]}]',
    '"contents":[{"parts":[{"inline_data":{}}]}]',
    '"contents":[{"parts":[{"fileData":{}}]}]',
    '"systemInstruction":{"parts":[{"inlineData":{}}]},"contents":[]',
    '"prompt":"what is this?","images":["iVBO"]',
    '"tools":[{}],"messages":[{"role":"user","images":["iVBO"]}],"functions":[]',
    '"messages":[{"content":[{"type":"image"}]}],"tools":[{"name":"image"}]',
  ])('are found in %s', (member) => {
    expect(asked(`{"model":"m",${member}}`).images()).toBe(true);
  });

  it.each([
    ['{"model":"m","image":"data:image/png;base64,AA"}', true],
    ['{"model":"m","images":[{"image_url":"u"}]}', true],
    ['{"model":"m","input":[{"type":"image_url"}]}', true],
    ['--b\r\nContent-Disposition: form-data; name="image"; filename="a.png"\r\n\r\nPNG', true],
    ['--b\r\nContent-Disposition: form-data; name="image[]"; filename="a.png"\r\n\r\nPNG', true],
    ['{"model":"m","prompt":"an image"}', false],
  ])('are %s of a call that is no chat: %s', (body, there) => {
    expect(asked(body, false).images()).toBe(there);
  });

  it.each([
    ['words about them', '"messages":[{"content":"an image and \\"image_url\\", _data"}]'],
    [
      'a tool that takes some',
      '"messages":[],"tools":[{"type":"image","parameters":{"image_url":{},"image":{}}}]',
    ],
    ['a call of such a tool', '"messages":[{"content":[{"type":"tool_use","input":{"image":"debian:13"}}]}]'],
  ])('are not found in %s', (_case, member) => {
    expect(asked(`{"model":"m",${member}}`).images()).toBe(false);
  });
});

describe('tools', () => {
  it.each([
    ['"tools":[{}]', true],
    ['"functions":[{"name":"f"}]', true],
    ['"tools":[],"functions":[{"name":"f"}]', true],
    ['"tools":[ ]', false],
    ['"tools":null', false],
    ['"functions":[]', false],
    ['"messages":[]', false],
  ])('in %s: %s', (member, there) => {
    expect(asked(`{"model":"m",${member}}`).tools()).toBe(there);
  });
});
