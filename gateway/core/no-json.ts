/** What an upstream sent instead of a JSON answer, for the person who set its address. */
import { readErrorValue } from './read-error.ts';

/** @param text of the body, trimmed and not empty */
export function describeNoJson(text: string, contentType: string): string {
  const type = `content type ${contentType === '' ? 'not given' : contentType.slice(0, 80)}`;
  if (text.startsWith('<') || contentType.includes('html')) return `${readErrorValue(200, text).message}.`;
  if (/^(?:data|event|:)/.test(text)) {
    return `The answer was an event stream (${type}). Where one was asked for, the server must say text/event-stream; else it must answer with JSON.`;
  }
  if (/^[{[]/.test(text)) return `The answer was cut off after ${Buffer.byteLength(text)} bytes.`;
  return `The answer was not JSON (${type}).`;
}
