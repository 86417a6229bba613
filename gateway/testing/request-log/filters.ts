/** That a log narrows its list to a filter, spreads it over time, and tells names to filter by. */
import { expect, it } from 'vitest';
import type {
  Condition,
  FlagField,
  RangeField,
  RequestFilter,
  TextField,
} from '../../../contract/log/filter.ts';
import type { RequestRow } from '../../../contract/log/row.ts';
import type { RequestLog } from '../../core/log-store.ts';
import { liveRow, NO_BODIES, requestRow, sequences } from '../request-row.ts';

const HOUR = 3_600_000;
/** When `requestRow` arrived, Unix ms. */
const START = requestRow({ sequence: 0 }).startedAt;

/** @param log the empty log of the test that runs */
export function itFilters(log: () => RequestLog): void {
  it('narrows the list to what the filter says', async () => {
    const add = (sequence: number, row: Partial<RequestRow>): void =>
      log().finish(requestRow({ sequence, ...row }), NO_BODIES);
    add(1, { cache: 'hit', imported: true });
    add(2, {
      outcome: 'error',
      status: 502,
      errorCode: 'upstream_error',
      provider: 'groq',
      doneAt: 500,
      tools: true,
      conversation: 'c2',
    });
    add(3, {
      startedAt: START + 1.5,
      attemptCount: 2,
      modelServed: 'Claude_4%x',
      app: 'a*b',
      streamed: false,
      finishReason: 'length',
      cost: 1e12,
      tokens: { input: 100, cacheRead: 0, cacheWrite: 0, output: 60, reasoning: 0 },
    });
    add(4, {
      outcome: 'cut',
      app: 'Cline',
      modelAsked: null,
      modelServed: null,
      path: '/v1/messages?beta=true',
      tokensEstimated: true,
    });
    log().begin(liveRow(5));
    add(6, { outcome: 'client-left', status: 499, keyId: 'k2', keyFingerprint: '…z9y8', cost: null });
    const text = (field: TextField, ...values: string[]): Condition => ({ kind: 'text', field, values });
    const flag = (field: FlagField): Condition => ({ kind: 'flag', field });
    const range = (field: RangeField, least?: number, most?: number): Condition => ({
      kind: 'range',
      field,
      least,
      most,
    });
    const not = (condition: Condition): Condition => ({ ...condition, not: true });
    const all = [6, 5, 4, 3, 2, 1];
    const cases: readonly (readonly [readonly Condition[], readonly number[]])[] = [
      [[], all],
      [[text('outcome', 'live')], [5]],
      [[text('outcome', 'ERROR', 'cut')], [4, 2]],
      [[not(text('outcome', 'error', 'cut'))], [6, 5, 3, 1]],
      [[text('outcome', 'c*')], [6, 4]],
      [[text('error', 'upstream_error')], [2]],
      [[not(text('error', '*'))], [6, 5, 4, 3, 1]],
      [[text('provider', 'groq')], [2]],
      [[text('provider', 'GROQ', 'none')], [2]],
      [[text('provider', 'none')], []],
      [[text('provider', 'gr*q'), text('provider', '*r*')], [2]],
      [[text('provider', 'groq*q')], []],
      [[text('model', 'FAST')], [6, 5, 3, 2, 1]],
      [[text('model', '*claude_4%*')], [3]],
      [[text('model', '*_*')], [3]],
      [[text('model', '*')], [6, 5, 3, 2, 1]],
      [[text('asked', 'gpt-5-mini')], []],
      [[text('served', 'gpt-5-*')], [6, 5, 2, 1]],
      [[not(text('served', 'gpt-5-*'))], [4, 3]],
      [[text('app', 'cline')], [4]],
      [[text('app', 'A\\*b')], [3]],
      [[text('app', 'a\\**')], [3]],
      [[text('app', 'cl\\*')], []],
      [[text('app', '*\\*b', 'cline')], [4, 3]],
      [[text('key', 'k1')], [5, 4, 3, 2, 1]],
      [[text('key', 'k2', '…z9y8')], [6]],
      [[text('client', 'lap*')], all],
      [[text('dialect', 'openai-chat')], all],
      [[text('finish', 'length')], [3]],
      [[text('conversation', 'c2')], [2]],
      [[text('conversation', 'C2')], []],
      [[text('conversation', 'C*')], all],
      [[text('path', '/v1/mess*')], [4]],
      [[text('id', 'req_3', 'req_4')], [4, 3]],
      [[text('id', 'REQ_3')], []],
      [[flag('imported')], [1]],
      [
        [not(flag('imported')), flag('failed')],
        [6, 4, 2],
      ],
      [[flag('failed')], [6, 4, 2]],
      [[not(flag('failed'))], [5, 3, 1]],
      [[flag('retried')], [3]],
      [[flag('failed'), flag('retried')], []],
      [[flag('streamed')], [6, 5, 4, 2, 1]],
      [[flag('tools')], [2]],
      [[flag('cached')], [1]],
      [[flag('estimated')], [4]],
      [[flag('unpriced')], [6]],
      [[range('time', START)], all],
      [[range('time', undefined, START - 1)], []],
      [[range('time', START + 1, START + 2)], [3]],
      [[range('status', 500, 599)], [2]],
      [[not(range('status', 200, 200))], [6, 5, 2]],
      [[range('cost', 0.5, 2)], [3]],
      [[range('cost', undefined, 0.000123)], [5, 4, 2, 1]],
      [[range('tokens', 151)], [3]],
      [[range('input', 101)], []],
      [[range('output', 51)], [3]],
      [[range('duration', 451)], [2]],
      [[range('firstContent', 120.5, 120.5)], [6, 5, 4, 3, 2, 1]],
      [[range('attempts', 2)], [3]],
      [[flag('failed'), text('provider', 'openai'), not(text('app', 'cline'))], [6]],
    ];
    for (const [where, expected] of cases) {
      const page = await log().list({ limit: 10, filter: { where: [...where] } });
      const found = { where, rows: sequences(page.rows), total: page.total, exact: page.totalIsExact };
      expect(found).toEqual({ where, rows: expected, total: expected.length, exact: true });
    }
  });

  it('spreads the rows of a filter over time, and tells the names to filter by', async () => {
    const noon = Date.UTC(2026, 10, 21, 12);
    const add = (sequence: number, after: number, row: Partial<RequestRow> = {}): void =>
      log().finish(requestRow({ sequence, startedAt: noon + after, ...row }), NO_BODIES);
    expect((await log().histogram({ filter: {}, buckets: 12 })).counts).toEqual([]);
    add(1, 0);
    add(2, HOUR / 4 - 1, { outcome: 'error', provider: 'groq', modelServed: 'llama' });
    add(3, HOUR, { provider: 'Groq', modelServed: null });
    add(4, HOUR, { modelServed: 'FAST', provider: null });
    const at = (after: number, requests: number, failed: number) => ({
      at: noon + after,
      requests,
      failed,
    });
    expect(await log().histogram({ filter: {}, buckets: 12 })).toEqual({
      from: noon,
      until: noon + 1.25 * HOUR,
      bucket: HOUR / 4,
      counts: [at(0, 2, 1), at(HOUR, 2, 0)],
      exact: true,
    });
    const groq: RequestFilter = { where: [{ kind: 'text', field: 'provider', values: ['groq'] }] };
    expect((await log().histogram({ filter: groq, buckets: 12 })).counts).toEqual([
      at(0, 1, 1),
      at(HOUR, 1, 0),
    ]);
    expect((await log().histogram({ filter: { words: 'no' }, buckets: 12 })).counts).toEqual([]);
    const later: RequestFilter = { where: [{ kind: 'range', field: 'time', least: noon + HOUR }] };
    expect(await log().histogram({ filter: later, buckets: 12 })).toMatchObject({
      from: noon + HOUR,
      counts: [at(HOUR, 2, 0)],
    });

    expect(await log().values({ field: 'provider', part: '', limit: 9 })).toMatchObject({
      values: [{ requests: 2 }, { name: 'openai', requests: 1 }],
      complete: true,
    });
    expect(await log().values({ field: 'model', part: 'A', limit: 1 })).toEqual({
      values: [{ name: expect.stringMatching(/^fast$/i), requests: 4 }],
      complete: false,
    });
    expect(await log().values({ field: 'error', part: '', limit: 9 })).toEqual({
      values: [],
      complete: true,
    });
  });
}
