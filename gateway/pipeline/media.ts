/** Brings images and files inline where a target cannot fetch them itself. */
import type { CanonicalRequest, Warn } from '../core/canonical/request.ts';

/** Fetches one address within the gateway's own limits. @throws GatewayError `media_refused` */
export type MediaFetch = (url: string) => Promise<{ readonly mediaType: string; readonly bytes: Uint8Array }>;

/** Kinds of media whose addresses the target takes itself. */
export interface MediaRule {
  readonly imageUrls: boolean;
  readonly fileUrls: boolean;
}

export function inlineMedia(
  request: CanonicalRequest,
  _rule: MediaRule,
  _fetch: MediaFetch,
  _warn: Warn,
): Promise<CanonicalRequest> {
  return Promise.resolve(request);
}
