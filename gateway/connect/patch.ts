/**
 * Patches one file of settings and takes the patch back. Where nobody touched the text since, the way back is the
 * original byte by byte; else exactly what was written goes, where it still says what was written, and the rest stays.
 */
import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { settingValue } from './formats/values.ts';
import { standsIn } from './state.ts';
import type { PatchUndo, RawEdit, SettingPath, TextEdit, TextFormat, WrittenSetting } from './tool.ts';

/**
 * @param text undefined where there is no file yet
 * @param previous undo of the last patch of this file; what the new undo takes back includes it
 * @throws SettingsSyntaxError
 */
export function patch(
  format: TextFormat,
  text: string | undefined,
  edits: readonly TextEdit[],
  previous?: PatchUndo,
): { readonly text: string; readonly undo: PatchUndo } {
  const original = previous === undefined || text === undefined ? text : unpatch(format, text, previous);
  const wanted = edits.filter(({ path, value }) => !isDeepStrictEqual(valueAt(format, text, path), value));
  const after = wanted.length === 0 ? (text ?? '') : format.apply(text, wanted);
  const wrote = [
    ...(previous?.wrote ?? []).filter(
      ({ path }) => !edits.some((edit) => isDeepStrictEqual(edit.path, path)),
    ),
    ...edits.map(({ path, value, restless }) => ({
      path,
      ...(value === undefined ? {} : { value }),
      ...(restless === undefined ? {} : { restless }),
    })),
  ];
  return { text: after, undo: { after: hash(after), original: original ?? null, wrote } };
}

/** @returns undefined where the file goes @throws SettingsSyntaxError */
export function unpatch(format: TextFormat, text: string, undo: PatchUndo): string | undefined {
  if (hash(text) === undo.after) return undo.original ?? undefined;
  const original = undo.original ?? undefined;
  const ours = undo.wrote.filter(
    (one) =>
      standsIn(format, text)(one) && !isDeepStrictEqual(valueAt(format, original, one.path), one.value),
  );
  const edits = ours.flatMap(({ path }) => backEdits(format, text, original, path, ours));
  const unique = edits.filter(
    (edit, at) => edits.findIndex((other) => isDeepStrictEqual(other, edit)) === at,
  );
  const taken = format.apply(text, unique);
  const tidy = format.apply(taken, emptied(format, taken, original, unique));
  return original === undefined && isBare(format, tidy) ? undefined : tidy;
}

/** The old value as it was written, or out with the containers that only we brought in. */
function backEdits(
  format: TextFormat,
  text: string,
  original: string | undefined,
  path: SettingPath,
  ours: readonly WrittenSetting[],
): readonly (TextEdit | RawEdit)[] {
  const before = valueAt(format, original, path);
  if (before !== undefined) {
    const raw = original === undefined ? undefined : format.raw(original, path);
    const back: TextEdit = { path, value: settingValue(before) };
    return raw === undefined
      ? [back]
      : [...(format.get(text, path) === undefined ? [back] : []), { path, raw }];
  }
  const depth = path.findIndex((_, at) => {
    const outer = path.slice(0, at + 1);
    return valueAt(format, original, outer) === undefined && holdsOnly(format, text, outer, ours);
  });
  return [{ path: depth === -1 ? path : path.slice(0, depth + 1), value: undefined }];
}

/** Whether everything below `outer` was written by us. */
function holdsOnly(
  format: TextFormat,
  text: string,
  outer: SettingPath,
  ours: readonly WrittenSetting[],
): boolean {
  const written = ours.filter(({ path }) => isDeepStrictEqual(path.slice(0, outer.length), outer));
  const last = outer.at(-1);
  // The member by which an entry of a list is found comes with the entry.
  const named: readonly SettingPath[] = last === undefined || typeof last === 'string' ? [] : [[last.key]];
  return leavesOnly(format.get(text, outer), [
    ...named,
    ...written.map(({ path }) => path.slice(outer.length)),
  ]);
}

function leavesOnly(value: unknown, paths: readonly SettingPath[]): boolean {
  if (paths.some((path) => path.length === 0)) return true;
  if (typeof value !== 'object' || value === null) return false;
  const steps = paths.flatMap((path) => path.slice(0, 1));
  const list = Array.isArray(value);
  return Object.entries(value).every(([name, member]) => {
    const step = steps.find((each) =>
      typeof each === 'string' ? !list && each === name : has(member, each),
    );
    if (step === undefined) return false;
    const below = paths.filter((path) => isDeepStrictEqual(path[0], step)).map((path) => path.slice(1));
    const named = typeof step === 'string' ? below : [...below, [step.key]];
    return leavesOnly(member, named);
  });
}

const has = (member: unknown, step: { readonly key: string; readonly is: string }): boolean =>
  typeof member === 'object' &&
  member !== null &&
  Object.entries(member).some(([key, value]) => key === step.key && value === step.is);

/** Containers that were empty before and are again get their old form: `{ }`, `null`, or nothing at all. */
function emptied(
  format: TextFormat,
  text: string,
  original: string | undefined,
  edits: readonly (TextEdit | RawEdit)[],
): readonly RawEdit[] {
  if (original === undefined) return [];
  return edits.flatMap(({ path }) => {
    const outer = path.slice(0, -1);
    const [before, after] = [format.get(original, outer), format.get(text, outer)];
    if (!isNothing(before) || !isNothing(after)) return [];
    // What is null for want of a value is written as nothing.
    const raw = format.raw(original, outer) ?? (before === null ? '' : undefined);
    const now = format.raw(text, outer) ?? (after === null ? '' : undefined);
    // A comment that somebody wrote there stays.
    if (raw === undefined || now === undefined || !/^(?:[\s{}[\]]*|null|~)$/i.test(now)) return [];
    return raw === now ? [] : [{ path: outer, raw }];
  });
}

const isNothing = (value: unknown): boolean => value === null || isEmpty(value);

const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0;

/** Whether nothing is left worth a file: no value and no comment. */
function isBare(format: TextFormat, text: string): boolean {
  const value = format.get(text, []);
  return (value === null || value === undefined || isEmpty(value)) && /^[\s{}\uFEFF]*$/.test(text);
}

const valueAt = (format: TextFormat, text: string | undefined, path: SettingPath): unknown =>
  text === undefined ? undefined : format.get(text, path);

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
