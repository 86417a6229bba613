/** The formats of settings files. */
import { isDeepStrictEqual } from 'node:util';
import { told } from '../sayings.ts';
import {
  SettingsSyntaxError,
  type FileFormat,
  type RawEdit,
  type TextEdit,
  type TextFormat,
} from '../tool.ts';
import { dotenv } from './dotenv.ts';
import { json } from './json.ts';
import { toml } from './toml.ts';
import { edited, sameValue, type ValueEdit } from './values.ts';
import { yaml } from './yaml.ts';

/** Refuses a text that says anything else after its edits than they ask for. */
export function checked(format: TextFormat, same: (left: unknown, right: unknown) => boolean): TextFormat {
  return {
    // Plain objects, whatever the parser makes.
    get: (text, path) => structuredClone(format.get(text, path)),
    raw: (text, path) => format.raw(text, path),
    apply: (text, edits) => {
      // What is wrong with the text itself is told as such.
      const before = structuredClone(format.get(text ?? '', []));
      const { after, value, asked } = ownFault(() => {
        const done = format.apply(text, edits);
        const said = structuredClone(format.get(done, []));
        return { after: done, value: said, asked: edits.map((edit) => asValue(format, done, edit)) };
      });
      if (!same(value, asked.reduce<unknown>(edited, before))) throw notChangeable();
      return after;
    },
  };
}

/** A fault that comes of an edit alone is ours, but for what the file cannot take. */
function ownFault<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    const own = error instanceof SettingsSyntaxError && !['no-group', 'twice'].includes(error.reason.code);
    throw own ? notChangeable() : error;
  }
}

const notChangeable = (): SettingsSyntaxError => new SettingsSyntaxError(told('not-changeable'), 1, 1);

function asValue(format: TextFormat, after: string, edit: TextEdit | RawEdit): ValueEdit {
  return 'raw' in edit ? { path: edit.path, value: structuredClone(format.get(after, edit.path)) } : edit;
}

export const FORMATS: Readonly<Record<FileFormat, TextFormat>> = {
  json: checked(json, isDeepStrictEqual),
  toml: checked(toml, sameValue),
  yaml: checked(yaml, sameValue),
  dotenv: checked(dotenv, sameValue),
};
