/** The same edits on plain values: by them a changed text is judged. */
import { isDeepStrictEqual } from 'node:util';
import type { PathStep, SettingEditValue, SettingPath } from '../tool.ts';

type Members = Readonly<Record<string, unknown>>;

export const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A value wrapped in what leads to it: `nest(['env', 'A'], 1)` is `{ env: { A: 1 } }`. */
export function nest(path: SettingPath, value: SettingEditValue): SettingEditValue {
  return path.reduceRight<SettingEditValue>(
    (inner, step) => (typeof step === 'string' ? { [step]: inner } : [entry(step, inner)]),
    value,
  );
}

/** A new entry of a list: the member by which it is found comes first. */
export function entry(step: Exclude<PathStep, string>, inner: SettingEditValue): SettingEditValue {
  return isMembers(inner) ? { [step.key]: step.is, ...inner } : { [step.key]: step.is };
}

/** An edit as it is judged: its value may be one that only a parser makes. */
export interface ValueEdit {
  readonly path: SettingPath;
  readonly value: unknown;
}

/** @param value of the whole text @returns the whole with one edit made */
export function edited(value: unknown, { path, value: wanted }: ValueEdit): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return wanted;
  const inner: ValueEdit = { path: rest, value: wanted };
  if (typeof step === 'string') return editedMember(isMembers(value) ? value : {}, step, inner, value);
  const list: readonly unknown[] = Array.isArray(value) ? value : [];
  const index = list.findIndex((item) => isMembers(item) && item[step.key] === step.is);
  const old = index === -1 ? { [step.key]: step.is } : list[index];
  if (index === -1 && wanted === undefined) return value;
  const now = edited(old, inner);
  if (now === undefined) return list.toSpliced(index, 1);
  return index === -1 ? [...list, now] : list.with(index, now);
}

function editedMember(members: Members, name: string, inner: ValueEdit, whole: unknown): unknown {
  if (inner.value === undefined && !Object.hasOwn(members, name)) return whole;
  const now = edited(members[name], inner);
  const others = Object.fromEntries(Object.entries(members).filter(([key]) => key !== name));
  return now === undefined ? others : { ...others, [name]: now };
}

/** Equal but for groups without a member and `null`, which most formats cannot tell from nothing at all. */
export const sameValue = (left: unknown, right: unknown): boolean =>
  isDeepStrictEqual(plain(left), plain(right));

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? null : value.map(plain);
  if (!isMembers(value)) return value ?? null;
  if (value instanceof Date) return `date ${value.getTime()}`;
  const members = Object.entries(value)
    .map(([name, member]) => [name, plain(member)] as const)
    .filter(([, member]) => member !== null);
  return members.length === 0 ? null : Object.fromEntries(members);
}

/** A value that was read, as one that can be written; dates and the like are compared as text. */
export function settingValue(value: unknown): SettingEditValue {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map(settingValue);
  if (value instanceof Date) return value.toISOString();
  if (!isMembers(value)) return null;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, settingValue(member)]));
}
