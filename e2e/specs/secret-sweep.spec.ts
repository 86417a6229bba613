/** A search that finds nothing proves something only where it finds what is there. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { filesWith, findIn, heapOf } from '../fixtures/secret-sweep.ts';
import { expect, test } from '../fixtures/test.ts';

const SECRET = 'sk-e2e/sweep+canary=00000000013579';

test('the sweep finds a secret in every form, in files and in the memory of a page', async ({ page }) => {
  const folder = await mkdtemp(join(tmpdir(), 'switchyard-sweep-'));
  const texts = {
    raw: `key: ${SECRET}`,
    url: `?key=${encodeURIComponent(SECRET)}`,
    base64: Buffer.from(SECRET).toString('base64'),
    'base64 of a header': Buffer.from(`Bearer ${SECRET}`).toString('base64'),
    'base64 in json': Buffer.from(`{"key":"${SECRET}"}`).toString('base64'),
    wide: Buffer.from(SECRET, 'utf16le').toString('latin1'),
  };
  for (const [name, text] of Object.entries(texts)) await writeFile(join(folder, name), text, 'latin1');
  await writeFile(join(folder, 'innocent'), 'sk-e2e/sweep');
  const found = (await filesWith(folder, SECRET)).map((path) => path.slice(folder.length + 1));
  expect(found.sort()).toEqual(Object.keys(texts).sort());
  await rm(folder, { recursive: true });

  expect(findIn(await heapOf(page), SECRET)).toEqual([]);
  await page.evaluate(`globalThis.leaked = { key: ${JSON.stringify(SECRET)} + "!" }`);
  expect(findIn(await heapOf(page), SECRET)).not.toEqual([]);
});
