/**
 * What the engine needs from the world, as parameters. Hosts and tests pass implementations at the
 * composition root; nothing in the engine reaches for a clock, a random number or a file by itself.
 */
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import { asSaid } from './sayings.ts';

export interface Clock {
  /** Unix milliseconds; may jump when the user sets the clock. */
  wall(): number;
  /** Milliseconds of a clock that never jumps, from an arbitrary start; fractions allowed. */
  monotonic(): number;
  /** Runs `task` after `delay` ms; the returned function cancels it. */
  after(delay: number, task: () => void): () => void;
}

/** A number from 0 (included) to 1 (excluded). */
export type Random = () => number;

export interface Logger {
  debug(message: string, fields?: Readonly<Record<string, unknown>>): void;
  info(message: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void;
  error(message: string, fields?: Readonly<Record<string, unknown>>): void;
  /** The last lines that were written, the oldest first; absent where nobody keeps them. */
  recent?(): readonly string[];
}

/** `unavailable` and `locked` are states of the store; `not-found` and `unreadable` are its answers about one secret. */
export type SecretProblem = 'unavailable' | 'locked' | 'not-found' | 'unreadable';

export class SecretStoreError extends Error {
  readonly problem: SecretProblem;
  readonly told: Told;

  constructor(problem: SecretProblem, why: string | Told) {
    const told = typeof why === 'string' ? asSaid(why) : why;
    super(told.text);
    this.name = 'SecretStoreError';
    this.problem = problem;
    this.told = told;
  }
}

/** Where secrets are kept. Names are `<provider>/<key id>`. Every method may throw SecretStoreError. */
export interface SecretStore {
  readonly kind: 'keychain' | 'sealed' | 'memory';
  get(name: string): Promise<string>;
  set(name: string, value: string): Promise<void>;
  /** Deleting what is not there is no error. */
  delete(name: string): Promise<void>;
}

/** The raw text of the configuration, wherever the host keeps it. */
export interface ConfigFile {
  /** For messages: a path a person can open. */
  readonly location: string;
  /** Undefined when there is no file yet. */
  read(): Promise<string | undefined>;
  /** Replaces the whole text at once (write aside, then rename), mode 0600. */
  write(text: string): Promise<void>;
  /** Rejects with why `write` would fail, as far as can be known without writing. */
  checkWritable(): Promise<void>;
  /** Keeps a copy of broken text beside the file; answers where. */
  keepBroken(text: string, at: Date): Promise<string>;
  /** Keeps a copy of a text that is about to be replaced, beside the file; answers where. */
  keepCopy(text: string, at: Date): Promise<string>;
  /** The text that last worked, kept apart from the file; undefined when there is none. */
  readLastGood(): Promise<string | undefined>;
  writeLastGood(text: string): Promise<void>;
  /** Calls back after the file changed on disk; the returned function stops it. */
  watch(changed: () => void): () => void;
}
