/** Forms with files (RFC 7578), looked at without copying them: where do the fields stand that matter? */
import { remark } from '../../../contract/rpc/remarks/remark.ts';
import type { Told } from '../../../contract/rpc/connect-sayings.ts';
import type { GatewayError } from '../../core/errors.ts';
import type { ByteRange } from '../../core/scan-body.ts';
import { failed } from '../../core/failed.ts';

export interface Form {
  readonly boundary: string;
  /** Values of the fields that are no files, by name; a name that stands twice is not told apart here. */
  readonly fields: ReadonlyMap<string, ByteRange>;
  /** Names that stand more than once. */
  readonly repeated: ReadonlySet<string>;
  /** All of them in their order; those of one name, too. */
  readonly parts: readonly FormPart[];
  /** Where the first part begins: the place for one more. */
  readonly insertAt: number;
}

export interface FormPart {
  /** Empty where it has none. */
  readonly name: string;
  /** Null where it is no file. */
  readonly fileName: string | null;
  readonly value: ByteRange;
}

const CRLF = '\r\n';
const HEADERS_END = Buffer.from(CRLF + CRLF);
/** Bytes of a part's headers, and parts of a form, beyond which nobody means well. */
const MOST_HEADER_BYTES = 16_384;
const MOST_PARTS = 1_000;
/** RFC 2046, section 5.1.1. */
const BOUNDARY = /^[0-9A-Za-z'()+_,\-./:=? ]{0,69}[0-9A-Za-z'()+_,\-./:=?]$/;
/** One parameter of a header; quoted texts are taken whole, so that nothing inside them counts. */
const PARAMETER = /;[ \t]*([\w*-]+)[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|([^;"]*))/g;

/** @throws GatewayError `invalid_request` for what is no whole form */
export function readForm(bytes: Uint8Array, contentType: string): Form {
  const boundary = parametersOf(contentType).get('boundary') ?? '';
  if (!BOUNDARY.test(boundary)) {
    throw broken(remark('form-no-boundary'));
  }
  const body = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const delimiter = Buffer.from(`--${boundary}`);
  const fields = new Map<string, ByteRange>();
  const repeated = new Set<string>();
  const parts: FormPart[] = [];
  const first = nextDelimiter(body, delimiter, 0);
  let at = first;
  for (;;) {
    if (at === -1) throw broken(remark('form-no-end'));
    const start = lineEnd(body, at + delimiter.length);
    if (start === 'last') break;
    if (start === -1) throw broken(remark('form-line'));
    if (parts.length === MOST_PARTS) throw broken(remark('form-parts', { most: MOST_PARTS }));
    const next = nextDelimiter(body, delimiter, start);
    if (next === -1) throw broken(remark('form-no-end'));
    const headersEnd = body.indexOf(HEADERS_END, start - CRLF.length);
    if (headersEnd === -1 || headersEnd > next || headersEnd - start > MOST_HEADER_BYTES) {
      throw broken(remark('form-head-open'));
    }
    const said = disposition(body.toString('utf8', start, Math.max(start, headersEnd)));
    const valueStart = headersEnd + HEADERS_END.length;
    const value = { start: valueStart, end: Math.max(valueStart, next - CRLF.length) };
    parts.push({ ...said, value });
    const { name, fileName } = said;
    if (fileName === null && name !== '') {
      if (fields.has(name)) repeated.add(name);
      fields.set(name, value);
    }
    at = next;
  }
  return { boundary, fields, repeated, parts, insertAt: first };
}

/** A part with one value, in front of others. @throws GatewayError for a value that would end the part */
export function formPart(boundary: string, name: string, value: string): string {
  return `--${boundary}${CRLF}Content-Disposition: form-data; name="${name}"${CRLF}${CRLF}${formValue(boundary, value)}${CRLF}`;
}

export function formValue(boundary: string, value: string): string {
  if (!/[\r\n]/.test(value) && !value.includes(`--${boundary}`)) return value;
  throw broken(remark('form-no-model'));
}

/** At the very beginning, or behind a line's end. */
function nextDelimiter(body: Buffer, delimiter: Buffer, from: number): number {
  let at = body.indexOf(delimiter, from);
  while (at > 0 && !(body[at - 1] === 0x0a && body[at - 2] === 0x0d)) {
    at = body.indexOf(delimiter, at + 1);
  }
  return at;
}

/** Offset behind the line of a delimiter; `last` for the closing one, -1 for what is neither. */
function lineEnd(body: Buffer, from: number): number | 'last' {
  if (body[from] === 0x2d && body[from + 1] === 0x2d) return 'last';
  let at = from;
  while (body[at] === 0x20 || body[at] === 0x09) at += 1;
  return body[at] === 0x0d && body[at + 1] === 0x0a ? at + CRLF.length : -1;
}

function disposition(headers: string): Pick<FormPart, 'name' | 'fileName'> {
  const line = headers.split(CRLF).find((header) => /^content-disposition[ \t]*:/i.test(header));
  const parameters = parametersOf(line ?? '');
  return {
    name: parameters.get('name') ?? '',
    fileName: parameters.get('filename') ?? parameters.get('filename*') ?? null,
  };
}

function parametersOf(header: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [, name = '', quoted, bare = ''] of header.matchAll(PARAMETER)) {
    const value = quoted === undefined ? bare.trim() : quoted.replace(/\\(.)/g, '$1');
    if (!found.has(name.toLowerCase())) found.set(name.toLowerCase(), value);
  }
  return found;
}

function broken(why: Told): GatewayError {
  return failed('invalid_request', remark('form-unread', {}, why));
}
