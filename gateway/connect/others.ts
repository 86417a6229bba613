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

export interface Led {
  readonly address: string;
  /** Whether its name or a key of its making shows it; `local` for a key, others may have chosen too. */
  readonly sure: boolean;
}

/** As tools get them from a Switchyard. */
const MADE_KEY = /^sy-[\w-]+$/;
/** Where none is asked for. */
const ANY_KEY = 'local';

/** @returns the Switchyard on this machine that files lead to, as far as that shows */
export function switchyardIn(definition: Reader, files: readonly LedFile[]): Led | null {
  const { address, key } = readingOf(definition, files);
  if (address === null || !isOnThisMachine(address)) return null;
  const named = files.some(({ format, text, wrote }) =>
    wrote.some(({ path }) => path.some(isNamed) && valueAt(format, text, path) === address),
  );
  // Who has it by hand may have the key elsewhere; Zed always has.
  const keyless = files.every(({ wrote }) => !wrote.some(({ value }) => isKey(value)));
  const sure = MADE_KEY.test(key ?? '') || (named && (key !== null || keyless));
  return sure || isKey(key) ? { address, sure } : null;
}

const isKey = (value: unknown): boolean =>
  typeof value === 'string' && (value === ANY_KEY || MADE_KEY.test(value));

/**
 * @returns the same, where it is neither what was written nor the gateway at `ours`. With the very key that was written
 * another address was set by hand: no other Switchyard has that key.
 */
export function otherSwitchyardIn(definition: Reader, files: readonly LedFile[], ours: string): Led | null {
  const led = switchyardIn(definition, files);
  if (led === null || isOurs(led.address, ours)) return null;
  const stands = files.some(({ wrote }) =>
    wrote.some(({ value }) => typeof value === 'string' && isOurs(led.address, value)),
  );
  const { key } = readingOf(definition, files);
  const keyStands =
    MADE_KEY.test(key ?? '') && files.some(({ wrote }) => wrote.some(({ value }) => value === key));
  return stands || keyStands ? null : led;
}

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
function readingOf({ read }: Reader, files: readonly LedFile[]): Pick<ToolReading, 'address' | 'key'> {
  try {
    return read(Object.fromEntries(files.map(({ name, text }) => [name, text])));
  } catch {
    return { address: null, key: null };
  }
}
