/** Log lines of an installed app, which has no terminal: a file in the data folder, and whatever console there is. */
import { mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileSink, type LogSink } from '../../gateway/index.ts';

/** A larger file is put aside as the app starts, bytes; one older file is kept. */
const LARGEST = 5_000_000;

/** @returns the console alone where the file cannot be written */
export function logToFile(dataFolder: string, console: LogSink): LogSink {
  const file = openFile(dataFolder, (error) =>
    console.write(`The log file cannot be written: ${String(error)}\n`),
  );
  if (file === null) return console;
  return {
    write(line) {
      file.write(line);
      console.write(line);
    },
    async flush() {
      await Promise.all([file.flush(), console.flush()]);
    },
    async close() {
      await Promise.all([file.close(), console.close()]);
    },
  };
}

function openFile(dataFolder: string, failed: (error: unknown) => void): LogSink | null {
  const path = join(dataFolder, 'logs', 'desktop.log');
  try {
    // The data folder is the owner's alone, also where it is made here.
    mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
    if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > LARGEST) renameSync(path, `${path}.1`);
    return fileSink(path, failed);
  } catch (error) {
    failed(error);
    return null;
  }
}
