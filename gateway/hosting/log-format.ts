/** One log line in the two forms of the configuration. Pure; always exactly one line. */
import type { LogLevel } from '../../contract/config/schema.ts';

export interface LogRecord {
  /** Unix ms. */
  readonly time: number;
  readonly level: LogLevel;
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Level names of the source documents. */
const NAMES: Readonly<Record<LogLevel, string>> = {
  debug: 'DEBUG',
  info: 'INFO',
  warn: 'WARNING',
  error: 'ERROR',
};

/** `[2024-01-01 12:00:00] [INFO] message key=value`, in local time (REQUIREMENTS 0.2). */
export function formatText({ time, level, message, fields }: LogRecord): string {
  let pairs = '';
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined) pairs += ` ${name}=${textValue(value)}`;
  }
  return `[${localTime(time)}] [${NAMES[level]}] ${oneLine(message)}${pairs}\n`;
}

/** One JSON object with `time` (ISO 8601, UTC), `level`, `message` and the fields. */
export function formatJson({ time, level, message, fields }: LogRecord): string {
  const record = { time: new Date(time).toISOString(), level, message, ...fields };
  return `${stringify(record)}\n`;
}

let lastSecond = { number: NaN, text: '' };

/** Written once for all lines of a second: a date costs more than the rest of a line. */
function localTime(time: number): string {
  const number = Math.floor(time / 1_000);
  if (number !== lastSecond.number) lastSecond = { number, text: dateText(new Date(time)) };
  return lastSecond.text;
}

function dateText(date: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

/** What a client sends must neither start a line of its own nor steer a terminal. */
const oneLine = (text: string): string =>
  text.replace(/[\u0000-\u001f\u007f-\u009f]/g, (character) => JSON.stringify(character).slice(1, -1));

function textValue(value: unknown): string {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return oneLine(stringify(value));
  const plain = /^[^\s"=]+$/.test(value);
  return oneLine(plain ? value : JSON.stringify(value));
}

function stringify(value: unknown): string {
  try {
    return JSON.stringify(value, readable);
  } catch (error) {
    return JSON.stringify(`cannot be written: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function readable(_name: string, value: unknown): unknown {
  if (value instanceof Error) return value.stack ?? value.message;
  return typeof value === 'bigint' ? String(value) : value;
}
