/** The first page comes quickly also over a slow line: what a browser fetches for it has a limit. */
import { expect, test } from '@playwright/test';
import { measureFirstPage, MOST_OF_FIRST_PAGE } from '../../../scripts/first-page.ts';
import { ROOT } from '../../../scripts/project.ts';

test('the first page is at most 250 kB, compressed, in few files', async () => {
  const files = await measureFirstPage(`${ROOT}/out/renderer`);
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const largest = files
    .slice(0, 12)
    .map((one) => `${(one.bytes / 1_000).toFixed(1)} kB ${one.file}`)
    .join('\n');
  console.log(`The first page is ${(bytes / 1_000).toFixed(0)} kB.`);
  expect(bytes, largest).toBeLessThanOrEqual(MOST_OF_FIRST_PAGE);
  // Each file is a request of its own: a hundred small ones take longer than these.
  expect(files.map(({ file }) => file).length).toBeLessThanOrEqual(20);
});
