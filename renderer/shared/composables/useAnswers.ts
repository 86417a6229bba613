/** What stores hold of the gateway's answers: given up where a page could not draw it, so that it is asked for anew. */
import { defineStore } from 'pinia';

export const useAnswers = defineStore('answers', () => {
  const acts: (() => void)[] = [];
  return {
    /** @param forget puts a store back to before its first answer; what the user chose or wrote stays */
    held(forget: () => void): void {
      acts.push(forget);
    },
    forget(): void {
      for (const act of acts) act();
    },
  };
});
