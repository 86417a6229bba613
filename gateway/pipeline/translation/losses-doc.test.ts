/** The remarks listed in `docs/protocols.md` and those in the code are the same. */
import { readdir, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';

const at = (path: string): URL => new URL(path, import.meta.url);

/** All sources below a folder, as one text. */
async function sourcesIn(folder: string): Promise<string> {
  const entries = await readdir(at(folder), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && /(?<!\.test)\.ts$/.test(entry.name));
  const texts = await Promise.all(
    files.map(({ parentPath, name }) => readFile(`${parentPath}/${name}`, 'utf8')),
  );
  return texts.join('\n');
}

/** What stands between the values of a sentence, without the quotation marks around them. */
const fragmentsOf = (sentence: string, value: RegExp): readonly string[] =>
  sentence
    .split(value)
    .map((fragment) => fragment.replaceAll(/^[\s"]+|[\s"]+$/g, ''))
    .filter((fragment) => fragment.length > 3);

/** Sentences in code marks, in the sections about losses of requests. */
function sentencesIn(document: string): readonly string[] {
  const sections = document.split('\n## ').filter((section) => section.startsWith('What is lost: '));
  return sections.flatMap((section) =>
    [...section.matchAll(/`([^`]+ [^`]*\.)`/g)].map(([, text = '']) => text),
  );
}

/** The texts that are handed to whoever listens to remarks; of nested templates the beginning. */
const remarksIn = (source: string): readonly string[] =>
  [...source.matchAll(/\b(?:warn|tell)\(\s*(?:'((?:[^'\\\n]|\\.)*)'|"([^"\n]*)"|`([^`]*)`)/g)].map(
    ([, single, double, template]) => single ?? double ?? template ?? '',
  );

const document = await readFile(at('../../../docs/protocols.md'), 'utf8');
/** What several dialects write alike lies in the core. */
const dialects = (await sourcesIn('../../dialects/')) + (await sourcesIn('../../core/canonical/'));
const pipeline = await sourcesIn('../');

test('every remark of the document is one that the gateway makes', () => {
  const sentences = sentencesIn(document);
  const source = dialects + pipeline;
  const unknown = sentences.filter((one) => !fragmentsOf(one, /…/).every((part) => source.includes(part)));
  expect(sentences.length).toBeGreaterThan(80);
  expect(unknown).toEqual([]);
});

test('every remark that a dialect makes stands in the document', () => {
  const remarks = remarksIn(dialects);
  const missing = remarks.filter(
    (one) => !fragmentsOf(one, /\$\{[^}]*\}?/).every((part) => document.includes(part)),
  );
  expect(remarks.length).toBeGreaterThan(80);
  expect(missing).toEqual([]);
});
