/**
 * Rows as HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/), for network panels and for ourselves: what the
 * format has no place for stands in `_switchyard`, so that an import gets everything back. Pure.
 */
import { STATUS_CODES } from 'node:http';
import type { StoredBody } from '../../../contract/log/row.ts';
import { wholeAddress } from './address.ts';
import type { LogEntry } from './entry.ts';
import { fileRow } from './file-row.ts';
import { harTimings } from './har-timings.ts';

/** Until the first entry. */
export const harHead = (version: string): string =>
  `{"log":{"version":"1.2","creator":{"name":"Switchyard","version":${JSON.stringify(version)}},"entries":[`;

export const HAR_TAIL = '\n]}}\n';

type Pair = { readonly name: string; readonly value: string };

/** @param address of the gateway, without a path: a HAR tells whole addresses */
export function harEntry({ row, request, response, times }: LogEntry, address: string): string {
  const { time, timings } = harTimings(row);
  const requestType = mimeType(row.requestHeaders);
  const url = wholeAddress(row.path, address);
  return JSON.stringify({
    startedDateTime: new Date(row.startedAt).toISOString(),
    time,
    request: {
      method: row.method,
      url: url.href,
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: pairs(row.requestHeaders),
      queryString: [...url.searchParams].map(([name, value]): Pair => ({ name, value })),
      ...(isKept(request) ? { postData: { mimeType: requestType, text: request.text } } : {}),
      headersSize: -1,
      bodySize: row.requestBytes,
    },
    response: {
      status: row.status ?? 0,
      statusText: STATUS_CODES[row.status ?? 0] ?? '',
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: pairs(row.responseHeaders),
      content: {
        size: row.responseBytes,
        mimeType: mimeType(row.responseHeaders),
        ...(isKept(response) ? { text: response.text } : {}),
      },
      redirectURL: '',
      headersSize: -1,
      bodySize: row.responseBytes,
    },
    cache: {},
    timings,
    _switchyard: { row: fileRow(row), request: withoutText(request), response: withoutText(response), times },
  });
}

const isKept = ({ state }: StoredBody): boolean => state === 'stored' || state === 'truncated';

const withoutText = ({ state, bytes }: StoredBody): Omit<StoredBody, 'text'> => ({ state, bytes });

const pairs = (headers: Readonly<Record<string, string>>): readonly Pair[] =>
  Object.entries(headers).map(([name, value]) => ({ name, value }));

/** As Chromium names what nobody told. */
const mimeType = (headers: Readonly<Record<string, string>>): string =>
  headers['content-type'] ?? 'x-unknown';
