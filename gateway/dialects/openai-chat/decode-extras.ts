/** Pictures a model made and sources it names. */
import type { StreamPart } from '../../core/canonical/stream-parts.ts';
import { isArray, isObject, type JsonObject } from '../../core/json.ts';
import { sourceOf } from './media-url.ts';

/** OpenRouter's `images`: `[{type: 'image_url', image_url: {url}}]`. */
export function imagesIn(delta: JsonObject): readonly StreamPart[] {
  return objectsIn(delta['images']).flatMap(({ image_url: image }): readonly StreamPart[] => {
    const url = isObject(image) ? image['url'] : image;
    if (typeof url !== 'string' || url === '') return [];
    return [{ kind: 'media', media: 'image', source: sourceOf(url) }];
  });
}

/** `annotations` with `url_citation`; offsets that are not given are -1. */
export function citationsIn(delta: JsonObject): readonly StreamPart[] {
  return objectsIn(delta['annotations']).flatMap(({ url_citation: cited }): readonly StreamPart[] => {
    if (!isObject(cited)) return [];
    const { url, title, start_index: start, end_index: end } = cited;
    if (typeof url !== 'string' || url === '') return [];
    return [
      {
        kind: 'citation',
        url,
        title: typeof title === 'string' ? title : '',
        start: typeof start === 'number' ? start : -1,
        end: typeof end === 'number' ? end : -1,
      },
    ];
  });
}

const objectsIn = (value: unknown): readonly JsonObject[] => (isArray(value) ? value.filter(isObject) : []);
