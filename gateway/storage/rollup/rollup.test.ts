import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Outcome, RequestRow } from '../../../contract/log/row.ts';
import { statisticsQuerySchema, type Statistics } from '../../../contract/log/statistics.ts';
import { liveRow, requestRow } from '../../testing/request-row.ts';
import { encodeDetail } from '../detail.ts';
import { migrate } from '../migrate.ts';
import { MIGRATIONS } from '../migrations.ts';
import { createWriter, type LogWriter } from '../writer.ts';
import { countedRow } from './counted.ts';
import { memoryStatistics } from './memory-statistics.ts';
import { createStatisticsReader } from './statistics-reader.ts';

const NOON = new Date(2026, 10, 21, 12).getTime();
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let database: Database.Database;
let writer: LogWriter;
beforeEach(() => {
  database = new Database(':memory:');
  migrate(database, MIGRATIONS);
  writer = createWriter(database);
});
afterEach(() => database.close());

const write = (...rows: readonly RequestRow[]): void => {
  writer.write(rows.map((row) => ({ row, detail: encodeDetail(row), bodies: null })));
};

function read(question: object = {}): Statistics {
  const query = statisticsQuerySchema.parse({ from: NOON - DAY, until: NOON + DAY, ...question });
  writer.foldStatistics();
  return createStatisticsReader(database)(query, NOON + DAY);
}

/** Requests around noon by the sums of minutes, of hours and of days. */
const everyLevel = (): readonly number[] =>
  [60_000, HOUR, DAY].map((bucket) => read({ from: NOON - HOUR, until: NOON + HOUR, bucket }).total.requests);

/** Acts while SQLite refuses something. */
function refusing(what: string, act: () => void): void {
  database.exec(`CREATE TEMP TRIGGER full BEFORE ${what} BEGIN SELECT RAISE(ABORT, 'no'); END`);
  act();
  database.exec('DROP TRIGGER full');
}

const at = (sequence: number, changes: Partial<RequestRow> = {}): RequestRow =>
  requestRow({ sequence, startedAt: NOON, ...changes });

