/**
 * Takes a file in, piece by piece: entries found, read, looked up and handed to the log in small groups. One import
 * at a time, as each holds up to one entry.
 */
import type { ImportState } from '../../../contract/rpc/procedures/request-transfer.ts';
import { refusal as told } from '../../../contract/rpc/errors.ts';
import type { Told } from '../../../contract/rpc/connect-sayings.ts';
import { fault } from '../../../contract/rpc/fault-words.ts';
import { say } from '../../core/sayings.ts';
import type { RequestLog } from '../../core/log-store.ts';
import type { Clock, Random } from '../../core/ports.ts';
import { addRows } from './add-rows.ts';
import type { LogEntry } from './entry.ts';
import { readFileEntry } from './read-entry.ts';
import { createEntrySplitter, type EntrySplitter, type SplitEntry } from './split-entries.ts';
import { refused as refusal } from '../../core/refusals.ts';

export interface ImportPorts {
  readonly log: Pick<RequestLog, 'list' | 'finish' | 'flush'>;
  readonly clock: Pick<Clock, 'wall' | 'after'>;
  readonly random: Random;
  /** Days for which the log keeps rows. */
  readonly days: () => number;
}

export interface Importer {
  /** @throws RpcError `not_found` for an import that is not under way, `conflict` while another piece is read */
  take(piece: {
    readonly import?: string | undefined;
    readonly text: string;
    readonly last: boolean;
  }): Promise<ImportState>;
}

interface UnderWay {
  readonly id: string;
  readonly splitter: EntrySplitter;
  readonly problems: Told[];
  entries: number;
  added: number;
  skipped: number;
  refused: number;
  busy: boolean;
  /** Ends the time after which nobody waits for the next piece. */
  forget: () => void;
}

/** Rows that are looked up and written together. */
const GROUP = 100;
/** Characters of them: what is read in one go, while nothing else is done. */
const GROUP_SIZE = 200_000;
const MOST_PROBLEMS = 10;
/** How long the next piece is waited for, ms. */
const PATIENCE = 120_000;
const DAY = 86_400_000;

export function createImporter(ports: ImportPorts): Importer {
  const { log, clock } = ports;
  let current: UnderWay | undefined;

  function begin(): UnderWay {
    current?.forget();
    const id = `import_${Math.floor(ports.random() * 2 ** 48).toString(36)}`;
    const counts = { entries: 0, added: 0, skipped: 0, refused: 0, busy: false };
    return { id, splitter: createEntrySplitter(), problems: [], ...counts, forget: () => undefined };
  }

  function refuse(state: UnderWay, why: Told): void {
    state.refused += 1;
    if (state.problems.length < MOST_PROBLEMS) state.problems.push(why);
  }

  function read(state: UnderWay, text: SplitEntry): LogEntry | null {
    state.entries += 1;
    const now = clock.wall();
    const limits = { oldest: now - ports.days() * DAY, newest: now };
    const entry =
      text === null ? { ok: false as const, why: fault('entry-long') } : readFileEntry(text, limits);
    if (entry.ok) return entry.entry;
    refuse(state, say('entry-fault', { number: state.entries }, entry.why));
    return null;
  }

  async function add(state: UnderWay, entries: readonly LogEntry[]): Promise<void> {
    const { added, skipped, lost } = await addRows(entries, log);
    state.added += added;
    state.skipped += skipped;
    for (const id of lost) refuse(state, say('entry-lost', { id }));
  }

  async function takeEntries(state: UnderWay, texts: readonly SplitEntry[]): Promise<void> {
    let group: LogEntry[] = [];
    let size = 0;
    for (const text of texts) {
      const entry = read(state, text);
      if (entry !== null) group.push(entry);
      size += text?.length ?? 0;
      if (group.length < GROUP && size < GROUP_SIZE) continue;
      await add(state, group);
      group = [];
      size = 0;
    }
    await add(state, group);
  }

  return {
    async take({ import: id, text, last }) {
      const state = id === undefined ? begin() : current;
      if (state === undefined || (id !== undefined && state.id !== id)) {
        throw refusal('import-over');
      }
      if (state.busy) throw told('conflict', say('piece-under-way'));
      current = state;
      state.forget();
      state.busy = true;
      try {
        await takeEntries(state, state.splitter.push(text));
        if (last) {
          const { entries, problem } = state.splitter.end();
          await takeEntries(state, entries);
          if (problem !== null) state.problems.unshift(problem);
        }
      } finally {
        state.busy = false;
      }
      const forget = (): void => {
        if (current === state) current = undefined;
      };
      if (last) forget();
      else state.forget = clock.after(PATIENCE, forget);
      const { added, skipped, refused, problems } = state;
      return { import: state.id, added, skipped, refused, problems: [...problems] };
    },
  };
}
