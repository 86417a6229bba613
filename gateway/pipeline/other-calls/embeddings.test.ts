import { describe, expect, it } from 'vitest';
import {
  readGeminiAnswer,
  readGeminiRequest,
  readOpenAiAnswer,
  readOpenAiRequest,
  writeGeminiAnswer,
  writeGeminiRequest,
  writeOpenAiAnswer,
  writeOpenAiRequest,
} from './embeddings.ts';

const content = (...texts: readonly string[]) => ({ parts: texts.map((text) => ({ text })) });
const silent = (): void => undefined;

describe('requests', () => {
  it.each([
    ['one text', { input: 'a' }, ['a']],
    ['several', { input: ['a', 'b'] }, ['a', 'b']],
  ])("of OpenAI's clients become Gemini's: %s", (_name, body, texts) => {
    const request = readOpenAiRequest({ ...body, dimensions: 8 });
    expect(writeGeminiRequest(request, 'models/e')).toEqual({
      requests: texts.map((text) => ({ model: 'models/e', content: content(text), outputDimensionality: 8 })),
    });
  });

  it("of Gemini's clients become OpenAI's, and what is Gemini's own is told", () => {
    const told: string[] = [];
    const one = readGeminiRequest(
      { content: content('a', 'b'), taskType: 'X', outputDimensionality: 8 },
      false,
      ({ text }) => void told.push(text),
    );
    expect(writeOpenAiRequest(one, 'e')).toEqual({ model: 'e', input: ['ab'], dimensions: 8 });
    expect(told).toEqual(['"taskType" is only known to Gemini and was left out.']);
    const batch = { requests: [{ content: content('a') }, { content: content('b') }] };
    expect(writeOpenAiRequest(readGeminiRequest(batch, true, silent), 'e')).toEqual({
      model: 'e',
      input: ['a', 'b'],
    });
  });

  it.each([
    ['input', { input: [] }],
    ['input', {}],
    ['input[1]', { input: ['a', {}] }],
    ['dimensions', { input: 'a', dimensions: 0 }],
  ])("of OpenAI's clients that are wrong name %s", (field, body) => {
    expect(() => readOpenAiRequest(body)).toThrow(
      expect.objectContaining({ code: 'invalid_request', field }),
    );
  });

  it.each([[[1, 2]], [[[1], [2]]]])('token numbers have no counterpart: %j', (input) => {
    expect(() => readOpenAiRequest({ input })).toThrow(
      expect.objectContaining({ code: 'unsupported_feature' }),
    );
  });

  it.each([
    ['content', {}, false],
    ['content.parts', { content: { parts: [] } }, false],
    ['content.parts[0].text', { content: { parts: [{ inlineData: {} }] } }, false],
    ['requests', {}, true],
    ['requests[0].content', { requests: [{}] }, true],
  ])("of Gemini's clients that are wrong name %s", (field, body, batch) => {
    expect(() => readGeminiRequest(body, batch, silent)).toThrow(
      expect.objectContaining({ code: 'invalid_request', field }),
    );
  });
});

describe('answers', () => {
  const data = [
    { index: 1, embedding: [3, 4] },
    { index: 0, embedding: [1, 2] },
  ];

  it("of OpenAI's become Gemini's in the order of the texts", () => {
    const read = readOpenAiAnswer({ data, usage: { prompt_tokens: 5 } }, 2);
    if (read === undefined) throw new Error('not read');
    expect(read.usage?.input).toBe(5);
    expect(writeGeminiAnswer(read, true)).toEqual({ embeddings: [{ values: [1, 2] }, { values: [3, 4] }] });
    expect(writeGeminiAnswer(read, false)).toEqual({ embedding: { values: [1, 2] } });
  });

  it("of Gemini's become OpenAI's, packed where the SDK wants them so", () => {
    const read = readGeminiAnswer(
      { embeddings: [{ values: [0.5, -1] }], usageMetadata: { promptTokenCount: 2 } },
      1,
    );
    if (read === undefined) throw new Error('not read');
    const plain = writeOpenAiAnswer(read, 'e', false);
    expect(plain).toMatchObject({
      model: 'e',
      data: [{ index: 0, embedding: [0.5, -1] }],
      usage: { prompt_tokens: 2, total_tokens: 2 },
    });
    const packed = Buffer.from('AAAAPwAAgL8=', 'base64');
    expect([packed.readFloatLE(0), packed.readFloatLE(4)]).toEqual([0.5, -1]);
    expect(writeOpenAiAnswer(read, 'e', true)).toMatchObject({ data: [{ embedding: 'AAAAPwAAgL8=' }] });
  });

  it.each([
    ['too few', { data: data.slice(1) }],
    ['a gap', { data: [data[0]] }],
    ['no list', { data: {} }],
    ['no numbers', { data: [{ index: 0, embedding: 'x' }, data[0]] }],
    ['a place far away', { data: [{ index: 1e9, embedding: [1] }, data[1]] }],
  ])('with %s are not taken for whole', (_name, answer) => {
    expect(readOpenAiAnswer(answer, 2)).toBeUndefined();
  });
});
