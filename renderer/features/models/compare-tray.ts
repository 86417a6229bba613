/** Models that are to be compared: remembered as long as the browser's tab, or the window, lives. */
import { useSessionStorage } from '@vueuse/core';
import { defineStore } from 'pinia';
import { MOST_COMPARED, type Example } from './compare.ts';

/** Most tokens of an example. */
const MOST_TOKENS = 100_000_000;

export const useCompareTray = defineStore('compare-tray', () => {
  const ids = useSessionStorage<readonly string[]>('models.compare', []);
  const example = useSessionStorage<Example>('models.example', { input: 10_000, output: 1_000 });

  return {
    ids,
    example,
    /** @returns false where the tray is full */
    toggle(id: string): boolean {
      if (ids.value.includes(id)) ids.value = ids.value.filter((one) => one !== id);
      else if (ids.value.length >= MOST_COMPARED) return false;
      else ids.value = [...ids.value, id];
      return true;
    },
    put(next: readonly string[]): void {
      ids.value = [...new Set(next)].slice(0, MOST_COMPARED);
    },
    /** What is no number of tokens changes nothing. */
    setExample(part: keyof Example, text: string): void {
      const tokens = Number(text.replaceAll(/[\s,_]/g, ''));
      if (!Number.isInteger(tokens) || tokens < 0 || tokens > MOST_TOKENS) return;
      example.value = { ...example.value, [part]: tokens };
    },
  };
});
