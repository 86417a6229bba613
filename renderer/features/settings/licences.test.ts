import { expect, it } from 'vitest';
import { readLicences, searchLicences } from './licences.ts';

const licence = (name: string, kind = 'MIT') => ({
  name,
  version: '1.2.3',
  licence: kind,
  text: `of ${name}`,
});
const answer =
  (body: unknown, status = 200) =>
  () =>
    Promise.resolve(new Response(JSON.stringify(body), { status }));

it('reads what the build wrote, and passes over what is none', async () => {
  expect(await readLicences(answer([licence('a'), { name: 'b' }, null]))).toEqual([licence('a')]);
});

it.each([
  ['not there', answer({ error: 'no such file' }, 404)],
  ['no list', answer({})],
])('fails where it is %s', async (_, fetchFile) => {
  await expect(readLicences(fetchFile)).rejects.toThrow('licences.json');
});

it('finds by name and by licence', () => {
  const all = [licence('koa'), licence('lru-cache', 'BlueOak-1.0.0'), licence('vue')];
  expect(searchLicences(all, '').map(({ name }) => name)).toEqual(['koa', 'lru-cache', 'vue']);
  expect(searchLicences(all, 'blueoak').map(({ name }) => name)).toEqual(['lru-cache']);
  expect(searchLicences(all, 'MIT vu').map(({ name }) => name)).toEqual(['vue']);
});
