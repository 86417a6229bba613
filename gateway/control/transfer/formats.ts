/** The file formats of an export: how each begins, what it says of a row, and how it ends. */
import type { ExportFormat } from '../../../contract/rpc/transfer-formats.ts';
import type { RequestSummary } from '../../../contract/log/row.ts';
import { CSV_HEAD, csvLine } from './csv.ts';
import type { LogEntry } from './entry.ts';
import { fileRow } from './file-row.ts';
import { HAR_TAIL, harEntry, harHead } from './har.ts';

export interface FileFormat {
  readonly mediaType: string;
  readonly head: string;
  readonly tail: string;
  /** Between two rows. */
  readonly between: string;
  /** Whether rows are told whole or as the list shows them. */
  readonly line:
    | { readonly of: 'entry'; readonly write: (entry: LogEntry) => string }
    | { readonly of: 'summary'; readonly write: (row: RequestSummary) => string };
}

/** @param gateway its version, and its address without a path */
export function fileFormat(
  format: ExportFormat,
  gateway: { readonly version: string; readonly address: string },
): FileFormat {
  switch (format) {
    case 'har':
      return {
        mediaType: 'application/json',
        head: harHead(gateway.version),
        between: ',',
        tail: HAR_TAIL,
        line: { of: 'entry', write: (entry) => `\n${harEntry(entry, gateway.address)}` },
      };
    case 'jsonl':
      return {
        mediaType: 'application/x-ndjson',
        head: '',
        between: '',
        tail: '',
        // `row` has to come first: by that an import tells the format.
        line: {
          of: 'entry',
          write: ({ row, request, response, times }) =>
            `${JSON.stringify({ row: fileRow(row), request, response, times })}\n`,
        },
      };
    case 'csv':
      return {
        mediaType: 'text/csv',
        head: CSV_HEAD,
        between: '',
        tail: '',
        line: { of: 'summary', write: csvLine },
      };
  }
}
