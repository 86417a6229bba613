import { describe, expect, it } from 'vitest';
import type { MediaSource, UserPart } from '../core/canonical/parts.ts';
import { type CanonicalRequest, NO_SETTINGS, type Warn } from '../core/canonical/request.ts';
import type { MediaFetch } from '../core/media-fetch.ts';
import { inlineMedia, rememberMedia, type MediaRule } from './media.ts';

const PNG = Buffer.from('\x89PNG\r\n\x1a\n and more', 'latin1');
const GIF = Buffer.from('GIF89a and more');
const PDF = Buffer.from('%PDF-1.7 and more');
const INLINE: MediaRule = { imageUrls: false, fileUrls: false };
const TAKES_ADDRESSES: MediaRule = { imageUrls: true, fileUrls: true };

const request = (...parts: readonly UserPart[]): CanonicalRequest => ({
  model: 'm',
  streamed: false,
  system: [],
  turns: [{ role: 'user', parts }],
  tools: [],
  settings: NO_SETTINGS,
});
const at = (url: string): MediaSource => ({ kind: 'url', url, mediaType: '' });
const image = (source: MediaSource): UserPart => ({ kind: 'image', source });
const file = (source: MediaSource): UserPart => ({ kind: 'file', source, name: 'a.pdf' });
const data = (mediaType: string, bytes: Buffer | string): MediaSource => ({
  kind: 'data',
  mediaType,
  base64: typeof bytes === 'string' ? bytes : bytes.toString('base64'),
});

/** Serves bytes by path; says how often each was asked for. */
function server(files: Readonly<Record<string, readonly [string, Buffer]>>): {
  readonly fetch: MediaFetch;
  readonly asked: string[];
} {
  const asked: string[] = [];
  return {
    asked,
    fetch: (url) => {
      asked.push(url);
      const [mediaType, bytes] = files[new URL(url).pathname] ?? ['text/plain', Buffer.from('no')];
      return Promise.resolve({ mediaType, bytes });
    },
  };
}
const nothing: MediaFetch = () => Promise.reject(new Error('nothing is to be fetched'));

async function partsOf(
  asked: CanonicalRequest,
  rule: MediaRule,
  fetch: MediaFetch,
  warn: Warn = () => undefined,
): Promise<readonly UserPart[]> {
  const { turns } = await inlineMedia(asked, rule, fetch, warn);
  const [turn] = turns;
  return turn?.role === 'user' ? turn.parts : [];
}

describe('media by address', () => {
  it('stays where the target fetches it itself', async () => {
    const parts = [image(at('https://a.example/x.png')), file(at('https://a.example/x.pdf'))];
    expect(await partsOf(request(...parts), TAKES_ADDRESSES, nothing)).toEqual(parts);
  });

  it('is fetched where it must be inline, under the type it really has', async () => {
    const { fetch, asked } = server({ '/x.png': ['image/jpeg', PNG], '/x.pdf': ['', PDF] });
    const parts = [
      image(at('https://a.example/x.png')),
      image(at('https://a.example/x.png')),
      file(at('https://a.example/x.pdf')),
    ];
    expect(await partsOf(request(...parts), INLINE, fetch)).toEqual([
      image(data('image/png', PNG)),
      image(data('image/png', PNG)),
      file(data('application/pdf', PDF)),
    ]);
    expect(asked).toEqual(['https://a.example/x.png', 'https://a.example/x.pdf']);
  });

  it('is fetched in results of tools too', async () => {
    const { fetch } = server({ '/x.png': ['image/png', PNG] });
    const result = (source: MediaSource): UserPart => ({
      kind: 'tool-result',
      id: 'c1',
      name: 't',
      content: [
        { kind: 'text', text: 'see' },
        { kind: 'image', source },
      ],
      failed: false,
      custom: false,
    });
    expect(await partsOf(request(result(at('https://a.example/x.png'))), INLINE, fetch)).toEqual([
      result(data('image/png', PNG)),
    ]);
  });

  it('that is text is a text file, and a file that is an image becomes one', async () => {
    const { fetch } = server({ '/a.md': ['text/markdown', Buffer.from('# hi')], '/b': ['', PNG] });
    const parts = [file(at('https://a.example/a.md')), file(at('https://a.example/b'))];
    expect(await partsOf(request(...parts), INLINE, fetch)).toEqual([
      file(data('text/plain', Buffer.from('# hi'))),
      image(data('image/png', PNG)),
    ]);
  });

  it.each([
    ['a page instead of an image', image, 'text/html', Buffer.from('<html>'), /a\.example sent text\/html/],
    ['a page instead of a file', file, 'text/html', Buffer.from('<html>'), /a\.example sent text\/html/],
    [
      'an image that is none',
      image,
      'image/png',
      Buffer.from('not a png'),
      /image\/png. Allowed are image\/jpeg/,
    ],
    ['a PDF as an image', image, 'image/png', PDF, /sent application\/pdf/],
    ['binary text', file, 'text/plain', Buffer.from([65, 0, 66]), /sent text\/plain/],
    ['text that is not UTF-8', file, 'text/plain', Buffer.from([65, 0xff, 66]), /sent text\/plain/],
    ['nothing', image, 'image/png', Buffer.alloc(0), /sent nothing/],
  ])('is refused where it is %s, without the rest of the address', async (_case, part, type, bytes, says) => {
    const { fetch } = server({ '/x': [type, bytes] });
    const asked = partsOf(request(part(at('https://a.example/x?token=secret'))), INLINE, fetch);
    await expect(asked).rejects.toMatchObject({
      code: 'media_refused',
      message: expect.stringMatching(says),
    });
    await expect(asked).rejects.not.toMatchObject({ message: expect.stringContaining('secret') });
  });

  it('is fetched once for all targets of a request', async () => {
    const { fetch, asked } = server({ '/x.png': ['image/png', PNG] });
    const remembered = rememberMedia(fetch);
    await partsOf(request(image(at('https://a.example/x.png'))), INLINE, remembered);
    await partsOf(request(image(at('https://a.example/x.png'))), INLINE, remembered);
    expect(asked).toHaveLength(1);
  });

  it('is bounded in number and in bytes', async () => {
    const many = Array.from({ length: 21 }, (_, index) => image(at(`https://a.example/${index}`)));
    await expect(partsOf(request(...many), INLINE, nothing)).rejects.toMatchObject({
      code: 'media_refused',
      message: expect.stringContaining('at most 20'),
    });
    const large = Buffer.concat([PNG, Buffer.alloc(17_000_000)]);
    const { fetch } = server({ '/a': ['image/png', large], '/b': ['image/png', large] });
    const two = [image(at('https://a.example/a')), image(at('https://a.example/b'))];
    await expect(partsOf(request(...two), INLINE, fetch)).rejects.toMatchObject({
      message: expect.stringContaining('32 MB together'),
    });
  });
});

