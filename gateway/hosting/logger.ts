/** The host's logger: level, form and destination follow the configuration from one line to the next. */
import { resolve } from 'node:path';
import type { Config, LogLevel } from '../../contract/config/schema.ts';
import type { Clock, Logger } from '../core/ports.ts';
import { formatJson, formatText } from './log-format.ts';
import { fileSink, type Rotation } from './log-file.ts';
import type { LogSink } from './log-sink.ts';

export type LoggingSettings = Config['logging'];

const SEVERITY: Readonly<Record<LogLevel, number>> = { debug: 0, info: 1, warn: 2, error: 3 };

const CONSOLE_ONLY: LoggingSettings = {
  level: 'info',
  format: 'text',
  destination: 'console',
  file: '',
  max_size: 0,
  max_files: 1,
};

export interface LogSource {
  readonly settings: () => LoggingSettings;
  /** Takes secrets out of a line. */
  readonly redact: (text: string) => string;
  /** Which a relative `logging.file` lies in. */
  readonly folder: string;
}

export interface HostLogger extends Logger {
  /** Text for the person at the console, whatever the settings; in order with the lines. */
  announce(text: string): void;
  /** From now on settings and secrets are those of a running gateway. */
  follow(source: LogSource): void;
  recent(): readonly string[];
  /** Resolves when every line so far is out. */
  flush(): Promise<void>;
}

/** Lines kept for `recent`, and of each so many characters. */
const KEPT_LINES = 200;
const KEPT_CHARACTERS = 1_000;

/** Until `follow` is called, a logger of `info` and above to the console. */
export function createLogger(options: {
  readonly clock: Pick<Clock, 'wall'>;
  readonly console: LogSink;
}): HostLogger {
  const { clock, console } = options;
  let source: LogSource = {
    settings: () => CONSOLE_ONLY,
    redact: (text) => text,
    folder: '',
  };
  let file: { readonly path: string; readonly sink: LogSink | null } | undefined;
  const kept: string[] = [];

  const toConsole = (level: LogLevel, message: string, fields: Readonly<Record<string, unknown>>): void => {
    console.write(source.redact(formatText({ time: clock.wall(), level, message, fields })));
  };

  const rotation = (): Rotation => {
    const { max_size: maxSize, max_files: maxFiles } = source.settings();
    return { maxSize, maxFiles };
  };

  /** The sink of the configured file; null when it cannot be written, which was said once on the console. */
  const fileFor = (path: string): LogSink | null => {
    if (file?.path === path) return file.sink;
    file?.sink?.close().catch((error: unknown) => {
      toConsole('error', 'The log file could not be closed', { file: file?.path, error });
    });
    const failed = (error: unknown): void => {
      const reason = error instanceof Error ? error.message : String(error);
      toConsole('error', 'The log file cannot be written; lines go to the console', { file: path, reason });
    };
    try {
      file = { path, sink: fileSink(path, rotation, failed) };
    } catch (error) {
      file = { path, sink: null };
      failed(error);
    }
    return file.sink;
  };

  const log =
    (level: LogLevel) =>
    (message: string, fields: Readonly<Record<string, unknown>> = {}): void => {
      const { level: least, format, destination, file: name } = source.settings();
      if (SEVERITY[level] < SEVERITY[least]) return;
      const record = { time: clock.wall(), level, message, fields };
      const line = source.redact(format === 'json' ? formatJson(record) : formatText(record));
      kept.push(line.trimEnd().slice(0, KEPT_CHARACTERS));
      if (kept.length > KEPT_LINES) kept.shift();
      const sink = destination === 'console' ? null : fileFor(resolve(source.folder, name));
      sink?.write(line);
      if (destination !== 'file' || sink === null) console.write(line);
    };

  return {
    debug: log('debug'),
    info: log('info'),
    warn: log('warn'),
    error: log('error'),
    recent: () => [...kept],
    announce: (text) => console.write(text),
    follow(next) {
      source = next;
    },
    async flush() {
      await Promise.all([console.flush(), file?.sink?.flush()]);
    },
  };
}
