import { describe, expect, it } from 'vitest';
import { scanBody } from '../core/scan-body.ts';
import { askedOf } from './asked.ts';

function asked(body: string, chat = true) {
  const bytes = Buffer.from(body);
  const members = chat ? scanBody(bytes).members : null;
  return askedOf({ model: 'm', client: null, app: null, headers: {}, bytes, members }, '', () => 0);
}

/** Of an answer that has names of pictures in it. */
const SCHEMA = `{"type":"object","properties":${JSON.stringify(
  Object.fromEntries(
    ['image_url', 'images', 'inlineData', 'fileData', 'file_data'].map((name) => [name, { type: 'string' }]),
  ),
)}}`;

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
    '"input":"what is it?","prompt":{"id":"p","variables":{"it":{"type":"input_image","file_id":"f"}}}',
    '"generateContentRequest":{"contents":[{"parts":[{"inlineData":{}}]}]}',
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
    ['a schema of Chat', `"messages":[],"response_format":{"json_schema":{"schema":${SCHEMA}}}`],
    ['a schema of Responses', `"input":"hi","text":{"format":{"type":"json_schema","schema":${SCHEMA}}}`],
    ['a schema of Gemini', `"generationConfig":{"responseSchema":${SCHEMA}},"contents":[]`],
    ['the same, spelt otherwise', `"contents":[],"generation_config":{"response_schema":${SCHEMA}}`],
    [
      'one that is only counted',
      `"generateContentRequest":{"generationConfig":{"responseSchema":${SCHEMA}}}`,
    ],
    ['a schema of Messages', `"output_config":{"format":{"schema":${SCHEMA}}},"messages":[]`],
    ['a schema of Ollama', `"messages":[],"format":${SCHEMA}`],
    ['a schema of a prompt', `"prompt":"an image","format":${SCHEMA}`],
    ['an empty list', '"messages":[{"content":"hi","images":[ ]}]'],
    ['an empty list beside a prompt', '"prompt":"an image","images":[]'],
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
