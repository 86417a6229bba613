/** What every signature vault must do, run against each of them. */
import { afterEach, describe, expect, it } from 'vitest';
import type { SignatureVault } from '../core/signature-vault.ts';
import type { SignatureLimits } from '../state/signature-shelf.ts';
import { createSteppedClock, type SteppedClock } from './clock.ts';
import { keptReasoning } from './kept-reasoning.ts';

export const DAY = 24 * 60 * 60 * 1_000;
const LIMITS: SignatureLimits = { entries: 5, bytes: 10_000, lineBytes: 4_000, age: 30 * DAY };

/** @param make makes an empty vault of its own for each test */
export function signatureVaultSuite(
  name: string,
  make: (clock: SteppedClock, limits: SignatureLimits) => SignatureVault,
): void {
  describe(`signature vault: ${name}`, () => {
    let opened: SignatureVault | undefined;
    const open = (clock: SteppedClock, limits: SignatureLimits): SignatureVault => {
      opened = make(clock, limits);
      return opened;
    };
    afterEach(() => opened?.close());

    it('gives back what was put, under its key only', async () => {
      const vault = open(createSteppedClock(), LIMITS);
      await vault.ready();
      vault.put('call:1', keptReasoning('one'));
      vault.put('turn:1', keptReasoning('two'));
      expect(vault.get('call:1')).toEqual(keptReasoning('one'));
      expect(vault.get('turn:1')).toEqual(keptReasoning('two'));
      expect(vault.get('call:2')).toBeUndefined();
      expect(vault.get('__proto__')).toBeUndefined();
    });

    it('gives what this run put before it is ready', async () => {
      const vault = open(createSteppedClock(), LIMITS);
      vault.put('call:1', keptReasoning('one'));
      expect(vault.get('call:1')).toEqual(keptReasoning('one'));
      await vault.ready();
      expect(vault.get('call:1')).toEqual(keptReasoning('one'));
    });

    it('replaces a value', () => {
      const vault = open(createSteppedClock(), LIMITS);
      vault.put('call:1', keptReasoning('old'));
      vault.put('call:1', keptReasoning('new'));
      expect(vault.get('call:1')).toEqual(keptReasoning('new'));
    });

    it.each([
      ['with quotes and line ends', 'call:"a",1,\n["'],
      ['in any script', 'call:钥匙🔑\u2028'],
      ['like a head of its own', 'call:1",1790000000000,{"reasoning":[]}]'],
    ])('keeps under a key %s a text of the same', (_case, key) => {
      const vault = open(createSteppedClock(), LIMITS);
      vault.put(key, keptReasoning(key));
      expect(vault.get(key)).toEqual(keptReasoning(key));
    });

    it('makes room by dropping the least recently used', () => {
      const vault = open(createSteppedClock(), LIMITS);
      for (let number = 1; number <= 5; number += 1) vault.put(`call:${number}`, keptReasoning('x'));
      vault.get('call:1');
      vault.put('call:6', keptReasoning('x'));
      expect(vault.get('call:2')).toBeUndefined();
      expect(vault.get('call:1')).toBeDefined();
      expect(vault.get('call:6')).toBeDefined();
    });

    it('is bounded in bytes', () => {
      const vault = open(createSteppedClock(), LIMITS);
      for (let number = 1; number <= 5; number += 1)
        vault.put(`call:${number}`, keptReasoning('x'.repeat(1_300)));
      expect([1, 2, 3, 4, 5].map((number) => vault.get(`call:${number}`) !== undefined)).toEqual([
        false,
        false,
        true,
        true,
        true,
      ]);
    });

    it('keeps nothing that is too large, and nothing else for its sake goes', () => {
      const vault = open(createSteppedClock(), LIMITS);
      vault.put('call:1', keptReasoning('x'));
      vault.put('call:2', keptReasoning('x'.repeat(4_000)));
      vault.put(`call:${'k'.repeat(600)}`, keptReasoning('x'));
      expect(vault.get('call:2')).toBeUndefined();
      expect(vault.get(`call:${'k'.repeat(600)}`)).toBeUndefined();
      expect(vault.get('call:1')).toBeDefined();
    });

    it('forgets after 30 days, however often it was asked', () => {
      const clock = createSteppedClock();
      const vault = open(clock, LIMITS);
      vault.put('call:1', keptReasoning('x'));
      clock.step(29 * DAY);
      expect(vault.get('call:1')).toBeDefined();
      clock.step(2 * DAY);
      expect(vault.get('call:1')).toBeUndefined();
    });
  });
}
