/**
 * The one owner of the configuration: reads it at start, follows the file while it runs, writes changes into it.
 * Whatever happens to the file, the last configuration that worked stays in force.
 */
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import type { RpcError } from '../../contract/rpc/errors.ts';
import type { Clock, ConfigFile, Logger } from '../core/ports.ts';
import { applyEdits, editPathText, entryText, type ConfigEdit, type EntryText } from './edit.ts';
import { isMapping } from './field-names.ts';
import { parseConfig, type ParseContext, type ParsedConfig, type ResolvedConfig } from './parse.ts';
import { ConfigError, ConfigRefusal } from './problem.ts';
import { refused } from '../core/refusals.ts';
import { causeOf, inSentences, say } from '../core/sayings.ts';

export type { ConfigEdit, EntryText } from './edit.ts';

/**
 * Changes of the file. What of them depends on what there is, places in lists above all, is worked out from `now`:
 * the file as it is when their turn comes, which another change, or the user's editor, may have made since.
 */
export type EditPlan = readonly ConfigEdit[] | ((now: ParsedConfig) => readonly ConfigEdit[]);

/** A file is read this long after its last change, ms: editors write in several steps. */
export const SETTLE_TIME = 200;

export interface ConfigStoreOptions extends ParseContext {
  readonly file: ConfigFile;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface ConfigStore {
  current(): ResolvedConfig;
  /** True where the file itself has the setting, `server.port`. */
  isWritten(path: string): boolean;
  /** What the file has there, references to variables as such; undefined where it has nothing. */
  writtenValue(path: string): unknown;
  /** All that the file in force has, variables not expanded; undefined for an empty one. */
  written(): unknown;
  /** What is to be said of the configuration in force. */
  warnings(): readonly Told[];
  /** Why what is on disk is not in force; null when it is. */
  problem(): Told | null;
  /** Calls back after each change, whoever made it; the returned function ends it. */
  onChange(listener: (config: ResolvedConfig) => void): () => void;
  /**
   * Writes changes into the file, all or none, and puts them in force. What a plan throws is the answer.
   * @throws RpcError `locked` (a flag or variable decides), `conflict` (the file is broken, or the entry is there
   * already or not at all), `invalid_input` (the result would be no valid configuration), `unavailable` (not writable)
   * @returns what the deletions among them took out, each as it was written; undefined for a setting
   */
  edit(plan: EditPlan): Promise<readonly (EntryText | undefined)[]>;
  /** The text of the file. @throws RpcError `unavailable` */
  text(): Promise<string>;
  /** @throws RpcError `invalid_input` with line and sentence for what is no configuration */
  check(text: string): ParsedConfig;
  /**
   * Puts another text in the place of the whole file and in force. A broken file may be replaced.
   * @param expected what the file must still have
   * @param keep true to keep a copy of that
   * @returns where the copy lies; null without one
   * @throws RpcError as `edit` does
   */
  replace(text: string, expected: string, keep: boolean): Promise<string | null>;
  /** Stops following the file. */
  close(): void;
}

/**
 * @throws ConfigRefusal when the configuration may not run here, ConfigError when flags or variables alone are at
 * fault; a broken or unreadable file is no error: the last good copy, or the defaults, are used and it is said
 */
export async function createConfigStore(options: ConfigStoreOptions): Promise<ConfigStore> {
  const { file, clock, logger } = options;
  const listeners = new Set<(config: ResolvedConfig) => void>();
  const start = await readAtStart(options);
  let { parsed, problem, inForce } = start;
  let broken = start.broken;
  let queue: Promise<unknown> = Promise.resolve();
  let cancelSettling: () => void = () => undefined;

  /** One reading or writing of the file at a time. */
  function inTurn<T>(task: () => Promise<T>): Promise<T> {
    const result = queue.then(task);
    queue = result.catch(() => undefined);
    return result;
  }

  async function apply(text: string, next: ParsedConfig): Promise<void> {
    inForce = text;
    broken = null;
    parsed = next;
    problem = null;
    logWarnings(next, logger);
    await keepLastGood(file, text, logger);
    for (const listener of listeners) {
      try {
        listener(next.config);
      } catch (error) {
        logger.error('A change of the configuration could not be taken over', { reason: reasonOf(error) });
      }
    }
  }

  async function write(text: string): Promise<void> {
    try {
      await file.write(text);
    } catch (error) {
      throw fileRefused('file-not-written', file, error);
    }
  }

  /** Never rejects: what is wrong becomes `problem`. */
  async function reload(): Promise<void> {
    try {
      const text = await file.read();
      if (text === inForce) {
        problem = null;
        broken = null;
      } else if (text !== broken) {
        broken = text;
        refuseVanished(text, inForce);
        await apply(text ?? '', parseConfig(text ?? '', options));
        logger.info('The configuration was read anew', { file: file.location });
      }
    } catch (error) {
      problem = unusable(file.location, error, say('config-stays'));
      logger.warn(problem.text);
    }
  }

  const unwatch = file.watch(() => {
    cancelSettling();
    cancelSettling = clock.after(SETTLE_TIME, () => void inTurn(reload));
  });

  return {
    current: () => parsed.config,
    isWritten: (path) => parsed.written.has(path),
    writtenValue: (path) =>
      path
        .split('.')
        .reduce<unknown>((node, name) => (isMapping(node) ? node[name] : undefined), parsed.source),
    written: () => parsed.source,
    warnings: () => parsed.warnings,
    problem: () => problem,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    edit: (plan) =>
      inTurn(async () => {
        const before = await readForEdit(file, inForce);
        const text = before ?? '';
        const now = parseOrRefuse(text, options);
        const edits = typeof plan === 'function' ? plan(now) : plan;
        refuseLocked(edits, now.config.locked);
        const taken = edits.flatMap((edit) => (edit.op === 'delete' ? [entryText(text, edit.path)] : []));
        const changed = applyEdits(text, edits);
        // What is in force may have been overwritten since by somebody else.
        if (changed === text && before === inForce) return taken;
        const next = parseChanged(changed, options);
        if (changed !== text) await write(changed);
        await apply(changed, next);
        return taken;
      }),
    text: async () => (await readForEdit(file, inForce)) ?? '',
    check: (text) => parseChanged(text, options),
    replace: (text, expected, keep) =>
      inTurn(async () => {
        const before = (await readForEdit(file, inForce)) ?? '';
        if (before !== expected) {
          throw refused('file-changed-meanwhile', { path: file.location });
        }
        const next = parseChanged(text, options);
        try {
          const copy = keep && before !== '' ? await file.keepCopy(before, new Date(clock.wall())) : null;
          await file.write(text);
          await apply(text, next);
          return copy;
        } catch (error) {
          throw fileRefused('file-not-written', file, error);
        }
      }),
    close() {
      cancelSettling();
      unwatch();
      listeners.clear();
    },
  };
}

/** `null` stands for the last good copy or the defaults, undefined for no file. */
type FileText = string | null | undefined;

interface Start {
  readonly parsed: ParsedConfig;
  readonly problem: Told | null;
  /** The text of the file that is in force. */
  readonly inForce: FileText;
  /** The text of the file that was found unusable, so that it is complained of once. */
  readonly broken: FileText;
}

async function readAtStart(options: ConfigStoreOptions): Promise<Start> {
  const { file, clock, logger } = options;
  let text: string | undefined;
  let fault: unknown;
  try {
    text = await file.read();
    const parsed = parseConfig(text ?? '', options);
    logWarnings(parsed, logger);
    if (text !== undefined) await keepLastGood(file, text, logger);
    return { parsed, problem: null, inForce: text, broken: null };
  } catch (error) {
    if (error instanceof ConfigRefusal) throw error;
    fault = error;
  }
  const kept = text === undefined ? [] : [await keepBroken(file, text, new Date(clock.wall()))];
  const { parsed, from } = await fallback(options);
  const problem = unusable(file.location, fault, from, ...kept);
  logger.error(problem.text);
  return { parsed, problem, inForce: null, broken: text };
}

/** The last good copy where it still is one, else the defaults. @throws ConfigError when not even these hold */
async function fallback(options: ConfigStoreOptions): Promise<{ parsed: ParsedConfig; from: Told }> {
  try {
    const text = await options.file.readLastGood();
    if (text !== undefined) return { parsed: parseConfig(text, options), from: say('config-last-good') };
  } catch (error) {
    if (error instanceof ConfigRefusal) throw error;
    options.logger.warn('The last good copy of the configuration cannot be used', {
      reason: reasonOf(error),
    });
  }
  return { parsed: parseConfig('', options), from: say('config-defaults') };
}

async function keepBroken(file: ConfigFile, text: string, at: Date): Promise<Told> {
  try {
    const path = await file.keepBroken(text, at);
    return say('broken-kept', { path }, undefined, `a copy of the broken file is kept as ${path}`);
  } catch (error) {
    const cause = causeOf(error);
    return say('broken-not-kept', {}, cause, `no copy of the broken file could be kept (${cause.text})`);
  }
}

async function keepLastGood(file: ConfigFile, text: string, logger: Logger): Promise<void> {
  try {
    await file.writeLastGood(text);
  } catch (error) {
    logger.warn('The configuration could not be copied as the last good one', { reason: reasonOf(error) });
  }
}

function logWarnings({ warnings }: ParsedConfig, logger: Logger): void {
  for (const { text } of warnings) logger.warn(text);
}

/** @param meanwhile what is used instead, and what became of the broken text */
function unusable(path: string, error: unknown, meanwhile: Told, ...kept: readonly Told[]): Told {
  const cause = causeOf(error);
  const instead = [meanwhile.text.replace(/\.$/, ''), ...kept.map(({ text }) => text)].join('; ');
  return inSentences(
    [say('config-unusable', { path }, cause), meanwhile, ...kept],
    brokenSentence(path, cause.text, instead),
  );
}

function brokenSentence(location: string, fault: string, meanwhile: string): string {
  return `${location} cannot be used: ${ended(fault)} ${meanwhile}.`;
}

/** With a full stop, unless it ends by itself. */
const ended = (sentence: string): string => (/[.?!]$/.test(sentence) ? sentence : `${sentence}.`);

function refuseLocked(edits: readonly ConfigEdit[], locked: ResolvedConfig['locked']): void {
  for (const { op, path } of edits) {
    const text = editPathText(path);
    const touched = Object.entries(locked).find(
      ([setting]) => op !== 'add' && (setting === text || isInside(setting, text) || isInside(text, setting)),
    );
    // Taking out a whole provider takes nothing from the variable that describes it.
    if (touched === undefined || (op === 'delete' && isInside(touched[0], text))) continue;
    throw refused('set-elsewhere', { path: touched[0], origin: touched[1] }, touched[0]);
  }
}

const isInside = (inner: string, outer: string): boolean =>
  inner.startsWith(`${outer}.`) || inner.startsWith(`${outer}[`);

/** An editor that saves may empty or remove the file for a moment; that is no wish for the defaults. */
function refuseVanished(text: string | undefined, inForce: FileText): void {
  if (typeof inForce !== 'string' || inForce.trim() === '' || (text ?? '').trim() !== '') return;
  throw new VanishedError(say(text === undefined ? 'file-gone' : 'file-empty'));
}

async function readForEdit(file: ConfigFile, inForce: FileText): Promise<string | undefined> {
  try {
    const text = await file.read();
    refuseVanished(text, inForce);
    return text;
  } catch (error) {
    throw fileRefused('file-not-read', file, error);
  }
}

const fileRefused = (
  code: 'file-not-read' | 'file-not-written',
  file: ConfigFile,
  error: unknown,
): RpcError =>
  refused(code, { path: file.location, words: ended(reasonOf(error)) }, undefined, causeOf(error));

/** @throws RpcError `conflict` for a broken file */
function parseOrRefuse(text: string, context: ParseContext): ParsedConfig {
  try {
    return parseConfig(text, context);
  } catch (error) {
    const cause = causeOf(error);
    throw refused('config-broken-first', { words: ended(cause.text) }, undefined, cause);
  }
}

function parseChanged(text: string, context: ParseContext): ParsedConfig {
  try {
    return parseConfig(text, context);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const field = error.problems[0]?.path;
    throw refused('change-refused', { words: ended(error.message) }, field, error.told);
  }
}

class VanishedError extends Error {
  readonly told: Told;

  constructor(told: Told) {
    super(told.text);
    this.name = 'VanishedError';
    this.told = told;
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
