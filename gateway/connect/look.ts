/** What there is of a tool on this machine: its files, what they say, and what of them the gateway wrote. */
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import type { ToolState } from '../../contract/rpc/procedures/connect.ts';
import { checkRefused } from './formats/json.ts';
import { FileProblem, type Files, type FoundFile } from './files.ts';
import type { ToolRecord, WrittenFile } from './manifest.ts';
import { candidatesOf, pathsOf, programPaths, shownPath, type Around } from './place.ts';
import { told } from './sayings.ts';
import { compareWritten, toolState } from './state.ts';
import {
  SettingsSyntaxError,
  type FileFormat,
  type PatchUndo,
  type TextFormat,
  type ToolDefinition,
  type ToolFile,
  type ToolReading,
  type ToolTexts,
} from './tool.ts';

export interface LookPorts {
  readonly files: Files;
  readonly around: Around;
  readonly formats: Readonly<Record<FileFormat, TextFormat>>;
  readonly hash: (text: string) => string;
  /** Whether anybody listens at an address of this machine. */
  readonly listens: (address: string) => Promise<boolean>;
  /** Whether a key lets somebody in here. */
  readonly knowsKey: (key: string) => boolean;
}

export interface LookedFile {
  readonly file: ToolFile;
  readonly found: FoundFile;
  readonly written: WrittenFile | undefined;
}

export interface Look {
  readonly definition: ToolDefinition;
  readonly files: readonly LookedFile[];
  readonly texts: ToolTexts;
  readonly reading: ToolReading | null;
  /** Why its files cannot be read or understood: as data, and as one text. */
  readonly problems: readonly Told[];
  readonly problem: string | null;
  readonly drift: readonly string[];
  readonly record: ToolRecord | undefined;
  readonly state: (address: string) => ToolState;
}

export async function lookAt(
  definition: ToolDefinition,
  record: ToolRecord | undefined,
  ports: LookPorts,
): Promise<Look> {
  const problems: Told[] = [];
  const files: LookedFile[] = [];
  for (const file of definition.files) {
    const path = await pathOf(file, ports);
    if (path === undefined) continue;
    const found = await ports.files.read(path).catch((error: unknown): FoundFile => {
      if (!(error instanceof FileProblem)) throw error;
      problems.push(error.told);
      return { path, target: null, text: undefined };
    });
    files.push({ file, found, written: record?.files.find((one) => one.path === path) });
  }
  const texts = Object.fromEntries(files.map(({ file, found }) => [file.name, found.text]));
  const understood = understand(definition, files, texts, ports);
  problems.push(...understood.problems);
  const problem = problems.length === 0 ? null : problems.map(({ text }) => text).join(' ');
  const found =
    problems.length > 0 ||
    files.some((one) => one.found.text !== undefined) ||
    (await isInstalled(definition, ports));
  const { reading, kept, drift } = understood;
  return {
    definition,
    files,
    texts,
    reading,
    problems,
    problem,
    drift,
    record,
    state: (address) => toolState({ definition, found, problem, reading, kept, drift }, address),
  };
}

/** The first place where there is a file, else the first there could be. */
async function pathOf({ places }: ToolFile, { files, around }: LookPorts): Promise<string | undefined> {
  const paths = candidatesOf(places, around);
  for (const path of paths) if (await files.exists(path)) return path;
  return paths[0];
}

async function isInstalled(
  { programs, folders }: ToolDefinition,
  { files, around }: LookPorts,
): Promise<boolean> {
  for (const path of pathsOf(folders, around)) if (await files.exists(path)) return true;
  for (const path of programs.flatMap((name) => programPaths(name, around))) {
    if (await files.isProgram(path)) return true;
  }
  return false;
}

interface Understood {
  readonly reading: ToolReading | null;
  readonly kept: readonly string[];
  readonly drift: readonly string[];
  readonly problems: readonly Told[];
}

function understand(
  definition: ToolDefinition,
  files: readonly LookedFile[],
  texts: ToolTexts,
  ports: LookPorts,
): Understood {
  const problems = files.flatMap(({ file, found }) => {
    const { text } = found;
    return text === undefined
      ? []
      : faultOf(found.path, ports, () => {
          ports.formats[file.format].get(text, []);
          if (file.refuses !== undefined) checkRefused(text, file.refuses);
        });
  });
  if (problems.length > 0) return { reading: null, kept: [], drift: [], problems };
  let reading: ToolReading | null = null;
  const faults = faultOf(files[0]?.found.path ?? '', ports, () => {
    reading = definition.read(texts);
  });
  if (faults.length > 0) return { reading: null, kept: [], drift: [], problems: faults };
  const compared = files.flatMap(({ file, found, written }) => {
    if (written === undefined) return [];
    const undo = undoInForce(written, found.text, ports);
    return undo === null ? [] : [compareWritten(ports.formats[file.format], found.text ?? '', undo)];
  });
  return {
    reading,
    kept: compared.flatMap(({ kept }) => kept),
    drift: compared.flatMap(({ drift }) => drift),
    problems: [],
  };
}

function faultOf(path: string, { around }: LookPorts, act: () => unknown): readonly Told[] {
  try {
    act();
    return [];
  } catch (error) {
    return [faultTold(error, shownPath(path, around))];
  }
}

/** What is wrong with a file, with the line where that is known. */
export function faultTold(error: unknown, path: string): Told {
  if (error instanceof SettingsSyntaxError) return told('syntax', { path, line: error.line }, error.reason);
  return told('unusable', { path, message: error instanceof Error ? error.message : String(error) });
}

/**
 * The way back that belongs to a text: of a writing that was under way when the process was killed, the file holds
 * either what was to be written or what was there before. Null where nothing of ours is in it.
 */
export function undoInForce(
  { undo, earlier }: WrittenFile,
  text: string | undefined,
  { hash }: Pick<LookPorts, 'hash'>,
): PatchUndo | null {
  if (text === undefined) return null;
  const now = hash(text);
  if (now === undo.after) return undo;
  if (text === undo.original) return null;
  return earlier !== null && now === earlier.after ? earlier : undo;
}
