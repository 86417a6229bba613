import { expect, it } from 'vitest';
import { filesOf } from './first-page.ts';

const MANIFEST = {
  'index.html': { file: 'index.js', imports: ['_vue.js'], css: ['index.css'] },
  'Page.vue': { file: 'page.js', imports: ['_vue.js', '_button.js'] },
  '_vue.js': { file: 'vue.js', imports: [] },
  '_button.js': { file: 'button.js', imports: ['_vue.js'], css: ['button.css'] },
  'Charts.vue': { file: 'charts.js' },
};

it('follows imports, takes every file once and leaves what comes later', () => {
  expect(filesOf(MANIFEST, ['index.html', 'Page.vue']).toSorted()).toEqual([
    'button.css',
    'button.js',
    'index.css',
    'index.js',
    'page.js',
    'vue.js',
  ]);
});

it('does not measure less than there is', () => {
  expect(() => filesOf(MANIFEST, ['index.html', 'renamed.vue'])).toThrow('renamed.vue');
});
