import { expect, it } from 'vitest';
import { readAnnouncement } from './announcement.ts';

const url = new URL('https://get.example/app/latest-linux.yml');
const sha512 = `${'A'.repeat(86)}==`;
const text = (changes: Record<string, unknown> = {}): string =>
  JSON.stringify({ version: '1.2.3', files: [{ url: 'a.AppImage', sha512, size: 5 }], ...changes });

it('tells version, day, notes and files', () => {
  const notes = 'New\n\n<b>plain</b>';
  expect(
    readAnnouncement(text({ releaseDate: '2026-11-27T00:00:00.000Z', releaseNotes: notes }), url),
  ).toEqual({
    version: '1.2.3',
    files: [{ url: 'a.AppImage', sha512, size: 5 }],
    path: '',
    sha512: '',
    releaseDate: '2026-11-27T00:00:00.000Z',
    releaseNotes: notes,
  });
  expect(
    readAnnouncement(text({ releaseNotes: [{ version: '1', note: 'a' }, { note: null }] }), url),
  ).toMatchObject({
    releaseDate: '',
    releaseNotes: 'a',
  });
});

it.each([
  [
    'markup and links are words',
    '<script>x</script> [a](javascript:x)',
    '<script>x</script> [a](javascript:x)',
  ],
  [
    'marks of direction and controls are left out',
    'a\u202eb\u2066c\u200fd\u0007e\u001b[31m\tf\ng',
    'abcde[31m\tf\ng',
  ],
  ['long ones are cut, not refused', 'x'.repeat(900_000), 'x'.repeat(20_000)],
])('takes hostile notes: %s', (_, releaseNotes, shown) => {
  expect(readAnnouncement(text({ releaseNotes }), url).releaseNotes).toBe(shown);
});

it.each([
  ['no YAML', '{ "version": '],
  ['a page', '<html>Not here</html>'],
  ['another version', text({ version: 'latest' })],
  ['a version that is a path', text({ version: '1.2.3/../../x' })],
  ['no files', text({ files: [] })],
  ['a file without a checksum', text({ files: [{ url: 'a.AppImage' }] })],
  ['a short checksum', text({ files: [{ url: 'a.AppImage', sha512: 'AAAA' }] })],
  ['a file over http', text({ files: [{ url: 'http://get.example/a.AppImage', sha512 }] })],
  ['a file of this computer', text({ files: [{ url: 'file:///etc/passwd', sha512 }] })],
  ['aliases that grow', `a: &a [x,x]\nversion: 1.2.3\nfiles: [*a, *a]`],
])('is refused: %s', (_what, source) => {
  expect(() => readAnnouncement(source, url)).toThrow(/get\.example announces/);
});
