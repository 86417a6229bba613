/** A request of the log as the question of the dry run. Pure. */
import type { RequestRow, StoredBody } from '../../../contract/log/row.ts';
import { formatOf, type ExplainDraft } from './explain-request.ts';

/** What a log has instead of a secret. */
const HIDDEN = '[redacted]';
/** Made anew for every request, and of no use to a rule. */
const OF_TRANSPORT = /^(host|connection|content-.*|accept.*|transfer-encoding|cookie|authorization)$/;

/** @param body as it is kept; one that is not whole would be no request */
export function loggedQuestion(
  row: Pick<RequestRow, 'dialect' | 'modelAsked' | 'client' | 'requestHeaders'>,
  { state, text }: StoredBody,
): ExplainDraft {
  const headers = Object.entries(row.requestHeaders).filter(
    ([name, value]) => !OF_TRANSPORT.test(name.toLowerCase()) && !value.includes(HIDDEN),
  );
  return {
    format: formatOf(row.dialect),
    // Gemini and others name the model in the address.
    model: row.modelAsked ?? '',
    body: state === 'stored' ? text : '',
    client: row.client ?? '',
    headers: headers.map(([name, value]) => `${name}: ${value}`).join('\n'),
  };
}