describe('statistics', () => {
  it('sum up what ended, and nothing that runs', () => {
    write(at(1), at(2, { outcome: 'error', errorCode: 'rate_limit_error', attemptCount: 3 }), liveRow(3));
    expect(read().total).toMatchObject({
      requests: 2,
      succeeded: 1,
      errors: { rate_limit_error: 1 },
      retried: 1,
      tokens: { input: 200, cacheRead: 80, cacheWrite: 0, output: 100, reasoning: 20 },
      cost: 246_000_000,
      unpriced: 0,
    });
  });

  it('count nothing of what could not be written', () => {
    write(at(1));
    refusing('INSERT ON statistics_journal', () => write(at(2)));
    write(at(3));
    for (const requests of everyLevel()) expect(requests).toBe(2);
  });

  it('go on where an upstream tells costs that no column holds', () => {
    const dear = Array.from({ length: 12 }, (_, index) => at(index + 1, { cost: 1e18 }));
    write(...dear);
    write(at(13, { cost: 5, modelServed: 'other' }));
    for (const requests of everyLevel()) expect(requests).toBe(13);
    expect(read().total.cost).toBeGreaterThan(9e18);
    write(...dear.map((row) => ({ ...row, cost: 1 })));
    expect(read({ only: { model: ['other'] } }).total.cost).toBe(5);
    for (const requests of everyLevel()) expect(requests).toBe(13);
  });

  it('leave out what cannot be added, and nothing else', () => {
    write(at(1), at(2, { modelServed: 'other' }));
    database.exec(
      `CREATE TEMP TRIGGER one BEFORE INSERT ON statistics
        WHEN NEW.names = (SELECT id FROM statistics_names WHERE model = 'other') AND NEW.level = 2
        BEGIN SELECT RAISE(ABORT, 'no'); END`,
    );
    expect(writer.foldStatistics()).toEqual({ count: 1, reason: 'no' });
    database.exec('DROP TRIGGER one');
    write(at(3, { modelServed: 'other' }));
    for (const requests of everyLevel()) expect(requests).toBe(2);
  });

  it('lose nothing where it could not be added to them', () => {
    write(at(1));
    writer.foldStatistics();
    write(at(2));
    database.pragma('query_only = true');
    expect(() => writer.foldStatistics()).toThrow('readonly');
    database.pragma('query_only = false');
    write(at(3));
    for (const requests of everyLevel()) expect(requests).toBe(3);
  });

  it('count what a killed process had not added to them, once', () => {
    write(at(1), at(2));
    writer = createWriter(database);
    write(at(3));
    writer = createWriter(database);
    for (const requests of everyLevel()) expect(requests).toBe(3);
    writer = createWriter(database);
    for (const requests of everyLevel()) expect(requests).toBe(3);
  });

  it('take back what is in them already', () => {
    write(at(1, { outcome: 'error', errorCode: 'two words', cost: 5 }), at(2, { doneAt: 30 }));
    writer.foldStatistics();
    write(at(1, { cost: 7 }));
    writer = createWriter(database);
    expect(read({ by: 'key' }).total).toMatchObject({ requests: 2, succeeded: 2, errors: {} });
  });

  it('begin anew where they were forgotten', () => {
    write(at(1));
    writer.foldStatistics();
    writer.forgetStatistics(NOON + 4 * DAY);
    write(at(2));
    const question = { from: NOON - HOUR, until: NOON + HOUR };
    expect(read({ ...question, bucket: 60_000 }).total.requests).toBe(1);
    expect(read({ ...question, bucket: HOUR }).total.requests).toBe(2);
  });

  it('count a request once, with what its row said last', () => {
    write(liveRow(1));
    write(at(1, { tokens: null, cost: null }));
    write(at(1, { tokensEstimated: true, cost: 5 }));
    write(at(1, { tokensEstimated: true, cost: 7 }));
    expect(read().total).toMatchObject({ requests: 1, cost: 7, estimated: 1, unpriced: 0 });
    const p50 = read().total.duration?.p50 ?? 0;
    expect(Math.abs(p50 - 450.25) / 450.25).toBeLessThan(0.05);
  });

  it('count what a killed process left as interrupted', () => {
    write(liveRow(1));
    writer.interruptLive();
    expect(read().total).toMatchObject({ requests: 1, succeeded: 0, errors: { interrupted: 1 } });
  });

  it('count a request whose end got lost as interrupted, until its end comes after all', () => {
    write(liveRow(1), liveRow(2));
    writer.interrupt([1]);
    expect(read().total).toMatchObject({ requests: 1, errors: { interrupted: 1 } });
    writer.interrupt([1]);
    write(at(1));
    expect(read().total).toMatchObject({ requests: 1, succeeded: 1, errors: {} });
  });

  it('stay when the rows are gone', () => {
    write(at(1), at(2));
    writer.deleteOldest(10);
    expect(writer.rowCount()).toBe(0);
    expect(read().total.requests).toBe(2);
  });

  it('fill every bucket of the range, hours for two days', () => {
    write(at(1), at(2, { startedAt: NOON + HOUR }));
    const { bucket, buckets, from } = read();
    expect([bucket, buckets.length, from]).toEqual([HOUR, 48, NOON - DAY]);
    expect(buckets.filter(({ requests }) => requests > 0).map((one) => one.at)).toEqual([NOON, NOON + HOUR]);
  });

  it('compare with the range right before', () => {
    write(at(1), at(2, { startedAt: NOON - HOUR }), at(3, { startedAt: NOON - HOUR }));
    const { total, before } = read({ from: NOON, until: NOON + 2 * HOUR, bucket: HOUR, compare: true });
    expect([total.requests, before?.requests]).toEqual([1, 2]);
    expect(read().before).toBeNull();
  });

  it('split by a name, the most used first, and sum up the rest', () => {
    const models = ['a', 'b', 'b', 'c', 'c', 'c', null];
    write(...models.map((modelServed, index) => at(index + 1, { modelServed })));
    const { groups } = read({ by: 'model', most: 2 });
    expect(groups.map(({ name, requests }) => [name, requests])).toEqual([
      ['c', 3],
      ['b', 2],
      [null, 2],
    ]);
    for (const { series, requests } of groups) {
      expect(series.requests.reduce((sum, count) => sum + count, 0)).toBe(requests);
    }
  });

  it.each([
    ['model', 'gpt-5-mini', { modelServed: 'other' }],
    ['provider', 'openai', { provider: 'other' }],
    ['key', 'openai/k1', { keyId: 'other' }],
    ['client', 'laptop', { client: 'other' }],
    ['app', 'claude-code', { app: null }],
  ] as const)('narrow down by %s', (dimension, name, others) => {
    write(at(1), at(2, others));
    expect(read({ only: { [dimension]: [name] } }).total.requests).toBe(1);
    expect(read({ only: { [dimension]: [''] } }).total.requests).toBe(dimension === 'app' ? 1 : 0);
  });

  it.each([
    [{ from: NOON, until: NOON }, 'until'],
    [{ bucket: 90_000 }, 'bucket'],
    [{ from: 0, bucket: 60_000 }, 'bucket'],
  ])('refuse %j, naming the field', (question, field) => {
    expect(() => read(question)).toThrow(expect.objectContaining({ field }));
  });

  it('forget minutes after days, hours after a year and days never', () => {
    write(at(1));
    writer.foldStatistics();
    const levels = (): unknown =>
      database.prepare('SELECT level FROM statistics ORDER BY level').pluck().all();
    writer.forgetStatistics(NOON + 2 * DAY);
    expect(levels()).toEqual([0, 1, 2]);
    writer.forgetStatistics(NOON + 5 * DAY);
    expect(levels()).toEqual([1, 2]);
    writer.forgetStatistics(NOON + 3_000 * DAY);
    expect(levels()).toEqual([2]);
  });

  it('are made of the rows of a log that was begun without them', () => {
    const old = new Database(':memory:');
    migrate(
      old,
      MIGRATIONS.filter(({ version }) => version < 5),
    );
    old
      .prepare(
        `INSERT INTO requests (sequence, id, started_at, outcome, dialect, streamed, attempt_count, tokens_estimated, demo)
          VALUES (1, 'a', ?, 'ok', 'gemini', 0, 1, 0, 0), (2, 'b', ?, 'live', 'gemini', 0, 1, 0, 0)`,
      )
      .run(NOON, NOON);
    migrate(old, MIGRATIONS);
    const query = statisticsQuerySchema.parse({ from: NOON - HOUR, until: NOON + HOUR });
    expect(createStatisticsReader(old)(query, NOON).total.requests).toBe(1);
    old.close();
  });

  it('are the same at every level for any rows, however they were written', () => {
    const outcome = fc.constantFrom<Outcome>('live', 'ok', 'error', 'cut', 'client-left');
    const rows = fc.array(
      fc.record({
        sequence: fc.integer({ min: 1, max: 5 }),
        outcome,
        cost: fc.option(fc.nat(1e9)),
        doneAt: fc.option(fc.nat(1e6)),
        after: fc.constantFrom('nothing', 'folded', 'killed'),
      }),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(rows, (writes) => {
        database.exec('DELETE FROM requests; DELETE FROM statistics; DELETE FROM statistics_journal');
        writer = createWriter(database);
        const last = new Map<number, RequestRow>();
        for (const { after, ...changes } of writes) {
          const row = at(changes.sequence, changes);
          write(row);
          if (after === 'folded') writer.foldStatistics();
          if (after === 'killed') writer = createWriter(database);
          last.set(row.sequence, row);
        }
        const ended = [...last.values()].filter((row) => row.outcome !== 'live');
        const expected = {
          requests: ended.length,
          succeeded: ended.filter((row) => row.outcome === 'ok').length,
          cost: ended.reduce((sum, { cost }) => sum + (cost ?? 0), 0),
        };
        for (const bucket of [60_000, HOUR, DAY]) {
          const { total } = read({ from: NOON - 10 * HOUR, until: NOON + 10 * HOUR, bucket });
          expect(total).toMatchObject(expected);
          const { duration } = total;
          expect(duration === null).toBe(!ended.some((row) => row.outcome === 'ok' && row.doneAt !== null));
        }
      }),
      { numRuns: 30 },
    );
  });

  it('answer every question as rows in memory do', () => {
    const name = fc.constantFrom('a', 'b', 'ü', null);
    const rows = fc.array(
      fc.record({
        startedAt: fc.integer({ min: NOON - 20 * HOUR, max: NOON + 20 * HOUR }),
        outcome: fc.constantFrom<Outcome>('ok', 'error', 'cut'),
        errorCode: fc.constantFrom('rate_limited', 'two words', null),
        modelServed: name,
        provider: name,
        app: name,
        doneAt: fc.option(fc.nat(1e6)),
      }),
      { maxLength: 30 },
    );
    const names = fc.option(fc.subarray(['a', 'b', 'ü', '']), { nil: undefined });
    const questions = fc.record({
      from: fc.integer({ min: NOON - 10 * HOUR, max: NOON }),
      until: fc.constant(NOON + 21 * HOUR),
      bucket: fc.constantFrom(30 * 60_000, HOUR, DAY),
      by: fc.constantFrom('model', 'provider', 'key', 'app', undefined),
      most: fc.integer({ min: 1, max: 3 }),
      only: fc.option(fc.record({ model: names, app: names }), { nil: undefined }),
      compare: fc.boolean(),
    });
    fc.assert(
      fc.property(rows, questions, (changes, question) => {
        database.exec('DELETE FROM requests; DELETE FROM statistics; DELETE FROM statistics_journal');
        writer = createWriter(database);
        const all = changes.map((row, index) => at(index + 1, row));
        write(...all);
        const query = statisticsQuerySchema.parse(question);
        const counted = all.flatMap((row) => countedRow(row) ?? []);
        expect(read(question)).toEqual(memoryStatistics(counted, query, NOON));
      }),
      { numRuns: 60 },
    );
  });
});
