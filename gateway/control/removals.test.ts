import { describe, expect, it } from 'vitest';
import { createRemovals } from './removals.ts';

function setUp() {
  const tasks: (() => void)[] = [];
  const removals = createRemovals({
    after(_delay, task) {
      tasks.push(task);
      return () => undefined;
    },
  });
  return { removals, minutePasses: () => tasks.forEach((task) => task()) };
}

describe('what was removed', () => {
  it('comes back once', async () => {
    const { removals } = setUp();
    let times = 0;
    const undo = removals.keep(() => Promise.resolve(void (times += 1)));
    await removals.restore(undo);
    await expect(removals.restore(undo)).rejects.toMatchObject({ code: 'not_found' });
    expect(times).toBe(1);
  });

  it('is gone after a minute', async () => {
    const { removals, minutePasses } = setUp();
    const undo = removals.keep(() => Promise.resolve());
    minutePasses();
    await expect(removals.restore(undo)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('can be tried again when it could not be put back', async () => {
    const { removals } = setUp();
    let broken = true;
    const undo = removals.keep(() => (broken ? Promise.reject(new Error('broken')) : Promise.resolve()));
    await expect(removals.restore(undo)).rejects.toThrow('broken');
    broken = false;
    await expect(removals.restore(undo)).resolves.toBeUndefined();
  });
});
