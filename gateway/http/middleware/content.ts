/** What a request carries: JSON or nothing. Pure. */
import { GatewayError } from '../../core/errors.ts';
import type { RequestFacts } from './request-facts.ts';

/** Only JSON, in UTF-8: forms and plain text are what a page can send without being asked first. */
export function contentProblem(facts: RequestFacts): GatewayError | null {
  if (facts.hasBody || (facts.method === 'POST' && facts.contentType !== undefined)) {
    const [type = '', ...parameters] = (facts.contentType ?? '').toLowerCase().split(';');
    const charset = parameters.map((text) => text.trim()).find((text) => text.startsWith('charset='));
    const utf8 = charset === undefined || /^charset="?utf-?8"?$/.test(charset);
    if (type.trim() !== 'application/json' || !utf8) {
      const sent =
        facts.contentType === undefined ? 'no content type' : JSON.stringify(facts.contentType.slice(0, 100));
      return new GatewayError(
        'unsupported_media_type',
        `The body was sent as ${sent}; only \`Content-Type: application/json\` in UTF-8 is read.`,
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
