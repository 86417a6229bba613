/** Whole files out of a log and into one, as a page moves them. */
import type { ImportState } from '../../contract/rpc/procedures/request-transfer.ts';
import { exportPiece, type ExportPorts, type ExportQuery } from '../control/transfer/export.ts';
import { createImporter } from '../control/transfer/import.ts';
import type { RequestLog } from '../core/log-store.ts';
import type { Clock } from '../core/ports.ts';
import { createRedactor } from '../core/redact.ts';

export const GATEWAY = { version: '0.1.0', address: 'http://127.0.0.1:8080' };

/** @returns the file, and the pieces it came in */
export async function exportFile(
  log: ExportPorts['log'],
  query: Omit<ExportQuery, 'cursor'>,
  secrets: readonly string[] = [],
): Promise<{ readonly file: string; readonly pieces: readonly string[] }> {
  const ports = { log, redactor: createRedactor(secrets), gateway: GATEWAY };
  const pieces: string[] = [];
  let piece = await exportPiece(query, ports);
  pieces.push(piece.text);
  while (piece.next !== null) {
    piece = await exportPiece({ ...query, cursor: piece.next }, ports);
    pieces.push(piece.text);
  }
  return { file: pieces.join(''), pieces };
}

/** @param size characters of a piece */
export async function importFile(
  log: RequestLog,
  clock: Clock,
  file: string,
  size = 1_000_000,
): Promise<ImportState> {
  const importer = createImporter({ log, clock, random: Math.random, days: () => 30 });
  let state: ImportState | undefined;
  let at = 0;
  do {
    const text = file.slice(at, at + size);
    at += size;
    state = await importer.take({ import: state?.import, text, last: at >= file.length });
  } while (at < file.length);
  return state;
}
