/** What cannot be laid out is refused in a sentence, and nothing of it stays. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { memoryStore, restoreKit } from '../testing/restore-kit.ts';
import { writeBackup } from './write.ts';

const { root, prepare, file } = restoreKit();

/** @param names of its parts */
const holding = (...names: readonly string[]) =>
  writeBackup({
    file: file(),
    head: { app: '1.0.0', created: 0, logSchema: null, secrets: false },
    passphrase: null,
    parts: names.map((name) => ({
      name,
      async *pieces() {
        yield await Promise.resolve(Buffer.from('of the back-up'));
      },
    })),
    cancelled: () => false,
    told: () => undefined,
  });

const target = (): string => {
  const folder = join(root(), 'target');
  mkdirSync(folder);
  return folder;
};

it.each([
  ['../outside.json', 'newer'],
  ['/etc/passwd', 'newer'],
  ['conversations/../../outside.json', 'newer'],
  ['conversations\\..\\..\\outside.json', 'newer'],
  ['conversations/files/../x.json', 'newer'],
  ['restore/ready.json', 'newer'],
  ['config.yaml/x', 'newer'],
])('a part named %j', async (name, fault) => {
  await holding('views.json', name);
  const folder = target();
  await expect(prepare(folder, memoryStore().store)).rejects.toMatchObject({ fault });
  expect(existsSync(join(folder, 'restore'))).toBe(false);
  expect(existsSync(join(root(), 'outside.json'))).toBe(false);
});

it('a part that comes twice', async () => {
  await holding('views.json', 'views.json');
  const folder = target();
  await expect(prepare(folder, memoryStore().store)).rejects.toMatchObject({ fault: 'damaged' });
  expect(existsSync(join(folder, 'restore'))).toBe(false);
});

it('one for which there is no room, or no right to write', async () => {
  await holding('views.json');
  const folder = join(root(), 'target');
  // A file in its place: the system refuses whoever asks.
  writeFileSync(folder, '');
  await expect(prepare(folder, memoryStore().store)).rejects.toMatchObject({
    fault: 'unavailable',
    told: { code: 'backup-no-room', reason: { code: 'not-there' } },
  });
});
