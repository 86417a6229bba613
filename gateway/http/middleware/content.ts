/** What a request carries: JSON, a form with files where one is taken, or nothing. Pure. */
import { GatewayError } from '../../core/errors.ts';
import type { RequestFacts } from './request-facts.ts';

/** Whether `multipart/form-data` is taken. */
export type MediaRule = 'never' | 'not-from-pages' | 'allowed';

/** JSON in UTF-8 and hardly more: forms and plain text are what a page can send without being asked first. */
export function contentProblem(facts: RequestFacts, media: MediaRule): GatewayError | null {
  if (facts.hasBody || (facts.method === 'POST' && facts.contentType !== undefined)) {
    const [type = '', ...parameters] = (facts.contentType ?? '').toLowerCase().split(';');
    const charset = parameters.map((text) => text.trim()).find((text) => text.startsWith('charset='));
    const utf8 = charset === undefined || /^charset="?utf-?8"?$/.test(charset);
    const form = type.trim() === 'multipart/form-data';
    if (form && media === 'not-from-pages') {
      return new GatewayError(
        'unsupported_media_type',
        'Forms of web pages are only taken with a client key; send one in a header.',
      );
    }
    if (!(form && media === 'allowed') && (type.trim() !== 'application/json' || !utf8)) {
      const sent =
        facts.contentType === undefined ? 'no content type' : JSON.stringify(facts.contentType.slice(0, 100));
      return new GatewayError(
        'unsupported_media_type',
        `The body was sent as ${sent}; only \`Content-Type: application/json\` in UTF-8${media === 'never' ? '' : ' or `multipart/form-data`'} is read.`,
      );
    }
  }
  // `h2c` is an offer that may be ignored (Java's client makes it always); for others nothing else would do.
  if (facts.upgrade !== undefined && facts.upgrade.toLowerCase() !== 'h2c') {
    const message = 'This gateway takes no protocol upgrades such as WebSocket; send a plain HTTP request.';
    return new GatewayError('invalid_request', message);
  }
  return null;
}
