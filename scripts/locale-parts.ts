/**
 * A language comes to the page in two parts: `en.json?first` has the words that pages are made of, `en.json?later` what
 * the gateway says of requests, which no page needs to be read at first. The file is one, as translators want it.
 */
import { readFile } from 'node:fs/promises';
import type { Plugin } from 'vite';
import * as z from 'zod/mini';

const messagesSchema = z.looseObject({ remarks: z.record(z.string(), z.string()) });

export function localeParts(): Plugin {
  return {
    name: 'locale-parts',
    async load(id) {
      const [, file, part] = /^(.*\.json)\?(first|later)$/.exec(id) ?? [];
      if (file === undefined) return null;
      this.addWatchFile(file);
      const { remarks, ...first } = messagesSchema.parse(JSON.parse(await readFile(file, 'utf8')));
      const words = JSON.stringify(part === 'first' ? first : { remarks });
      return { code: `export default ${words};`, moduleType: 'js' };
    },
  };
}
