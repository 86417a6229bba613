/** A request as a command for a POSIX shell. Pure. */
import type { RequestRow } from '../../../../contract/log/row.ts';
import { wholeAddress } from '../address.ts';
import { KEY_VARIABLE, meaningHeaders } from './request-headers.ts';

/** Bodies beyond this are read from the lines below the command: an argument may have 128 KB at the most. */
const LONGEST_ARGUMENT = 2_000;

export function curlCommand(row: RequestRow, body: string, address: string): string {
  const url = wholeAddress(row.path, address).href;
  const headers = Object.entries(meaningHeaders(row)).map(
    ([name, value]) => `  -H ${quoted(`${name}: ${value}`)} \\`,
  );
  const long = body.length > LONGEST_ARGUMENT || /[\r\n]/.test(body);
  const lines = [
    // Brackets of an address are meant as they are; events are shown as they come.
    `curl -g${row.streamed ? ' -N' : ''} ${quoted(url)} \\`,
    ...headers,
    `  -H "Authorization: Bearer \${${KEY_VARIABLE}:-local}" \\`,
  ];
  // `-d` would take a body that begins with @ for the name of a file, and drop its line ends.
  if (!long) return [...lines, `  --data-raw ${quoted(body)}`].join('\n');
  const mark = markOutside(body);
  return [...lines, `  --data-binary @- <<'${mark}'`, body, mark].join('\n');
}

/** Within single quotes a shell reads nothing but their end. */
const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** A line that does not stand in the body. */
function markOutside(body: string): string {
  const lines = new Set(body.split(/\r?\n/));
  let mark = 'BODY';
  while (lines.has(mark)) mark += '_';
  return mark;
}