describe('media inline', () => {
  it('is left as it is where nothing is wrong with it', async () => {
    const parts = [image(data('image/png', PNG)), file(data('application/pdf', PDF))];
    expect(await partsOf(request(...parts), INLINE, nothing)).toEqual(parts);
    const plain = request({ kind: 'text', text: 'hi' });
    expect(await inlineMedia(plain, INLINE, nothing, () => undefined)).toBe(plain);
  });

  it.each([
    ['line ends', PNG.toString('base64').replace(/(.{10})/g, '$1\r\n')],
    ['base64url', Buffer.from('\x89PNG\r\n\x1a\n\xff\xfe\xfb\xef', 'latin1').toString('base64url')],
    ['no padding', PNG.toString('base64').replace(/=+$/, '')],
  ])('is cleaned of %s', async (_case, text) => {
    const clean = Buffer.from(text, 'base64').toString('base64');
    expect(await partsOf(request(image(data('image/png', text))), INLINE, nothing)).toEqual([
      image(data('image/png', clean)),
    ]);
  });

  it('goes under its real type, which is told', async () => {
    const warnings: string[] = [];
    const parts = [image(data('image/jpeg', PNG)), image(data('', PNG)), file(data('application/pdf', PNG))];
    expect(
      await partsOf(request(...parts), TAKES_ADDRESSES, nothing, ({ text }) => void warnings.push(text)),
    ).toEqual([image(data('image/png', PNG)), image(data('image/png', PNG)), image(data('image/png', PNG))]);
    expect(warnings).toEqual([
      'An image was called image/jpeg and is image/png, so it was sent as that.',
      'A file was called application/pdf and is image/png, so it was sent as that.',
    ]);
  });

  it('of a kind nobody knows is left to the target', async () => {
    const parts = [image(data('image/avif', Buffer.from('?')))];
    expect(await partsOf(request(...parts), INLINE, nothing)).toEqual(parts);
  });

  it('is read from data: addresses of any kind', async () => {
    const parts = [
      image(at(`data:image/png;base64,${PNG.toString('base64')}`)),
      file(at('DATA:text/plain;charset=utf-8,a%20b%2C')),
      file(at('data:,a')),
      file(at('data:text/plain;base64;Charset=utf-8,a')),
    ];
    expect(await partsOf(request(...parts), TAKES_ADDRESSES, nothing)).toEqual([
      image(data('image/png', PNG)),
      file(data('text/plain', Buffer.from('a b,'))),
      file(data('text/plain', Buffer.from('a'))),
      file(data('text/plain', Buffer.from('a'))),
    ]);
  });

  it.each([
    ['without a comma', image(at('data:image/png;base64')), /no comma/],
    // What reads them more than once would need hours.
    ['long and without a comma', image(at(`data:${'a'.repeat(1_000_000)}`)), /no comma/],
    ['long and all parameters', image(at(`data:${';base64'.repeat(200_000)}`)), /no comma/],
    ['badly encoded', file(at('data:text/plain,%E0%A4')), /percent-encoded/],
    ['empty', image(data('image/png', '')), /empty/],
    ['empty as an address', image(at('data:image/png;base64,')), /empty/],
    ['without any base64 in it', image(data('image/png', '!!!!')), /empty/],
  ])('that is %s is refused', async (_case, part, says) => {
    await expect(partsOf(request(part), TAKES_ADDRESSES, nothing)).rejects.toMatchObject({
      code: 'media_refused',
      message: expect.stringMatching(says),
    });
  });

  it('of a type the model does not take is refused by name', async () => {
    const rule = { ...INLINE, imageTypes: ['image/png'] };
    await expect(partsOf(request(image(data('image/gif', GIF))), rule, nothing)).rejects.toMatchObject({
      message: 'An image of this request is image/gif, which this model does not take; it takes image/png.',
    });
  });
});

it('what was uploaded to another provider is refused', async () => {
  const source: MediaSource = { kind: 'uploaded', id: 'file-abc', mediaType: '' };
  await expect(partsOf(request(file(source)), TAKES_ADDRESSES, nothing)).rejects.toMatchObject({
    code: 'media_refused',
    message: expect.stringContaining('file-abc'),
  });
});
