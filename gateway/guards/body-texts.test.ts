/** What a body says is found in it wherever it stands; what only tells how to read it is not. */
import { expect, it } from 'vitest';
import { bodyTexts } from './body-texts.ts';

const texts = (body: object | string): readonly string[] =>
  [...bodyTexts(Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)))].filter(
    (text) => text !== '',
  );
const PICTURE = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ'.repeat(2);
const LETTER = 'a letter of some length, 书信, with the word secret and a few more after it';
const base64 = (text: string | Buffer): string => Buffer.from(text).toString('base64');

it.each<readonly [string, object | string, readonly string[]]>([
  ['a member nobody knows', { new_thing: [{ deep: { er: 'x' } }] }, ['x']],
  ['escapes', '{"text":"\\u673a\\u5bc6\\n\\"x\\""}', ['机密\n"x"']],
  ['the first of two members of one name', '{"a":{"text":"x","text":"y"}}', ['x', 'y']],
  [
    'no kinds and no ids',
    {
      model: 'm',
      messages: [{ role: 'user', id: 'msg_1', content: [{ type: 'text', text: 'x', signature: 'E+/=' }] }],
    },
    ['x'],
  ],
  [
    'what stands in the place of an id and is none',
    { messages: [{ tool_call_id: 'my secret' }] },
    ['my secret'],
  ],
  [
    'no pictures',
    {
      messages: [
        { content: [{ image_url: { url: `data:image/png;base64,${PICTURE}` } }, { data: PICTURE }] },
      ],
    },
    [],
  ],
  [
    'a text behind what looks like a picture',
    {
      content: [{ text: `data:image/png;base64,${PICTURE} and x` }, { data: 'x' }, { data: `${PICTURE}\nx` }],
    },
    [`data:image/png;base64,${PICTURE} and x`, 'x', `${PICTURE}\nx`],
  ],
  [
    'names and numbers of what a tool is given',
    {
      messages: [
        { content: [{ type: 'tool_use', id: 'i', name: 'f', input: { key: [41, { type: 'x' }] } }] },
      ],
    },
    ['f', 'key', '41', 'type', 'x'],
  ],
  ['no names and numbers elsewhere', { max_tokens: 41, input: [{ content: 'x' }] }, ['x']],
  [
    'a text that is JSON, as it is and as it reads',
    { messages: [{ content: ' {"a":"\\u673a","n":41}' }] },
    [' {"a":"\\u673a","n":41}', 'a', '机', 'n', '41'],
  ],
  ['JSON within JSON', { text: '["[\\"x\\"]"]' }, ['["[\\"x\\"]"]', '["x"]', 'x']],
  ['half a character in it', { text: '["\\ud83d"]' }, ['["\\ud83d"]', '\ud83d']],
  ['a text that only begins like JSON', { text: '{"a' }, ['{"a']],
  [
    'files that are texts, whatever they are said to be',
    {
      content: [
        { type: 'resource', data: base64(LETTER) },
        { file_data: `data:application/octet-stream;base64,${base64(LETTER)}` },
        { url: `DATA:text/plain;base64;charset=utf-8,${base64(LETTER)}` },
        { url: 'data:text/plain,a%20secret' },
        { image_url: `data:image/svg+xml;base64,${base64(`<svg>${LETTER}</svg>`)}` },
      ],
    },
    [
      ...[LETTER, LETTER, LETTER, `DATA:text/plain;base64;charset=utf-8,${base64(LETTER)}`],
      ...['a secret', 'data:text/plain,a%20secret', `<svg>${LETTER}</svg>`],
    ],
  ],
  [
    'no files that are none',
    { content: [{ data: base64(Buffer.concat([Buffer.from(LETTER.repeat(9)), Buffer.from([0xff])])) }] },
    [],
  ],
  [
    'no ids of people and programs, and who is named by an address',
    {
      metadata: { user_id: '{"session_id":"550e8400-e29b-4166-8446-655440000000"}' },
      client_metadata: { installation: '550e8400-e29b-4166-8446-655440000000' },
      user: 'someone@example.com',
      prompt: '550e8400-e29b-4166-8446-655440000000',
    },
    ['someone@example.com', '550e8400-e29b-4166-8446-655440000000'],
  ],
  ['examples of a tool', { tools: [{ input_examples: [{ key: 'x' }] }] }, ['key', 'x']],
])('%s', (_name, body, expected) => {
  expect(texts(body)).toEqual(expected);
});

it('a text that is JSON of any depth is read to its end', () => {
  const deep = `${'{"a":'.repeat(50_000)}"x"${'}'.repeat(50_000)}`;
  expect(texts({ text: deep }).at(-1)).toBe('x');
});
