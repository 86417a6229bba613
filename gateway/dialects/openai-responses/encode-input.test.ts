/** Thoughts, calls, results and media as items of the input. */
import { describe, expect, test } from 'vitest';
import type { AssistantPart, Turn, UserPart } from '../../core/canonical/parts.ts';
import { assistant, encode, user } from '../../testing/encode-responses.ts';

const inputOf = (...turns: readonly Turn[]): unknown => encode({ turns }).body['input'];
const thought = (id: string | null): AssistantPart => ({
  kind: 'reasoning',
  text: 'Hm.',
  signature: { format: 'openai', value: 'gAAAA', id, origin: null },
});
const call: AssistantPart = { kind: 'tool-call', id: 'a', name: 'weather', input: '', custom: false };
const answered = user({
  kind: 'tool-result',
  id: 'a',
  name: 'weather',
  content: [],
  failed: false,
  custom: false,
});
const hello: UserPart = { kind: 'text', text: 'Hello' };
const yes: AssistantPart = { kind: 'text', text: 'Yes.' };

describe('reasoning', () => {
  test('stands before its call with its id', () => {
    expect(inputOf(assistant(thought('rs_1'), call), answered)).toEqual([
      {
        type: 'reasoning',
        id: 'rs_1',
        summary: [{ type: 'summary_text', text: 'Hm.' }],
        encrypted_content: 'gAAAA',
      },
      { type: 'function_call', call_id: 'a', name: 'weather', arguments: '{}' },
      { type: 'function_call_output', call_id: 'a', output: '' },
    ]);
  });

  test('stands before a message without its id, which would ask for one of the message', () => {
    expect(inputOf(assistant(thought('rs_1'), yes))).toEqual([
      { type: 'reasoning', summary: [{ type: 'summary_text', text: 'Hm.' }], encrypted_content: 'gAAAA' },
      { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Yes.' }] },
    ]);
  });

  test('keeps its place between messages and calls', () => {
    const items = inputOf(assistant(thought('rs_1'), yes, thought('rs_2'), call), answered);
    expect(items).toMatchObject([
      { type: 'reasoning' },
      { type: 'message' },
      { id: 'rs_2' },
      { type: 'function_call' },
      { type: 'function_call_output' },
    ]);
  });

  test('stands alone without its id, too', () => {
    const items = inputOf(assistant(yes, thought('rs_1')), user(hello));
    expect(items).toMatchObject([{ role: 'assistant' }, { type: 'reasoning' }, { role: 'user' }]);
    expect(items).not.toHaveProperty('[1].id');
  });

  test('without a proof of this dialect it is left out and told', () => {
    const { body, warnings } = encode({
      turns: [assistant({ kind: 'reasoning', text: 'Hm.', signature: null }, yes)],
    });
    expect(body['input']).toMatchObject([{ type: 'message' }]);
    expect(warnings).toHaveLength(1);
  });
});

describe('results', () => {
  const result = (more: object = {}): UserPart => ({
    kind: 'tool-result',
    id: 'a',
    name: 'weather',
    content: [{ kind: 'text', text: 'sunny' }],
    failed: false,
    custom: false,
    ...more,
  });

  test('come before what the user says', () => {
    expect(inputOf(assistant(call), user(hello, result()))).toMatchObject([
      { type: 'function_call' },
      { type: 'function_call_output', call_id: 'a', output: 'sunny' },
      { role: 'user' },
    ]);
  });

  test('with images are parts, without content empty', () => {
    const image = { kind: 'image', source: { kind: 'data', mediaType: 'image/png', base64: 'AAAA' } };
    const items = inputOf(assistant(call), user(result({ content: [image] })));
    expect(items).toMatchObject([
      {},
      { output: [{ type: 'input_image', image_url: 'data:image/png;base64,AAAA' }] },
    ]);
    expect(inputOf(assistant(call), user(result({ content: [] })))).toMatchObject([{}, { output: '' }]);
  });

  test('that failed say so', () => {
    expect(inputOf(assistant(call), user(result({ failed: true })))).toMatchObject([
      {},
      { output: 'The tool failed: sunny' },
    ]);
  });
});

test('media', () => {
  const { body, warnings } = encode({
    turns: [
      user(
        { kind: 'image', source: { kind: 'url', url: 'https://a.test/b.png', mediaType: '' }, detail: 'low' },
        { kind: 'file', source: { kind: 'data', mediaType: 'application/pdf', base64: 'AAAA' } },
        { kind: 'file', source: { kind: 'data', mediaType: 'text/plain', base64: 'QUJD' }, name: 'a.txt' },
        { kind: 'file', source: { kind: 'url', url: 'https://a.test/d.pdf', mediaType: '' }, name: 'd.pdf' },
        { kind: 'file', source: { kind: 'uploaded', id: 'file-1', mediaType: '' } },
        { kind: 'image', source: { kind: 'uploaded', id: 'file_011', mediaType: '' } },
        { kind: 'audio', source: { kind: 'data', mediaType: 'audio/wav', base64: 'AAAA' } },
      ),
    ],
  });
  expect(body['input']).toMatchObject([
    {
      content: [
        { type: 'input_image', image_url: 'https://a.test/b.png', detail: 'low' },
        { type: 'input_file', filename: 'document.pdf', file_data: 'data:application/pdf;base64,AAAA' },
        { type: 'input_text', text: 'a.txt:\n\nABC' },
        { type: 'input_file', file_url: 'https://a.test/d.pdf' },
        { type: 'input_file', file_id: 'file-1' },
      ],
    },
  ]);
  expect(warnings).toHaveLength(2);
});
