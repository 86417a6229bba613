/** Headers without which a request would mean something else. Pure. */
import type { RequestRow } from '../../../../contract/log/row.ts';

/** Where the programs find their key of the gateway; `local` does where no client keys are set up. */
export const KEY_VARIABLE = 'SWITCHYARD_API_KEY';

const MEANING = /^(?:content-type|anthropic-(?:version|beta)|openai-beta)$/;

/** A row of a file may hold line ends, which no header has. */
export function meaningHeaders(row: RequestRow): Readonly<Record<string, string>> {
  const kept = Object.entries(row.requestHeaders).filter(
    ([name, value]) => MEANING.test(name) && /^[\t\x20-\x7e]*$/.test(value),
  );
  return { 'content-type': 'application/json', ...Object.fromEntries(kept) };
}
