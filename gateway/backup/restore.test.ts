import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { SecretStoreError, type SecretStore } from '../core/ports.ts';
import { configOf, inUse, kill, memoryStore, NOW, PASSPHRASE, restoreKit } from '../testing/restore-kit.ts';
import { applyRestore } from './apply.ts';
import { prepareRestore } from './prepare.ts';
import { waitingRestore } from './staging.ts';

vi.mock('../state/master-key.ts', () => import('../testing/quick-master-key.ts'));

const { root, fill, back, prepare, file } = restoreKit();

const apply = (dataFolder: string, secrets: SecretStore, step?: (name: string) => void) =>
  applyRestore({ dataFolder, configFile: configOf(dataFolder), secrets, ...(step && { step }) });

describe('a restore', () => {
  it('on an empty folder brings everything back, keys with it', async () => {
    const from = fill('new');
    await back(from);
    const to = join(root(), 'empty');
    mkdirSync(to);
    const { store, held } = memoryStore();
    expect(await prepare(to, store)).toEqual({
      created: NOW,
      app: '1.0.0',
      history: true,
      secrets: 1,
      hidden: false,
    });
    await apply(to, store);
    expect(inUse(to)).toEqual(inUse(from));
    expect(Object.fromEntries(held)).toEqual({ 'openai/main': 'sk-kept' });
    expect(await apply(to, store)).toBeNull();
  });

  it('keeps what was in use before, of the last restore alone', async () => {
    const old = fill('old');
    const before = inUse(old);
    await back(fill('new'));
    mkdirSync(join(old, 'before-restore-2020-01-01T00-00-00'));
    writeFileSync(join(old, 'log.db-wal'), 'old');
    const { store } = memoryStore();
    await prepare(old, store);
    const applied = await apply(old, store);
    expect(inUse(applied?.kept ?? '')).toEqual({ ...before, 'log.db-wal': 'old' });
    expect(inUse(old)).toEqual(inUse(join(root(), 'new')));
    expect(readdirSync(old).filter((name) => name.startsWith('before-'))).toHaveLength(1);
  });

  it('without history leaves the history alone', async () => {
    const old = fill('old');
    await back(fill('new'), false, false);
    await prepare(old, null);
    await apply(old, memoryStore().store);
    const found = inUse(old);
    expect(found['log.db']).toBe('old');
    expect(found['budgets.json']).toBe('new');
    expect(Object.keys(found)).toContain('conversations/old-conversation.json');
  });

  it('leaves alone what providers told last of limits', async () => {
    const [old, from] = [fill('old'), fill('new')];
    for (const folder of [old, from]) writeFileSync(join(folder, 'quota.json'), folder);
    await back(from);
    const { store } = memoryStore();
    await prepare(old, store);
    const applied = await apply(old, store);
    expect(inUse(old)).toEqual({ ...inUse(from), 'quota.json': old });
    expect(inUse(applied?.kept ?? '')).not.toHaveProperty(['quota.json']);
  });

  it('that is killed while it is prepared changes nothing, wherever that is', async () => {
    const old = fill('old');
    const before = inUse(old);
    await back(fill('new'));
    for (let after = 0; ; after += 1) {
      const { store, held } = memoryStore({ 'openai/main': 'sk-old' });
      // The process is gone: what it would clean up on an error stays.
      const gone = { ...store, delete: () => Promise.reject(new Error('killed')) };
      const done = await prepare(old, gone, kill(after)).then(
        () => true,
        () => false,
      );
      if (done) break;
      expect(await apply(old, store)).toBeNull();
      expect(inUse(old)).toEqual(before);
      expect(held.get('openai/main')).toBe('sk-old');
      expect(existsSync(join(old, 'restore'))).toBe(false);
    }
  });

  it('that is killed while it comes into use is finished by the next start, wherever that is', async () => {
    await back(fill('new'));
    const wanted = inUse(join(root(), 'new'));
    for (let after = 0; ; after += 1) {
      const old = fill(`old${after}`);
      rmSync(join(old, 'budgets.json'));
      const { store, held } = memoryStore({ 'openai/main': 'sk-old' });
      await prepare(old, store);
      const whole = await apply(old, store, kill(after)).then(
        () => true,
        () => false,
      );
      await apply(old, store);
      expect(inUse(old)).toEqual(wanted);
      expect(held.get('openai/main')).toBe('sk-kept');
      const kept = readdirSync(old).find((name) => name.startsWith('before-restore-')) ?? '';
      expect(inUse(join(old, kept))['log.db']).toBe(`old${after}`);
      expect(Object.keys(inUse(join(old, kept)))).not.toContain('budgets.json');
      if (whole) break;
    }
  });

  it('that was cut short is finished even where the secret store is gone by then', async () => {
    await back(fill('new'));
    const wanted = inUse(join(root(), 'new'));
    const locked: SecretStore = {
      kind: 'sealed',
      get: () => Promise.reject(new SecretStoreError('unavailable', 'locked')),
      set: () => Promise.reject(new SecretStoreError('unavailable', 'locked')),
      delete: () => Promise.reject(new SecretStoreError('unavailable', 'locked')),
    };
    for (let after = 0; ; after += 1) {
      const old = fill(`locked${after}`);
      const before = inUse(old);
      const { store } = memoryStore();
      await prepare(old, store);
      const whole = await apply(old, store, kill(after)).then(
        () => true,
        () => false,
      );
      const next = await apply(old, locked).then(
        () => wanted,
        () => before,
      );
      expect(inUse(old)).toEqual(next);
      if (whole) break;
    }
  });

  it('leaves the configuration where it cannot be replaced, and puts the restored one aside', async () => {
    await back(fill('new'));
    const wanted = inUse(join(root(), 'new'));
    const fixed = (): Promise<void> =>
      Promise.reject(Object.assign(new Error('read-only'), { code: 'EROFS' }));
    for (let after = 0; ; after += 1) {
      const old = fill(`fixed${after}`);
      const config = configOf(old);
      const before = await config.read();
      const { store } = memoryStore();
      await prepare(old, store);
      const order = { dataFolder: old, configFile: { ...config, write: fixed }, secrets: store };
      const whole = await applyRestore({ ...order, step: kill(after) }).catch(() => undefined);
      const later = await applyRestore(order);
      expect(inUse(old)).toEqual({ ...wanted, 'config.yaml': before });
      const kept = join(old, readdirSync(old).find((name) => name.startsWith('before-restore-')) ?? '');
      const aside = join(kept, 'config.restored.yaml');
      expect(readFileSync(aside, 'utf8')).toBe(wanted['config.yaml']);
      const told = whole ?? later;
      if (told) expect(told.configAside).toBe(aside);
      if (whole) break;
    }
  });

  it('does not replace a configuration that it cannot keep', async () => {
    await back(fill('new'));
    const wanted = inUse(join(root(), 'new'));
    const old = fill('old');
    const { store } = memoryStore();
    await prepare(old, store);
    rmSync(join(old, 'config.yaml'));
    mkdirSync(join(old, 'config.yaml'));
    const applied = await apply(old, store);
    expect(readFileSync(applied?.configAside ?? '', 'utf8')).toBe(wanted['config.yaml']);
    expect(readdirSync(join(old, 'config.yaml'))).toEqual([]);
    expect(readFileSync(join(old, 'log.db'), 'utf8')).toBe('new');
  });

  it('is refused with a reason, and nothing is prepared', async () => {
    const old = fill('old');
    await back(fill('new'));
    const { store } = memoryStore();
    const refused = async (order: Partial<Parameters<typeof prepareRestore>[0]>, fault: string) => {
      const asked = {
        file: file(),
        passphrase: PASSPHRASE,
        dataFolder: old,
        configFile: configOf(old),
        secrets: store,
        logSchema: 6,
        now: NOW,
        cancelled: () => false,
      };
      await expect(prepareRestore({ ...asked, ...order })).rejects.toMatchObject({ fault });
      expect(await waitingRestore(old)).toBeUndefined();
      expect(existsSync(join(old, 'restore'))).toBe(false);
    };
    await refused({ passphrase: 'another one here' }, 'passphrase');
    await refused({ logSchema: 5 }, 'newer');
    await refused({ secrets: memoryStore({}, 'memory').store }, 'unavailable');
    await refused({ file: join(root(), 'missing') }, 'unavailable');
    await refused({ cancelled: () => true }, 'cancelled');
    // A file where its folder should be: nothing can be written there, whoever asks.
    await refused({ configFile: configOf(join(old, 'budgets.json')) }, 'unavailable');
    const whole = readFileSync(file());
    writeFileSync(file(), whole.subarray(0, whole.length - 40));
    await refused({}, 'damaged');
  });
});
