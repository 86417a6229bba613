/** Which store this data folder keeps its keys in: a decision of the user's, remembered beside the keys' names. */
import { readFile, rename, writeFile } from 'node:fs/promises';
import * as z from 'zod/mini';

const choiceSchema = z.strictObject({ place: z.enum(['keychain', 'sealed']) });
export type Choice = z.output<typeof choiceSchema>['place'];

export interface PlaceChoice {
  /** Undefined before the first choice. @throws Error with a sentence when the file cannot be understood */
  read(): Promise<Choice | undefined>;
  /** @throws Error with a sentence when the file cannot be written */
  write(choice: Choice): Promise<void>;
}

/** Keeps the choice in `file`. */
export function createPlaceChoice(file: string): PlaceChoice {
  return {
    async read() {
      const text = await readIfThere(file);
      if (text === undefined) return undefined;
      try {
        return choiceSchema.parse(JSON.parse(text)).place;
      } catch {
        // Guessing could hide the keys that are in the other place.
        throw new Error(
          `${file} cannot be understood. Write {"place":"keychain"} or {"place":"sealed"} into it, whichever holds your keys.`,
        );
      }
    },
    async write(place) {
      const aside = `${file}.next`;
      try {
        await writeFile(aside, `${JSON.stringify({ place })}\n`, { mode: 0o600, flush: true });
        await rename(aside, file);
      } catch (error) {
        throw new Error(`${file} cannot be written: ${reasonOf(error)}.`, { cause: error });
      }
    },
  };
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new Error(`${path} cannot be read: ${reasonOf(error)}.`, { cause: error });
  }
}
