/** Where the bytes of images and files are: addresses, data URLs, uploaded files. */
import type { MediaSource } from '../../core/canonical/parts.ts';

const DATA_URL = /^data:([^,;]*)([^,]*),/;

/** Reads an address. A data URL that is not in base64 (text, percent-encoded) is put into it. */
export function sourceOfUrl(url: string): MediaSource {
  const head = DATA_URL.exec(url.slice(0, 300));
  if (head === null) return { kind: 'url', url, mediaType: '' };
  const [whole, mediaType = '', parameters = ''] = head;
  const rest = url.slice(whole.length);
  const base64 = parameters.toLowerCase().endsWith(';base64')
    ? rest
    : Buffer.from(decoded(rest)).toString('base64');
  return { kind: 'data', mediaType: mediaType === '' ? 'text/plain' : mediaType, base64 };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** `file_data` is a data URL, or bare base64 whose kind only the file's name tells. */
export function sourceOfFileData(data: string, name: string): MediaSource {
  return data.startsWith('data:')
    ? sourceOfUrl(data)
    : { kind: 'data', mediaType: typeOfName(name), base64: data };
}

export const dataUrl = (mediaType: string, base64: string): string => `data:${mediaType};base64,${base64}`;

const TYPES: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  txt: 'text/plain',
  md: 'text/markdown',
  csv: 'text/csv',
  html: 'text/html',
  json: 'application/json',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
};

/** PDF is what the dialect means by a file unless it is told otherwise. */
function typeOfName(name: string): string {
  return TYPES[name.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'application/pdf';
}

/** A name for a file that came without: the dialect wants one beside the bytes. */
export function nameOfType(mediaType: string): string {
  const known = Object.entries(TYPES).find(([, type]) => type === mediaType);
  return `document.${known === undefined ? 'bin' : known[0]}`;
}
