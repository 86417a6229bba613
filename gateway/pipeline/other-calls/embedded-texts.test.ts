import { expect, it } from 'vitest';
import { embeddedTexts } from './embedded-texts.ts';

it.each<readonly [string, object, readonly string[], number]>([
  ['a text', { model: 'm', input: 'one', encoding_format: 'float', user: 'u' }, ['one'], 0],
  ['several', { input: ['one', '{"two": 2}'] }, ['one', '{"two": 2}'], 0],
  ['tokens', { input: [15_339, 1_917] }, [], 2],
  ['tokens of several texts', { input: [[15_339, 1_917], [7]], dimensions: 256 }, [], 3],
  ['parts of kinds', { input: [{ text: 'one' }, { image: 'iVBO' }] }, ['one'], 0],
  [
    'a text of Gemini',
    { content: { parts: [{ text: 'one' }, { text: 'two' }] }, taskType: 'CLUSTERING' },
    ['one', 'two'],
    0,
  ],
  [
    'several of Gemini',
    { requests: [{ model: 'models/m', content: { parts: [{ text: 'one' }] }, outputDimensionality: 8 }] },
    ['one'],
    0,
  ],
  ['nothing', { text: 'not this', tokens: [1] }, [], 0],
])('finds %s', (_what, body, texts, tokens) => {
  expect(embeddedTexts(Buffer.from(JSON.stringify(body)))).toEqual({ texts, tokens });
});

it('finds nothing where it cannot be read', () => {
  expect(embeddedTexts(Buffer.from('{"input":'))).toEqual({ texts: [], tokens: 0 });
});
