import { describe, expect, it } from 'vitest';
import { weighBody } from './weigh-body.ts';

const WORDS = 'word '.repeat(40_000);
const DATA = 'iVBORw0K/gq+'.repeat(200_000);
const PDF = Buffer.concat([Buffer.from('%PDF-1.7'), Buffer.alloc(999_991, 'x')]).toString('base64');
const TABLE = 'Straße,12,"sold"\n'.repeat(30_000);

const weigh = (value: unknown): Promise<number> => weighBody(Buffer.from(JSON.stringify(value)));
const escaped = (text: string): string =>
  text.replaceAll(
    /[^ -~]/g,
    (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
const inBase64 = (text: string): string => Buffer.from(text).toString('base64');

describe('words', () => {
  it('weigh what they are long', async () => {
    expect(await weigh([WORDS])).toBe(50_001);
    expect(await weighBody(Buffer.from('no JSON "at all'))).toBe(4);
  });

  it.each([
    ['Chinese', '春眠不觉晓处处闻啼鸟'.repeat(30_000)],
    ['Cyrillic', 'Белеет парус одинокий'.repeat(30_000)],
    ['beyond the first plane', '😀🚀'.repeat(30_000)],
    ['with marks', 'Größe "ähnlich"\n\tC:\\ueber\\u1234'.repeat(30_000)],
  ])('weigh the same with their letters escaped: %s', async (_which, text) => {
    const bare = await weigh({ content: text });
    const other = await weighBody(Buffer.from(`{"content":${escaped(JSON.stringify(text))}}`));
    expect(other).toBe(bare);
    expect(Math.abs(other - Buffer.byteLength(text) / 4)).toBeLessThan(5);
  });

  it.each([
    ['alone', { content: DATA }],
    ['behind the address of a picture', { text: `data:image/png;base64,${DATA} ${DATA}` }],
    ['in the arguments of a call', { arguments: JSON.stringify({ data: DATA }) }],
    ['where a picture stands, among words', { url: `see ${DATA}` }],
  ])('may be letters without end: %s', async (_where, value) => {
    expect(await weigh(value)).toBeGreaterThan(600_000);
  });
});

describe('a picture', () => {
  it.each([
    ['as it is', DATA],
    ['whose slashes are escaped', DATA.replaceAll('/', String.raw`\/`)],
    ['whose marks are', DATA.replaceAll('+', String.raw`\u002B`).replaceAll('/', String.raw`\u002f`)],
    ['in lines', DATA.replaceAll(/.{76}/g, String.raw`$&\r\n`)],
    ['in an address', `data:image/png;base64,${DATA}`],
    ['in an address with escaped slashes', String.raw`data:image\/png;base64,${DATA}`],
    ['of another alphabet', DATA.replaceAll('/', '_').replaceAll('+', '-')],
    ['filled up', `${DATA}iQ==`],
  ])('%s weighs no more than the largest does', async (_how, picture) => {
    const weight = await weighBody(Buffer.from(`{"type":"image","data" : "${picture}"}`));
    expect(weight).toBeGreaterThanOrEqual(1_600);
    expect(weight).toBeLessThan(1_615);
  });

  it.each([
    ['Chat', { image_url: { url: `data:image/png;base64,${DATA}` } }],
    ['Responses', { image_url: `data:image/png;base64,${DATA}` }],
    ['Responses, made by a model', { result: DATA }],
    ['Gemini', { inlineData: { mimeType: 'image/png', data: DATA } }],
    ['a file', { file_data: DATA }],
  ])('is found where a format has it: %s', async (_format, value) => {
    expect(await weigh([value])).toBeLessThan(1_625);
  });

  it('is one of several, of which a small one weighs less', async () => {
    const weight = await weigh({ images: [DATA.slice(0, 400), DATA, DATA] });
    expect(weight).toBeGreaterThanOrEqual(1_600 + 1_600 + 100);
    expect(weight).toBeLessThan(1_600 + 1_600 + 110);
  });
});

describe('a document', () => {
  it('weighs its pages', async () => {
    // 50 KB each.
    const weight = await weigh({ data: PDF });
    expect(weight).toBeGreaterThanOrEqual(20 * 2_000);
    expect(weight).toBeLessThan(20 * 2_000 + 10);
  });

  it.each([
    ['named so', { file_data: `data:text/csv;base64,${inBase64(TABLE)}` }],
    ['that begins as one', { data: inBase64(TABLE) }],
    [
      'in a code of its own',
      { url: `data:text/csv;base64,${Buffer.from(TABLE, 'latin1').toString('base64')}` },
    ],
  ])('of text weighs what its text does: %s', async (_how, value) => {
    const weight = await weigh(value);
    expect(Math.abs(weight / (Buffer.byteLength(TABLE) / 4) - 1)).toBeLessThan(0.07);
  });
});

it('others have their turn while a long one is looked through', async () => {
  let turns = 0;
  const count = (): void => {
    turns += 1;
    if (!done) setImmediate(count);
  };
  let done = false;
  setImmediate(count);
  await weigh([DATA, DATA, DATA]);
  done = true;
  expect(turns).toBeGreaterThan(5);
});
