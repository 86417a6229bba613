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
      const after = format.apply(text, edits);
      const asked = edits.map((edit) => asValue(format, after, edit));
      const wanted = asked.reduce<unknown>(edited, structuredClone(format.get(text ?? '', [])));
      if (!same(structuredClone(format.get(after, [])), wanted)) {
        throw new SettingsSyntaxError(told('not-changeable'), 1, 1);
      }
      return after;
    },
  };
}

function asValue(format: TextFormat, after: string, edit: TextEdit | RawEdit): ValueEdit {
  return 'raw' in edit ? { path: edit.path, value: structuredClone(format.get(after, edit.path)) } : edit;
}

export const FORMATS: Readonly<Record<FileFormat, TextFormat>> = {
  json: checked(json, isDeepStrictEqual),
  toml: checked(toml, sameValue),
  yaml: checked(yaml, sameValue),
  dotenv: checked(dotenv, sameValue),
};
