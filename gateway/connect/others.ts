/**
 * Several Switchyards on one home folder. Who connects a tool last has it: another does not take out what that one needs,
 * and nothing leads back to one that is over. Pure.
 */
import { isDeepStrictEqual } from 'node:util';
import { isMembers, settingValue } from './formats/values.ts';
import { unpatch } from './patch.ts';
import { isOurs, isOnThisMachine } from './state.ts';
import type {
  PathStep,
  PatchUndo,
  SettingPath,
  TextEdit,
  TextFormat,
  ToolDefinition,
  ToolReading,
  WrittenSetting,
} from './tool.ts';

/** One file of a tool: what it says, and what the gateway wrote into it. */
export interface LedFile {
  readonly name: string;
  readonly format: TextFormat;
  readonly text: string | undefined;
  readonly wrote: PatchUndo['wrote'];
}
type Reader = Pick<ToolDefinition, 'read'>;
type Pointer = Pick<ToolReading, 'address' | 'key'>;

/** The gateway that asks. */
export interface Ours {
  readonly address: string;
  /** Whether a key lets somebody in here. */
  readonly knowsKey: (key: string) => boolean;
}

export interface Led {
  readonly address: string;
  /** Null where it is kept elsewhere. */
  readonly key: string | null;
  /** Whether its name or a key of its making shows it; `local` for a key, others may have chosen too. */
  readonly sure: boolean;
}

/** As tools get them from a Switchyard. */
const MADE_KEY = /^sy-[\w-]+$/;
/** Where none is asked for. */
export const ANY_KEY = 'local';

/** @returns the Switchyard on this machine that files lead to, as far as that shows */
export const switchyardIn = (definition: Reader, files: readonly LedFile[]): Led | null =>
  switchyardAt(readingOf(definition, files), files);

function switchyardAt({ address, key }: Pointer, files: readonly LedFile[]): Led | null {
  if (address === null || !isOnThisMachine(address)) return null;
  const named = files.some(({ format, text, wrote }) =>
    wrote.some(({ path }) => path.some(isNamed) && valueAt(format, text, path) === address),
  );
  // Who has it by hand may have the key elsewhere; Zed always has.
  const keyless = files.every(({ wrote }) => !wrote.some(({ value }) => isKey(value)));
  const sure = isMade(key) || (named && (key !== null || keyless));
  return sure || isKey(key) ? { address, key, sure } : null;
}

const isMade = (key: unknown): boolean => typeof key === 'string' && MADE_KEY.test(key);
const isKey = (value: unknown): boolean => value === ANY_KEY || isMade(value);

/** @returns the one that files lead to and that is not the gateway that asks, nor what that wrote */
export const otherSwitchyardIn = (definition: Reader, files: readonly LedFile[], ours: Ours): Led | null =>
  otherAt(readingOf(definition, files), files, ours);

/** @returns the same of one that took the place of what was written, whatever the tool is led to by now */
export const otherSwitchyardInPlace = (files: readonly LedFile[], ours: Ours): Led | null =>
  otherAt({ address: inPlaceOf(isAddress, files), key: inPlaceOf(isKey, files) }, files, ours);

function otherAt(pointer: Pointer, files: readonly LedFile[], ours: Ours): Led | null {
  const { address, key } = pointer;
  const wrote = (is: (value: unknown) => boolean): boolean =>
    files.some((file) => file.wrote.some(({ value }) => is(value)));
  // No other Switchyard has a key that was written or is known here: with one, the address was set by hand.
  if (address !== null && key !== null && isMade(key)) {
    const own = ours.knowsKey(key) || wrote((value) => value === key);
    return own ? null : { address, key, sure: isOnThisMachine(address) };
  }
  const led = switchyardAt(pointer, files);
  if (led === null || isOurs(led.address, ours.address)) return null;
  return wrote((value) => typeof value === 'string' && isOurs(led.address, value)) ? null : led;
}

/** @returns the text that stands by now where one of a kind was written; null where there is none */
function inPlaceOf(kind: (value: unknown) => boolean, files: readonly LedFile[]): string | null {
  const values = files.flatMap(({ format, text, wrote }) =>
    wrote.filter(({ value }) => kind(value)).map(({ path }) => valueAt(format, text, path)),
  );
  return values.find((value) => typeof value === 'string') ?? null;
}

const isAddress = (value: unknown): boolean => typeof value === 'string' && /^https?:\/\//.test(value);

/** The way back of one who takes the place again that another took: what is overwritten counts as its own. */
export function claimed(
  format: TextFormat,
  text: string,
  undo: PatchUndo,
  edits: readonly TextEdit[],
): PatchUndo {
  const now = standingAt(format, text, edits);
  const others = undo.wrote.filter(({ path }) => !now.some((one) => isDeepStrictEqual(one.path, path)));
  return { ...undo, wrote: [...others, ...now] };
}

/**
 * The way back, but without what a Switchyard that is over wrote where this one wrote after it; what has its name goes
 * whole.
 */
export function withoutSwitchyard(format: TextFormat, undo: PatchUndo): PatchUndo {
  const { original, wrote } = undo;
  if (original === null) return undo;
  const theirs = standingAt(
    format,
    original,
    wrote.map(({ path }) => ({ path: path.slice(0, nameAt(path) + 1) })),
  );
  const besides = theirs
    .filter(({ path }) => path.some(isNamed))
    .flatMap(membersOf)
    .filter(({ path }) => !wrote.some((one) => isDeepStrictEqual(one.path, path)));
  const without = unpatch(format, original, { after: '', original: null, wrote: theirs });
  return { ...undo, original: without ?? null, wrote: [...wrote, ...besides] };
}

/** But for the one by which an entry of a list is found. */
function membersOf({ path, value }: WrittenSetting): readonly WrittenSetting[] {
  const last = path.at(-1);
  const key = typeof last === 'object' ? last.key : undefined;
  return isMembers(value)
    ? Object.entries(value).flatMap(([name, member]) =>
        name === key ? [] : [{ path: [...path, name], value: settingValue(member) }],
      )
    : [];
}

/** Values at places as if they had been written by us. */
const standingAt = (
  format: TextFormat,
  text: string,
  places: readonly Pick<WrittenSetting, 'path'>[],
): readonly WrittenSetting[] =>
  places.flatMap(({ path }) => {
    const value = format.get(text, path);
    return value === undefined ? [] : [{ path, value: settingValue(value) }];
  });

const isNamed = (step: PathStep): boolean => /^switchyard\b/i.test(typeof step === 'string' ? step : step.is);

/** Where in a path the name stands, else its end. */
function nameAt(path: SettingPath): number {
  const at = path.findIndex(isNamed);
  return at === -1 ? path.length : at;
}

const valueAt = (format: TextFormat, text: string | undefined, path: SettingPath): unknown =>
  text === undefined ? undefined : format.get(text, path);

/** What cannot be understood leads nowhere. */
function readingOf({ read }: Reader, files: readonly LedFile[]): Pointer {
  try {
    return read(Object.fromEntries(files.map(({ name, text }) => [name, text])));
  } catch {
    return { address: null, key: null };
  }
}
