import { describe, expect, it, vi } from 'vitest';
import { forgetLostStyles, insist } from './insist.ts';

const away = { answers: () => Promise.resolve(false), back: () => Promise.resolve() };
const here = { answers: () => Promise.resolve(true), back: () => Promise.resolve() };
const failing = (times: number) => {
  const load = vi.fn<() => Promise<string>>().mockResolvedValue('part');
  for (let time = 0; time < times; time += 1) load.mockRejectedValueOnce(new TypeError('not fetched'));
  return load;
};

describe('insisting on what the gateway serves', () => {
  it('waits for a gateway that is away, however often it goes again, and tells it once', async () => {
    const tell = vi.fn<() => void>();
    expect(await insist(failing(3), away, tell)).toBe('part');
    expect(tell).toHaveBeenCalledTimes(1);
  });

  it('asks one that is there once more, and no oftener', async () => {
    expect(await insist(failing(1), here)).toBe('part');
    const load = failing(5);
    await expect(insist(load, here)).rejects.toThrow('not fetched');
    expect(load).toHaveBeenCalledTimes(2);
  });
});

it('a style that did not come is no style of the page', () => {
  forgetLostStyles(window);
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  document.head.append(link);
  link.dispatchEvent(new Event('error'));
  expect(link.isConnected).toBe(false);
});
