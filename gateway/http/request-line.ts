/** The log line of a request (REQUIREMENTS 0.2): one place, so that every line looks alike. */
import type { Logger } from '../core/ports.ts';

export interface RequestLine {
  readonly id: string;
  readonly method: string;
  /** The request line's target; only its path is logged, as a query may hold anything. */
  readonly target: string;
  /** 499 when the client left before an answer. */
  readonly status: number;
  /** Code of the error the client got, null for none. */
  readonly code: string | null;
  /** Id of the client whose key was brought. */
  readonly client: string | null;
  /** From the arrival of the head to the end of the answer, ms. */
  readonly responseTime: number;
}

const LONGEST_PATH = 200;

/** Writes `Request received: POST /v1/chat/completions ... response_time=<ms>`. */
export function logRequest(logger: Logger, line: RequestLine, level: 'info' | 'debug'): void {
  logger[level](`Request received: ${plain(line.method)} ${plain(pathOf(line.target))}`, {
    request: line.id,
    status: line.status,
    ...(line.code === null ? {} : { code: line.code }),
    ...(line.client === null ? {} : { client: line.client }),
    // The documents' log readers expect it as the last field.
    response_time: Math.round(line.responseTime),
  });
}

/** The path of a request target: without scheme, authority, query and fragment. */
export function pathOf(target: string): string {
  const path = target.replace(/^https?:\/\/[^/?#]*/i, '').replace(/[?#].*$/s, '');
  return path === '' ? '/' : path;
}

/** One line, printable, bounded. */
const plain = (text: string): string => text.slice(0, LONGEST_PATH).replace(/[^\x21-\x7e]/g, '?');
