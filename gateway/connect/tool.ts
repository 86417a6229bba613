/** What a tool is to this folder: where its settings lie, how they are read, and how they are changed as text. */
import type { ConnectSaying, Told } from '../../contract/rpc/connect-sayings.ts';
import type { ToolId, ToolView } from '../../contract/rpc/procedures/connect.ts';

/** Texts of a tool's files by the name of the file in its definition; undefined where there is none. */
export type ToolTexts = Readonly<Record<string, string | undefined>>;

/** What a tool is told. */
export interface Wiring {
  /** Base address of the gateway, without `/v1`. */
  readonly address: string;
  /** What it brings as its key; tools that insist on one get `local` where the gateway asks for none. */
  readonly key: string;
  /** Slot to model. */
  readonly models: Readonly<Record<string, string>>;
}

/** What a tool's files say now. */
export interface ToolReading {
  /** Address it is led to; null where it is left to the tool's own default. */
  readonly address: string | null;
  /** Key it brings; never shown. */
  readonly key: string | null;
  readonly models: Readonly<Record<string, string | null>>;
}

/**
 * One value in a file of settings: where it stands and what it says. A list of these is all that the gateway ever
 * writes; whatever is not named in it stays byte by byte.
 */
export interface SettingEdit extends TextEdit {
  /** Name of the file in the tool's definition. */
  readonly file: string;
}
/** A member by its name, or the entry of a list whose member `key` says `is`. */
export type PathStep = string | { readonly key: string; readonly is: string };
export type SettingPath = readonly PathStep[];
export interface TextEdit {
  readonly path: SettingPath;
  /** Undefined takes it out, and nothing around it; what is around it goes with `unpatch`. */
  readonly value: SettingEditValue | undefined;
  /** The tool itself writes it anew when it runs: whatever it says then is still what was written. */
  readonly restless?: true;
}
export type SettingEditValue =
  | string
  | number
  | boolean
  | null
  | readonly SettingEditValue[]
  | { readonly [name: string]: SettingEditValue };

export type FileFormat = 'json' | 'toml' | 'yaml' | 'dotenv';

/** A file as a path below the home folder or a folder that a variable names. */
export interface ToolFile {
  readonly name: string;
  readonly format: FileFormat;
  /**
   * In order; the first that exists is used, else the first. Where a variable is set that names a folder, what lies
   * elsewhere is none. Parts are joined by the file module.
   */
  readonly places: readonly FilePlace[];
  /** What the tool's own reader refuses although the format has room for it: it drops the whole file then. */
  readonly refuses?: readonly Refused[];
}
export type Refused = 'comments' | 'trailing-commas';
export interface FilePlace {
  /** Variable that names the folder (`CODEX_HOME`); null: the home folder. */
  readonly variable: string | null;
  /** Below that folder: `['.codex', 'config.toml']`. */
  readonly path: readonly string[];
  /** Systems on which it lies there; absent: all. */
  readonly platforms?: readonly NodeJS.Platform[];
}

export interface ToolDefinition {
  readonly id: ToolId;
  readonly name: string;
  readonly kind: ToolView['kind'];
  readonly dialect: ToolView['dialect'];
  /** Empty: it is set up by hand. */
  readonly files: readonly ToolFile[];
  /** Programs by which it is known to be installed, as a PATH has them. */
  readonly programs: readonly string[];
  /** Folders by which it is known to be there even without a file of settings. */
  readonly folders: readonly FilePlace[];
  readonly slots: readonly { readonly id: string; readonly required: boolean }[];
  /** Variables of the environment that win over its files. */
  readonly variables: readonly string[];
  /** Beginnings of the program names by which its requests are known in the log. */
  readonly apps: readonly string[];
  /** What a person still has to do; said before connecting. */
  readonly notes?: readonly ConnectSaying[];
  /** Why it cannot be connected; null where it can. */
  readonly unreachable: ConnectSaying | null;
  /** @throws SettingsSyntaxError where a text cannot be understood */
  read(texts: ToolTexts): ToolReading;
  /** The values that connect it; pure. */
  edits(wiring: Wiring, texts: ToolTexts): readonly SettingEdit[];
}

/** A file of settings that cannot be understood, and where. */
export class SettingsSyntaxError extends Error {
  /** Counted from 1. */
  readonly line: number;
  readonly column: number;

  readonly reason: Told;

  constructor(reason: Told, line: number, column: number) {
    super(reason.text);
    this.name = 'SettingsSyntaxError';
    this.reason = reason;
    this.line = line;
    this.column = column;
  }
}

/**
 * A text with edits in place; implemented for each format in `formats/<format>.ts` and chosen in `formats/index.ts`.
 * Comments, order, indentation, line ends, a byte order mark and a missing last line end stay.
 */
export interface TextFormat {
  /** The value at a path, the whole for none; undefined where there is none. @throws SettingsSyntaxError */
  get(text: string, path: SettingPath): unknown;
  /** The value at a path as it is written; undefined where there is none or it is not in one piece. */
  raw(text: string, path: SettingPath): string | undefined;
  /**
   * @param text undefined where there is no file yet
   * @throws SettingsSyntaxError for broken syntax, two settings of one name, or a single value where several belong
   */
  apply(text: string | undefined, edits: readonly (TextEdit | RawEdit)[]): string;
}
/** Puts back a value as it was written before. */
export interface RawEdit {
  readonly path: SettingPath;
  readonly raw: string;
}

/** What it takes to take a patch of one file back: plain JSON, kept by `manifest.ts`. It holds the user's secrets. */
export interface PatchUndo {
  /** SHA-256 of the text as it was written, hexadecimal. */
  readonly after: string;
  /** The text as it would be without us; null where there would be no file. */
  readonly original: string | null;
  readonly wrote: readonly WrittenSetting[];
}
export interface WrittenSetting {
  readonly path: SettingPath;
  /** Absent where it was taken out. */
  readonly value?: SettingEditValue;
  readonly restless?: true;
}
