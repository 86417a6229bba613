import { expect, it } from 'vitest';
import { askedOf } from './asked.ts';

const holdsImages = (body: string): boolean =>
  askedOf(
    { model: 'm', client: null, app: null, headers: {}, bytes: Buffer.from(body), members: null },
    '',
    () => 0,
  ).images();

it.each([
  '{"type":"image_url","image_url":{"url":"https://a.test/b.png"}}',
  '{"type":"input_image","file_id":"f"}',
  '{"type":"image","source":{}}',
  '{"role":"user","images":["iVBO"]}',
  '{"inlineData":{"mimeType":"image/png"}}',
  '{"inline_data":{}}',
  '{"fileData":{}}',
  '{"file_data":"data:"}',
])('finds the picture in %s', (part) => {
  expect(holdsImages(`{"model":"m","messages":[${part}]}`)).toBe(true);
});

it('finds none in words about pictures', () => {
  expect(holdsImages('{"model":"m","messages":[{"content":"an image and \\"image_url\\", _data"}]}')).toBe(
    false,
  );
});
