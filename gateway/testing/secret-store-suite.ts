/** What every store of secrets must do, run against each of them. */
import { describe, expect, it } from 'vitest';
import type { SecretStore } from '../core/ports.ts';

/** @param open makes an empty store of its own for each test */
export function secretStoreSuite(name: string, open: () => Promise<SecretStore>): void {
  describe(`secret store: ${name}`, () => {
    it('gives back what was set, under its name only', async () => {
      const store = await open();
      await store.set('openai/k1', 'sk-one');
      await store.set('openai/k2', 'sk-two');
      expect(await store.get('openai/k1')).toBe('sk-one');
      expect(await store.get('openai/k2')).toBe('sk-two');
    });

    it('replaces a value', async () => {
      const store = await open();
      await store.set('openai/k1', 'old');
      await store.set('openai/k1', 'new');
      expect(await store.get('openai/k1')).toBe('new');
    });

    it('tells a missing secret from a broken store', async () => {
      const store = await open();
      await expect(store.get('openai/none')).rejects.toMatchObject({ problem: 'not-found' });
      await store.set('openai/k1', 'value');
      await store.delete('openai/k1');
      await expect(store.get('openai/k1')).rejects.toMatchObject({ problem: 'not-found' });
    });

    it('lets a missing secret be deleted', async () => {
      const store = await open();
      await expect(store.delete('openai/none')).resolves.toBeUndefined();
    });

    it.each(['constructor', '__proto__', 'toString'])(
      'has no secret named %s by itself',
      async (inherited) => {
        const store = await open();
        await store.set('openai/k1', 'value');
        await expect(store.get(inherited)).rejects.toMatchObject({ problem: 'not-found' });
      },
    );

    it.each([
      ['empty', ''],
      ['in any script', 'ключ-钥匙-🔑'],
      ['with line ends and quotes', 'a\r\nb"c\\d'],
      ['of 16 KB', 'x'.repeat(16_384)],
    ])('keeps a value %s', async (_case, value) => {
      const store = await open();
      await store.set('custom/k', value);
      expect(await store.get('custom/k')).toBe(value);
    });

    it('loses nothing when many are written at once', async () => {
      const store = await open();
      const names = Array.from({ length: 20 }, (_, index) => `openai/k${index}`);
      await Promise.all(names.map((key) => store.set(key, `value of ${key}`)));
      expect(await Promise.all(names.map((key) => store.get(key)))).toEqual(
        names.map((key) => `value of ${key}`),
      );
    });
  });
}
