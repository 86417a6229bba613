/** What the last requests of the log show of each feature that scores look at. */
import type { RequestSummary } from '../../contract/log/row.ts';
import type { ComplexityStrengths, RecentComplexity } from '../../contract/rpc/procedures/complexity.ts';
import { REQUEST_FORMATS } from '../../contract/rpc/request-formats.ts';
import type { RequestLog } from '../core/log-store.ts';
import { complexityOf } from '../routing/complexity.ts';
import { readFrom } from './explain.ts';
import { fromLog } from './from-log.ts';

const MOST_ROWS = 200;
/** Bodies beyond this are not read: the engine answers requests meanwhile. Bytes. */
const MOST_BYTES = 8_000_000;

/** Under full weights what each feature contributes is how strong it is. */
const FULL = {
  weights: { length: 1, code: 1, reasoning: 1, tools: 1, images: 1, turns: 1, constraints: 1 },
} satisfies Parameters<typeof complexityOf>[1];

export async function recentComplexity(log: RequestLog): Promise<RecentComplexity> {
  const { rows } = await fromLog(log.list({ limit: MOST_ROWS, filter: {} }));
  const requests: ComplexityStrengths[] = [];
  let bytes = 0;
  let looked = 0;
  for (const row of rows) {
    if (bytes > MOST_BYTES) break;
    looked += 1;
    const body = await fromLog(log.body(row.id, 'request'));
    if (body?.state !== 'stored') continue;
    bytes += body.bytes;
    const strengths = strengthsOf(row, body.text);
    if (strengths !== null) requests.push(strengths);
  }
  return { requests, looked };
}

/** @returns null where it is no chat request, or one that nobody could read */
function strengthsOf({ dialect, modelAsked }: RequestSummary, body: string): ComplexityStrengths | null {
  const format = REQUEST_FORMATS.find((known) => known === dialect);
  if (format === undefined) return null;
  try {
    return complexityOf(readFrom({ format, model: modelAsked ?? '', body }).read(), FULL).parts;
  } catch {
    // Requests that were refused for their form are in the log too.
    return null;
  }
}
