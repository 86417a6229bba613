import { expect, it } from 'vitest';
import type { SensitivePattern } from '../../contract/config/protection.ts';
import { createSensitivePatterns } from '../guards/patterns.ts';
import { createSteppedClock } from '../testing/clock.ts';
import { guardChat, guardTexts, type Contents, type Guarded, type GuardPorts } from './guarding.ts';

const NOBODY: Guarded = { body: new Uint8Array(0), warn: () => undefined, masked: () => undefined };

const saying = (text: string): Contents => ({
  texts: () => [text],
  *mask(body) {
    yield undefined;
    return body;
  },
});

/** A clock by which each look at it takes `step` ms. */
function slow(
  step: number,
  patterns: readonly SensitivePattern[],
): GuardPorts & { readonly looks: () => number } {
  const clock = createSteppedClock();
  let looks = 0;
  const guards = { longest: 0, patterns: createSensitivePatterns(patterns) };
  return {
    clock: {
      ...clock,
      monotonic() {
        looks += 1;
        clock.step(step);
        return clock.monotonic();
      },
    },
    snapshot: () => ({ guards }),
    looks: () => looks,
  };
}

it('a search that takes for ever is given up, and its request is not sent', async () => {
  const ports = slow(100, ['b']);
  await expect(guardTexts(NOBODY, saying('a'.repeat(1_000_000)), ports)).rejects.toMatchObject({
    code: 'content_blocked',
    message: expect.stringContaining('within 10 s'),
  });
  expect(ports.looks()).toBeLessThan(110);
});

it('others get their turn in a long search', async () => {
  let turns = 0;
  let over = false;
  const others = (): void => {
    turns += 1;
    if (!over) setImmediate(others);
  };
  setImmediate(others);
  await guardTexts(NOBODY, saying('a'.repeat(100_000)), slow(6, ['b']));
  over = true;
  expect(turns).toBeGreaterThan(1);
});

it('nothing is read where nothing is guarded', async () => {
  const read = (): never => {
    throw new Error('it was read');
  };
  const contents = { texts: read, mask: read };
  const unguarded = { ...slow(1, []), snapshot: () => ({ guards: null }) };
  await guardTexts(NOBODY, contents, unguarded);
  await guardTexts(NOBODY, contents, slow(1, []));
  await guardChat(NOBODY, read, unguarded);
});

it('what could not be looked through to its end is kept by no log where something is masked', async () => {
  const kept: number[] = [];
  const guarded = {
    ...NOBODY,
    body: Buffer.from('"a"'),
    masked: (body: Uint8Array) => kept.push(body.length),
  };
  const masks = slow(100, [{ pattern: 'b', action: 'mask' }]);
  await expect(guardTexts(guarded, saying('a'.repeat(1_000_000)), masks)).rejects.toThrow();
  expect(kept).toEqual([0]);
  await guardTexts(guarded, saying('a'), slow(1, [{ pattern: 'b', action: 'mask' }]));
  expect(kept).toEqual([0, 0, 3]);
});
