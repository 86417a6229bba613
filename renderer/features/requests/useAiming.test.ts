import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { effectScope, ref } from 'vue';
import { useAiming } from './useAiming.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const aiming = ref(false);
const scope = effectScope();
const aim = scope.run(() => useAiming(aiming)) ?? ((): void => undefined);
const move = (pointerType: string): void => aim(new PointerEvent('pointermove', { pointerType }));

it('rows stand still while a mouse moves over them, and go on when it rests', async () => {
  move('mouse');
  await vi.advanceTimersByTimeAsync(600);
  move('mouse');
  await vi.advanceTimersByTimeAsync(600);
  expect(aiming.value).toBe(true);
  await vi.advanceTimersByTimeAsync(200);
  expect(aiming.value).toBe(false);
});

it('a finger scrolls, and a list that is gone holds nothing', () => {
  move('touch');
  expect(aiming.value).toBe(false);
  move('mouse');
  scope.stop();
  expect(aiming.value).toBe(false);
});
