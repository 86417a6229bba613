/**
 * Images and files as a target can take them: fetched where it cannot fetch them itself, with the type they really
 * have, and refused in a sentence where nothing can be done.
 */
import { remark } from '../../contract/rpc/remarks/remark.ts';
import type { MediaSource } from '../core/canonical/parts.ts';
import type { CanonicalRequest, Warn } from '../core/canonical/request.ts';
import type { GatewayError } from '../core/errors.ts';
import { hostOf, type MediaFetch } from '../core/media-fetch.ts';
import { failed } from '../core/failed.ts';
import { checkedFetched, checkedInline, readDataUrl, USUAL_IMAGES, type Inline } from './media-data.ts';
import { mediaOf, withSources, type MediaPart } from './media-walk.ts';

/** What of media the target takes itself. */
export interface MediaRule {
  /** Fetches images by their address. */
  readonly imageUrls: boolean;
  /** Fetches files and sounds by their address. */
  readonly fileUrls: boolean;
  /** Media types of images it reads; absent: the usual four. */
  readonly imageTypes?: readonly string[];
}

/** Of one request: addresses, bytes of one, bytes of all together. */
const MOST_ADDRESSES = 20;
const MOST_BYTES = 20 * 1_048_576;
const MOST_BYTES_TOGETHER = 32 * 1_048_576;
const AT_ONCE = 4;

/** Fetches each address once, for all targets a request is tried with; failures are remembered too. */
export function rememberMedia(fetch: MediaFetch): MediaFetch {
  const known = new Map<string, ReturnType<MediaFetch>>();
  return (url, most) => {
    const found = known.get(url) ?? fetch(url, most);
    known.set(url, found);
    return found;
  };
}

/**
 * The very same request where it holds no media.
 * @param over the client has left: no further address is asked
 * @throws GatewayError `media_refused`
 */
export async function inlineMedia(
  request: CanonicalRequest,
  rule: MediaRule,
  fetch: MediaFetch,
  warn: Warn,
  over: () => boolean = () => false,
): Promise<CanonicalRequest> {
  const parts = mediaOf(request);
  if (parts.length === 0) return request;
  const { imageTypes = USUAL_IMAGES } = rule;
  const wanted = new Set(
    parts.filter((part) => mustFetch(part, rule)).flatMap(({ source }) => addressOf(source)),
  );
  const fetched = await fetchAll([...wanted], fetch, over);
  return withSources(request, ({ kind, source }) => {
    switch (source.kind) {
      case 'uploaded':
        throw uploaded(source.id);
      case 'data':
        return checkedInline(kind, source, imageTypes, warn);
      case 'url': {
        if (isDataUrl(source.url)) return checkedInline(kind, readDataUrl(source.url), imageTypes, warn);
        const found = fetched.get(source.url);
        return found === undefined ? source : checkedFetched(kind, found, imageTypes, hostOf(source.url));
      }
    }
  });
}

function mustFetch({ kind }: MediaPart, rule: MediaRule): boolean {
  return kind === 'image' ? !rule.imageUrls : !rule.fileUrls;
}

const isDataUrl = (url: string): boolean => /^data:/i.test(url);
const addressOf = (source: MediaSource): readonly string[] =>
  source.kind === 'url' && !isDataUrl(source.url) ? [source.url] : [];

async function fetchAll(
  urls: readonly string[],
  fetch: MediaFetch,
  over: () => boolean,
): Promise<ReadonlyMap<string, Inline>> {
  if (urls.length > MOST_ADDRESSES) {
    throw failed('media_refused', remark('media-too-many', { found: urls.length, most: MOST_ADDRESSES }));
  }
  const found = new Map<string, Inline>();
  const waiting = [...urls];
  let together = 0;
  async function work(): Promise<void> {
    for (let url = waiting.shift(); url !== undefined && !over(); url = waiting.shift()) {
      const { mediaType, bytes } = await fetch(url, MOST_BYTES);
      together += bytes.length;
      if (together > MOST_BYTES_TOGETHER) {
        const megabytes = MOST_BYTES_TOGETHER / 1_048_576;
        throw failed('media_refused', remark('media-together', { megabytes, host: hostOf(url) }));
      }
      found.set(url, {
        kind: 'data',
        mediaType,
        base64: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64'),
      });
    }
  }
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  } finally {
    // Where one failed, no other is begun.
    waiting.length = 0;
  }
  return found;
}

function uploaded(id: string): GatewayError {
  return failed('media_refused', remark('media-uploaded', { id: id.slice(0, 80) }));
}
