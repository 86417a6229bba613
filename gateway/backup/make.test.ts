import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { restoreKit } from '../testing/restore-kit.ts';
import { makeBackup } from './make.ts';
import { readBackup } from './read.ts';

const { fill, file } = restoreKit();

it('leaves out a chat that is deleted while it is made, and all the rest is in it', async () => {
  const folder = fill('here');
  await makeBackup({
    file: file(),
    app: '1.0.0',
    now: 0,
    dataFolder: folder,
    log: { copy: () => Promise.resolve(6), stopCopy: () => undefined },
    config: '# here\n',
    inForce: [],
    sealed: null,
    call: {
      cancelled: () => false,
      onCancel: () => undefined,
      // Told first when the configuration is written.
      told: () => rmSync(join(folder, 'conversations', 'here-conversation.json'), { force: true }),
    },
  });
  const names: string[] = [];
  for await (const piece of readBackup(file(), null)) if (piece.kind === 'part') names.push(piece.name);
  expect(names).toEqual([
    'config.yaml',
    'budgets.json',
    'hits.json',
    'signatures.jsonl',
    expect.stringMatching(/^conversations\/files\//),
  ]);
});
