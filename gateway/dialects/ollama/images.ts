/** Images as Ollama's clients send them: bare base64, whose first characters tell what it is. */
import type { ImagePart } from '../../core/canonical/parts.ts';
import { AN_IMAGE } from '../../core/allowed.ts';
import { below, readString, refuse, type Path } from '../../core/json-read.ts';

/** First characters in base64 of what models can see. */
const BEGINNINGS: readonly (readonly [string, string])[] = [
  ['iVBORw0KGgo', 'image/png'],
  ['/9j/', 'image/jpeg'],
  ['R0lGOD', 'image/gif'],
  ['UklGR', 'image/webp'],
];
const DATA_URL = /^data:[^,;]*;base64,/;

/** @throws GatewayError `invalid_request` for what no model could be shown */
export function readImages(list: readonly unknown[], path: Path): readonly ImagePart[] {
  return list.map((value, index) => {
    const at = below(path, index);
    // Some clients put a whole data URL here.
    const base64 = readString(value, at).replace(DATA_URL, '');
    const mediaType = BEGINNINGS.find(([beginning]) => base64.startsWith(beginning))?.[1];
    if (mediaType === undefined) return refuse(at, AN_IMAGE, value);
    return { kind: 'image', source: { kind: 'data', mediaType, base64 } };
  });
}
