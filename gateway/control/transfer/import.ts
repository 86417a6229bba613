/**
 * Takes a file in, piece by piece: entries found, read, looked up and handed to the log in small groups. One import
 * at a time, as each holds up to one entry.
 */
import type { ImportState } from '../../../contract/rpc/procedures/request-transfer.ts';
import { RpcError } from '../../../contract/rpc/errors.ts';
import type { StoredBody } from '../../../contract/log/row.ts';
import type { BodyCapture, RequestLog, StreamTimes } from '../../core/log-store.ts';
import type { Clock, Random } from '../../core/ports.ts';
import { eventEnds } from '../../storage/event-times.ts';
import type { LogEntry } from './entry.ts';
import { readFileEntry } from './read-entry.ts';
import { createEntrySplitter, type EntrySplitter, type SplitEntry } from './split-entries.ts';

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
  readonly problems: string[];
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
/** Places that are tried for a row whose own is taken by another. */
const MOST_TRIES = 50;
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

  function refuse(state: UnderWay, why: string): void {
    state.refused += 1;
    if (state.problems.length < MOST_PROBLEMS) state.problems.push(why);
  }

  function read(state: UnderWay, text: SplitEntry): LogEntry | null {
    state.entries += 1;
    const now = clock.wall();
    const limits = { oldest: now - ports.days() * DAY, newest: now };
    const entry = text === null ? { ok: false as const, why: 'is too long' } : readFileEntry(text, limits);
    if (entry.ok) return entry.entry;
    refuse(state, `Entry ${state.entries} ${entry.why}.`);
    return null;
  }

  async function add(state: UnderWay, entries: readonly LogEntry[]): Promise<void> {
    if (entries.length === 0) return;
    const ids = new Map(entries.map((entry) => [entry.row.id, entry]));
    let missing = await without(ids);
    state.skipped += entries.length - missing.length;
    const before = missing.length;
    for (let tries = 0; missing.length > 0 && tries < MOST_TRIES; tries += 1) {
      const taken = new Set<number>();
      for (const { row, request, response, times } of missing) {
        // Another log may have given the same place to a row of its own; then this one goes right behind it.
        let sequence = placeOf(row.sequence, row.startedAt) + tries;
        while (taken.has(sequence)) sequence += 1;
        taken.add(sequence);
        log.finish(
          { ...row, sequence },
          {
            request: captured(request, row.requestHeaders),
            response: captured(response, row.responseHeaders, times),
          },
        );
      }
      await log.flush();
      missing = await without(new Map(missing.map((entry) => [entry.row.id, entry])));
    }
    state.added += before - missing.length;
    for (const { row } of missing) refuse(state, `The log did not take ${row.id}.`);
  }

  /** Those that the log does not have. */
  async function without(entries: ReadonlyMap<string, LogEntry>): Promise<readonly LogEntry[]> {
    if (entries.size === 0) return [];
    const values = [...entries.keys()];
    const where = [{ kind: 'text' as const, field: 'id' as const, values }];
    const { rows } = await log.list({ limit: values.length, filter: { where } });
    const known = new Set(rows.map(({ id }) => id));
    return [...entries.values()].filter(({ row }) => !known.has(row.id));
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
        throw new RpcError('not_found', 'This import is not under way any more; begin again.');
      }
      if (state.busy) throw new RpcError('conflict', 'The piece before is still being read.');
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

/** Rows are ordered by microseconds of their arrival: a place far from there is not believed. */
function placeOf(sequence: number, startedAt: number): number {
  const own = Math.floor(startedAt * 1_000);
  return Math.abs(sequence - own) < 60_000_000 ? sequence : own;
}

/** @param times of the events of a stream */
function captured(
  { state, text, bytes }: StoredBody,
  headers: Readonly<Record<string, string>>,
  times: readonly number[] = [],
): BodyCapture | null {
  if (state === 'not-kept') return null;
  const facts = { bytes, contentType: headers['content-type'] ?? '', truncated: state === 'truncated' };
  if (state === 'dropped') return { ...facts, chunks: [], dropped: true };
  const content = Buffer.from(text);
  const chunks = content.length === 0 ? [] : [content];
  return times.length === 0
    ? { ...facts, chunks }
    : { ...facts, chunks, stream: streamTimes(content, times) };
}

function streamTimes(content: Uint8Array, times: readonly number[]): StreamTimes {
  const ends = eventEnds(content);
  return {
    head: content.length,
    times: times.flatMap((at, index) => [at, ends[index] ?? content.length]),
  };
}
