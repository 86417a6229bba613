/** TOML, changed as text: values in their place, new keys with their table, new tables at the end. */
import { parse, TomlError } from 'smol-toml';
import { told } from '../sayings.ts';
import {
  SettingsSyntaxError,
  type RawEdit,
  type SettingPath,
  type TextEdit,
  type TextFormat,
} from '../tool.ts';
import { insertion, written } from './toml-edits.ts';
import { removal } from './toml-removal.ts';
import { same, scanToml } from './toml-scan.ts';
import { notContainer, splice, unmarked } from './text.ts';
import { isMembers } from './values.ts';

export const toml: TextFormat = {
  get: (text, path) => {
    const { body } = unmarked(text);
    return walked(body, names(body, path));
  },
  raw: (text, path) => {
    const { body } = unmarked(text);
    if (walked(body, names(body, path)) === undefined) return undefined;
    const pair = scanToml(body).pairs.find((each) => same(each.path, names(body, path)));
    return pair === undefined ? undefined : body.slice(pair.start, pair.end);
  },
  apply: (text, edits) => {
    const { mark, body } = unmarked(text ?? '');
    return mark + edits.reduce(applied, body);
  },
};

function applied(body: string, edit: TextEdit | RawEdit): string {
  const path = names(body, edit.path);
  const present = walked(body, path);
  const statements = scanToml(body);
  const taken = !('raw' in edit) && edit.value === undefined;
  if (taken) {
    const left = present === undefined ? body : splice(body, removal(body, statements, path));
    // The line end before a table goes with it where it stood at an end without one.
    return body.endsWith('\n') ? left : left.replace(/\r?\n$/, '');
  }
  const pair = statements.pairs.find((each) => same(each.path, path));
  const old = pair === undefined ? '' : body.slice(pair.start, pair.end);
  const text = 'raw' in edit ? edit.raw : written(edit.value ?? null, old);
  if (pair !== undefined) return splice(body, [{ start: pair.start, end: pair.end, text }]);
  if (present !== undefined) {
    const header = statements.headers.find((each) => same(each.path, path));
    throw notContainer(body, header?.start ?? 0, path);
  }
  return splice(body, [insertion(body, statements, path, text)]);
}

/** @returns undefined where a path leads nowhere @throws SettingsSyntaxError where it leads through a single value */
function walked(body: string, path: readonly string[]): unknown {
  let value: unknown = parsed(body);
  for (const [depth, name] of path.entries()) {
    if (value === undefined) return undefined;
    const outer = path.slice(0, depth);
    if (!isMembers(value) || value instanceof Date) {
      const { pairs, headers } = scanToml(body);
      const start =
        pairs.find((each) => same(each.path, outer))?.keyStart ??
        headers.find((each) => same(each.path, outer))?.start;
      throw notContainer(body, start ?? 0, outer);
    }
    value = Object.hasOwn(value, name) ? value[name] : undefined;
  }
  return value;
}

function parsed(body: string): unknown {
  try {
    return parse(body, { integersAsBigInt: 'asNeeded' });
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const [first = ''] = error.message.split('\n');
    const reason = first.replace(/^Invalid TOML document: /, '');
    throw new SettingsSyntaxError(told('parser', { message: `${reason}.` }), error.line, error.column);
  }
}

function names(body: string, path: SettingPath): readonly string[] {
  return path.map((step, depth) => {
    if (typeof step === 'string') return step;
    throw notContainer(body, 0, path.slice(0, depth));
  });
}
