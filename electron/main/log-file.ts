/** Log lines of an installed app, which has no terminal: a file in the data folder, and whatever console there is. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileSink, type LogSink } from '../../gateway/index.ts';

/** Two files of 5 MB at most, whatever the configuration says of the gateway's own. */
const ROTATION = { maxSize: 5_000_000, maxFiles: 2 };

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
    return fileSink(path, () => ROTATION, failed);
  } catch (error) {
    failed(error);
    return null;
  }
}
