import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splice } from '../../core/splice.ts';
import { formPart, readForm } from './form.ts';

const TYPE = 'multipart/form-data; boundary=xyz';

/** A form as curl writes it. */
function form(...parts: readonly (readonly [headers: string, value: string])[]): Buffer {
  const text = parts.map(([headers, value]) => `--xyz\r\n${headers}\r\n\r\n${value}\r\n`).join('');
  return Buffer.from(`${text}--xyz--\r\n`, 'latin1');
}
const field = (name: string, value: string) =>
  [`Content-Disposition: form-data; name="${name}"`, value] as const;
const file = (name: string, value: string) =>
  [
    `Content-Disposition: form-data; name="${name}"; filename="a.wav"\r\nContent-Type: audio/wav`,
    value,
  ] as const;

function read(bytes: Buffer, name: string, type = TYPE): string | undefined {
  const range = readForm(bytes, type).fields.get(name);
  return range === undefined ? undefined : bytes.toString('latin1', range.start, range.end);
}

describe('fields of a form', () => {
  it('are found between files, whatever those hold', () => {
    const bytes = form(
      file('file', '\r\n--xy\r\nname="model"\r\n\r\nnot-it\r\n -- xyz\r\n'),
      field('model', 'whisper-1'),
      field('language', ''),
    );
    expect(read(bytes, 'model')).toBe('whisper-1');
    expect(read(bytes, 'language')).toBe('');
    expect(read(bytes, 'file')).toBeUndefined();
  });

  it.each([
    ['quoted boundary', 'multipart/form-data; boundary="xyz"', field('model', 'm')],
    ['parameters before it', 'multipart/form-data; charset=utf-8; boundary=xyz', field('model', 'm')],
    ['bare name', TYPE, ['content-disposition: form-data; name=model', 'm'] as const],
    [
      'other headers first',
      TYPE,
      ['X-Other: 1\r\nContent-Disposition: form-data; name="model"', 'm'] as const,
    ],
    ['space around', TYPE, ['Content-Disposition : form-data ; name = "model"', 'm'] as const],
  ])('%s', (_name, type, part) => {
    expect(read(form(part), 'model', type)).toBe('m');
  });

  it('of which a file name only speaks are none', () => {
    const tricky = [
      'Content-Disposition: form-data; filename="x; name=\\"model\\"; y"; name="file"',
      'evil',
    ] as const;
    expect(read(form(tricky, field('model', 'm')), 'model')).toBe('m');
  });

  it('that stand twice are told', () => {
    expect(readForm(form(field('model', 'a'), field('model', 'b')), TYPE).repeated).toEqual(
      new Set(['model']),
    );
  });

  it('stand behind a preamble, and before whatever follows the end', () => {
    const bytes = Buffer.concat([
      Buffer.from('preamble\r\n'),
      form(field('model', 'm')),
      Buffer.from('--xyz\r\n'),
    ]);
    expect(read(bytes, 'model')).toBe('m');
  });

  it.each([
    ['no boundary', form(field('model', 'm')), 'multipart/form-data'],
    ['an impossible boundary', form(field('model', 'm')), 'multipart/form-data; boundary="a\\"b"'],
    ['another boundary', form(field('model', 'm')), 'multipart/form-data; boundary=other'],
    ['no bytes', Buffer.alloc(0), TYPE],
    ['no end', form(field('model', 'm')).subarray(0, -8), TYPE],
    ['an end in the middle of a header', Buffer.from('--xyz\r\nContent-Disp'), TYPE],
    ['a part without headers and end', Buffer.from('--xyz\r\n--xyz--'), TYPE],
    ['a line that only begins like a boundary', Buffer.from('--xyzzy\r\n\r\n\r\n--xyz--'), TYPE],
    ['headers without end', form(['A: b', '']).subarray(0, 12), TYPE],
    ['headers of 20 KB', form([`X: ${'a'.repeat(20_000)}`, '']), TYPE],
    ['too many parts', form(...Array.from({ length: 1_001 }, (_, index) => field(`f${index}`, ''))), TYPE],
  ])('are not looked for where there is %s', (_name, bytes, type) => {
    expect(() => readForm(bytes, type)).toThrow(expect.objectContaining({ code: 'invalid_request' }));
  });

  it('garbage is a clean refusal or a form, at once', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('--xyz', '--', '\r\n', ': ', 'a', '"', 'name=', ';'), { maxLength: 60 }),
        (bits) => {
          try {
            readForm(Buffer.from(bits.join('')), TYPE);
          } catch (error) {
            expect(error).toMatchObject({ code: 'invalid_request' });
          }
        },
      ),
    );
  });
});

describe('a model put in', () => {
  it('leaves every other byte as it was, for any form', async () => {
    const value = fc.string({ unit: 'binary', maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom('prompt', 'language', 'n'), value), { maxLength: 4 }),
        fc.uint8Array({ maxLength: 200 }),
        fc.boolean(),
        async (fields, bytes, named) => {
          const data = new FormData();
          for (const [name, text] of fields) data.append(name, text);
          data.append('file', new Blob([new Uint8Array(bytes)], { type: 'audio/wav' }), 'a "b".wav');
          if (named) data.append('model', 'asked');
          const sent = new Response(data);
          const type = sent.headers.get('content-type') ?? '';
          const body = Buffer.from(await sent.arrayBuffer());

          const read = readForm(body, type);
          const range = read.fields.get('model');
          const edit =
            range === undefined
              ? { start: read.insertAt, end: read.insertAt, text: formPart(read.boundary, 'model', 'served') }
              : { ...range, text: 'served' };
          const changed = Buffer.concat(splice(body, [edit]).chunks);

          const before = await parsed(body, type);
          const after = await parsed(changed, type);
          before.set('model', 'served');
          expect(await entries(after)).toEqual(await entries(before));
        },
      ),
      { numRuns: 50 },
    );
  });

  it('never ends the part it stands in', () => {
    for (const model of ['a\r\nb', 'a\nb', '--xyz', 'a--xyz--']) {
      expect(() => formPart('xyz', 'model', model)).toThrow(
        expect.objectContaining({ code: 'invalid_request' }),
      );
    }
  });
});

/** As the platform's own parser reads it. */
function parsed(body: Buffer, type: string): Promise<FormData> {
  const response = new Response(new Uint8Array(body), { headers: { 'content-type': type } });
  // oxlint-disable-next-line typescript/no-deprecated -- there is no other parser here, and it reads our own bytes
  return response.formData();
}

async function entries(data: FormData): Promise<readonly string[]> {
  const all = await Promise.all(
    [...data].map(async ([name, value]) =>
      typeof value === 'string'
        ? `${name}=${value}`
        : `${name}=${value.name}:${Buffer.from(await value.arrayBuffer()).toString('hex')}`,
    ),
  );
  return all.toSorted();
}
