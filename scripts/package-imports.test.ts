import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { unresolvedImports } from './package-imports.ts';

let parent: string;
const write = async (path: string, text: string): Promise<void> => {
  await mkdir(dirname(join(parent, path)), { recursive: true });
  await writeFile(join(parent, path), text);
};

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'switchyard-imports-'));
});
afterEach(() => rm(parent, { recursive: true, force: true }));

test('names what leads nowhere, in every form of import', async () => {
  await write('app/there.js', '');
  await write(
    'app/main.js',
    `import './there.js'; import { app } from 'electron'; import fs from 'node:fs'; import path from 'path';
     import './missing.js'; export * from 'absent'; await import('./later.js'); require('./required.cjs');
     throw new Error(\`Write:\nimport { it } from 'example';\`);`,
  );
  expect(await unresolvedImports(join(parent, 'app'))).toEqual([
    'main.js -> ./missing.js',
    'main.js -> absent',
    'main.js -> ./later.js',
    'main.js -> ./required.cjs',
  ]);
});

test('a package beside the folder is not in it', async () => {
  const manifest = '{ "name": "dep", "main": "index.js" }';
  await write('node_modules/dep/package.json', manifest);
  await write('node_modules/dep/index.js', '');
  await write('app/main.js', `import 'dep';`);
  expect(await unresolvedImports(join(parent, 'app'))).toEqual(['main.js -> dep']);
  await write('whole/main.js', `import 'dep';`);
  await write('whole/node_modules/dep/package.json', manifest);
  await write('whole/node_modules/dep/index.js', '');
  expect(await unresolvedImports(join(parent, 'whole'))).toEqual([]);
});
