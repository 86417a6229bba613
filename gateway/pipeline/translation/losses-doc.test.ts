/** The remarks listed in `docs/protocols.md` and those that a dialect can make are the same. */
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { READ } from '../../../contract/rpc/remarks/read-words.ts';
import { REMARKS } from '../../../contract/rpc/remarks/remark.ts';
import { WRITTEN } from '../../../contract/rpc/remarks/written-words.ts';

/** Sentences in code marks, in the sections about losses of requests. */
function sentencesIn(document: string): readonly string[] {
  const sections = document.split('\n## ').filter((section) => section.startsWith('What is lost: '));
  return sections.flatMap((section) =>
    [...section.matchAll(/`([^`]+ [^`]*\.)`/g)].map(([, text = '']) => text),
  );
}

/** Each value becomes `…`, as the document writes it. */
const asWritten = (sentence: string): string => sentence.replaceAll(/\{\w+\}/g, '…');

/** Whether a sentence with places for values can be the other one. */
function covers(general: string, special: string): boolean {
  const parts = general.split('…').map((part) => part.replaceAll(/[.*+?^$()|[\]\\{}]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join('.+')}$`).test(special);
}
const same = (one: string, other: string): boolean => covers(one, other) || covers(other, one);

const document = await readFile(new URL('../../../docs/protocols.md', import.meta.url), 'utf8');
const sentences = sentencesIn(document);

test('every remark of the document is one that the gateway makes', () => {
  const remarks = Object.values(REMARKS).map(asWritten);
  expect(sentences.length).toBeGreaterThan(80);
  // `{message}` could be anything.
  const known = remarks.filter((remark) => remark !== '…' && remark !== '… …');
  expect(sentences.filter((one) => !known.some((remark) => same(remark, one)))).toEqual([]);
});

test('every remark that a dialect makes stands in the document', () => {
  const remarks = Object.values({ ...READ, ...WRITTEN }).map(asWritten);
  expect(remarks.filter((remark) => !sentences.some((one) => same(remark, one)))).toEqual([]);
});
