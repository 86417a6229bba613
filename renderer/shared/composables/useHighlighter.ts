/** The colouring of code, loaded when the first block of code is on screen. */
import { defineStore } from 'pinia';
import type { Highlighter, LineHighlighter } from '../utils/markdown/highlight.ts';

export const useHighlighter = defineStore('highlighter', () => {
  let made: Promise<Highlighter> | undefined;
  return {
    /** @returns undefined where code in this language stays plain */
    async open(language: string): Promise<LineHighlighter | undefined> {
      made ??= import('../utils/markdown/highlight.ts').then(({ createHighlighter }) => createHighlighter());
      return (await made).open(language);
    },
  };
});
