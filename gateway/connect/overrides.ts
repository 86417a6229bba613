/** Variables that win over a tool's files, and where they are set. */
import { join } from 'node:path';
import type { Files } from './files.ts';
import { candidatesOf, sessionFolder, startFilePaths, type Around } from './place.ts';
import { linesThatSet, type StartFileKind } from './start-files.ts';
import type { ToolFile } from './tool.ts';

export interface StartFile {
  readonly path: string;
  readonly kind: StartFileKind;
  readonly text: string;
}

export interface Override {
  readonly variable: string;
  readonly value: string;
  /** Null where only the gateway's own environment shows it. */
  readonly file: string | null;
  readonly line: number;
}

/** Those that can be read; the others are passed over. */
export async function startFilesOf({
  files,
  around,
}: {
  readonly files: Files;
  readonly around: Around;
}): Promise<readonly StartFile[]> {
  const folder = sessionFolder(around);
  const sessions = around.platform === 'win32' ? [] : await files.names(folder);
  const places: readonly Omit<StartFile, 'text'>[] = [
    ...startFilePaths(around).map((path) => ({
      path,
      kind: path.endsWith('.fish') ? ('fish' as const) : ('sh' as const),
    })),
    ...sessions
      .filter((name) => name.endsWith('.conf'))
      .map((name) => ({ path: join(folder, name), kind: 'session' as const })),
  ];
  const read = await Promise.all(
    places.map(async (place) => {
      const { text } = await files.read(place.path).catch(() => ({ text: undefined }));
      return text === undefined ? [] : [{ ...place, text }];
    }),
  );
  return read.flat();
}

export function overridesOf(
  variables: readonly string[],
  starts: readonly StartFile[],
  { environment }: Pick<Around, 'environment'>,
): readonly Override[] {
  const lines = starts.flatMap(({ path, kind, text }) =>
    linesThatSet(text, kind, variables).map(({ variable, value, line }) => ({
      variable,
      value,
      file: path,
      line,
    })),
  );
  const bare = variables.flatMap((variable) => {
    const value = environment[variable] ?? '';
    const told = value === '' || lines.some((line) => line.variable === variable);
    return told ? [] : [{ variable, value, file: null, line: 0 }];
  });
  return [...lines, ...bare];
}

/** Variables of start files by which a tool reads its settings in another folder than the one that the gateway sees. */
export function ledElsewhere(
  toolFiles: readonly Pick<ToolFile, 'places'>[],
  starts: readonly StartFile[],
  around: Around,
): readonly Override[] {
  const variables = toolFiles.flatMap(({ places }) =>
    places.flatMap(({ variable }) => (variable === null ? [] : [variable])),
  );
  return starts.flatMap(({ path, kind, text }) =>
    linesThatSet(text, kind, variables).flatMap(({ variable, value: written, line }) => {
      const value = written.replace(/^(?:~|\$HOME|\$\{HOME\})(?=\/|$)/, around.homeFolder);
      // The rest of a shell's language is its own to understand.
      if (/[$`]/.test(value)) return [];
      const there = { ...around, environment: { ...around.environment, [variable]: value } };
      const same = toolFiles.every(
        ({ places }) => candidatesOf(places, there)[0] === candidatesOf(places, around)[0],
      );
      return same ? [] : [{ variable, value, file: path, line }];
    }),
  );
}
