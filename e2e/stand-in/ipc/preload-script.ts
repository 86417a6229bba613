/** The text that runs in every document before its own scripts. */
import { readFileSync } from 'node:fs';
import { Script } from 'node:vm';
import { preloadWorld, type PreloadNames } from './preload-world.ts';

/**
 * @param file the preload script; undefined where a window has none
 * @throws SyntaxError where it is no CommonJS script, as Electron's sandbox cannot load it either
 */
export function preloadScript(file: string | undefined, names: PreloadNames): string {
  const { chrome, electron, node } = process.versions;
  const options = { ...names, platform: process.platform, versions: { chrome, electron, node } };
  const wrapped =
    file === undefined
      ? 'null'
      : `function (require, module, exports, process) {\n${readFileSync(file, 'utf8')}\n}`;
  const text = `(${preloadWorld.toString()})(${JSON.stringify(options)}, ${wrapped});`;
  // Reads it, runs nothing.
  new Script(text, { filename: file ?? 'no-preload' });
  return text;
}
