/** Takes secrets out of every text of a row that came from outside. */
import type { AttemptRecord, RequestRow } from '../../contract/log/row.ts';
import { REDACTED, type Redactor } from '../core/redact.ts';

/** Headers whose value is a credential whatever it looks like. */
const CREDENTIAL_HEADERS: ReadonlySet<string> = new Set([
  'authorization',
  'proxy-authorization',
  'x-api-key',
  'api-key',
  'x-goog-api-key',
  'cookie',
  'set-cookie',
]);

/** Ids and names that the configuration or the gateway gave stay as they are: rows are found by them. */
export function redactRow(row: RequestRow, redactor: Redactor): RequestRow {
  const clean = (value: string): string => redactor.text(value);
  const maybe = (value: string | null): string | null => (value === null ? null : redactor.text(value));
  const attempt = (record: AttemptRecord): AttemptRecord => ({
    ...record,
    model: clean(record.model),
    message: maybe(record.message),
  });
  return {
    ...row,
    app: maybe(row.app),
    modelAsked: maybe(row.modelAsked),
    modelServed: maybe(row.modelServed),
    finishReason: maybe(row.finishReason),
    path: clean(row.path),
    userAgent: maybe(row.userAgent),
    attempts: row.attempts.map(attempt),
    warnings: row.warnings.map(clean),
    errorMessage: maybe(row.errorMessage),
    requestHeaders: redactHeaders(row.requestHeaders, redactor),
    responseHeaders: redactHeaders(row.responseHeaders, redactor),
  };
}

function redactHeaders(
  headers: Readonly<Record<string, string>>,
  redactor: Redactor,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      CREDENTIAL_HEADERS.has(name.toLowerCase()) ? REDACTED : redactor.text(value),
    ]),
  );
}
