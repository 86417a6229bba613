/** Media as the addresses this dialect writes them in. */
import type { MediaSource } from '../../core/canonical/parts.ts';

/** A data URL for bytes; of something uploaded only the id is known, which is no address. */
export function urlOf(source: MediaSource): string {
  switch (source.kind) {
    case 'data':
      return `data:${source.mediaType};base64,${source.base64}`;
    case 'url':
      return source.url;
    case 'uploaded':
      return source.id;
  }
}

/** `data:image/png;base64,…`, with parameters perhaps; anything else is an address. */
export function sourceOf(url: string): MediaSource {
  const comma = url.indexOf(',');
  const head = url.slice(0, Math.max(comma, 0));
  if (!/^data:.*;base64$/i.test(head)) return { kind: 'url', url, mediaType: '' };
  return {
    kind: 'data',
    mediaType: head.slice('data:'.length).split(';')[0]?.toLowerCase() ?? '',
    base64: url.slice(comma + 1),
  };
}
