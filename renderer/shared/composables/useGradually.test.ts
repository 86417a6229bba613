import { effectScope, nextTick, ref } from 'vue';
import { expect, it } from 'vitest';
import { useGradually } from './useGradually.ts';

function start(length: number, above?: number) {
  const all = ref(Array.from({ length }, (_, index) => index));
  const frames: (() => void)[] = [];
  const scope = effectScope();
  const shown = scope.run(() =>
    useGradually(
      () => all.value,
      above,
      (run) => frames.push(run),
    ),
  );
  if (shown === undefined) throw new Error('the scope is active');
  /** Lets one frame pass. */
  const frame = async (): Promise<void> => {
    frames.shift()?.();
    await nextTick();
  };
  return { all, shown, frames, frame, scope };
}

it('a short list is there at once', () => {
  const { shown, frames } = start(24);
  expect([shown.value.length, frames.length]).toEqual([24, 0]);
});

it('a list below another one begins with what room that leaves', async () => {
  const { shown, frame } = start(60, 20);
  expect(shown.value).toHaveLength(4);
  await frame();
  expect(shown.value).toHaveLength(24);
  expect(start(60, 500).shown.value).toHaveLength(0);
});

it('a long list grows with each frame until it is whole, and follows what is added', async () => {
  const { all, shown, frames, frame } = start(60);
  expect(shown.value).toHaveLength(24);
  await frame();
  expect(shown.value).toHaveLength(44);
  await frame();
  expect(shown.value).toBe(all.value);
  expect(frames).toEqual([]);
  all.value = Array.from({ length: 84 }, (_, index) => index);
  await nextTick();
  expect(shown.value).toHaveLength(64);
  await frame();
  expect(shown.value).toHaveLength(84);
});

it('stops with the page', async () => {
  const { frame, frames, scope } = start(500);
  scope.stop();
  await frame();
  expect(frames).toEqual([]);
});
