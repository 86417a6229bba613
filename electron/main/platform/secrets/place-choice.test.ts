import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createPlaceChoice } from './place-choice.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'switchyard-choice-'));
  file = join(folder, 'secret-place.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('is remembered', async () => {
  expect(await createPlaceChoice(file).read()).toBeUndefined();
  await createPlaceChoice(file).write('sealed');
  expect(await createPlaceChoice(file).read()).toBe('sealed');
  await createPlaceChoice(file).write('keychain');
  expect(await createPlaceChoice(file).read()).toBe('keychain');
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

it.each(['', '{"place":', '{"place":"elsewhere"}', '[]'])('is not guessed from %j', async (text) => {
  writeFileSync(file, text);
  await expect(createPlaceChoice(file).read()).rejects.toThrow('cannot be understood');
  expect(readFileSync(file, 'utf8')).toBe(text);
});

it('says where it cannot be written', async () => {
  rmSync(folder, { recursive: true });
  await expect(createPlaceChoice(file).write('sealed')).rejects.toThrow(`${file} cannot be written`);
});
