/** Where in a request images, files and sounds stand. Pure. */
import type {
  AssistantPart,
  AudioPart,
  FilePart,
  ImagePart,
  MediaSource,
  TextPart,
} from '../core/canonical/parts.ts';
import type { ToolResultPart, Turn, UserPart } from '../core/canonical/parts.ts';
import type { CanonicalRequest } from '../core/canonical/request.ts';

export type MediaPart = ImagePart | FilePart | AudioPart;

export function mediaOf({ turns }: CanonicalRequest): readonly MediaPart[] {
  return turns.flatMap((turn): readonly MediaPart[] => {
    if (turn.role === 'system') return [];
    const parts: readonly (UserPart | AssistantPart)[] = turn.parts;
    return parts.flatMap((part) =>
      part.kind === 'tool-result' ? part.content.filter(isMedia) : isMedia(part) ? [part] : [],
    );
  });
}

const isMedia = <Part extends { readonly kind: string }>(part: Part): part is Extract<Part, MediaPart> =>
  part.kind === 'image' || part.kind === 'file' || part.kind === 'audio';

/** Every source replaced by what `change` makes of it. What a file turns out to be an image becomes one. */
export function withSources(
  request: CanonicalRequest,
  change: (part: MediaPart) => MediaSource,
): CanonicalRequest {
  const inUser = (part: UserPart): UserPart => {
    if (part.kind === 'text') return part;
    if (part.kind === 'tool-result') return { ...part, content: part.content.map(inResult) };
    return part.kind === 'file' ? fileOrImage(part, change(part)) : { ...part, source: change(part) };
  };
  const inResult = (part: ToolResultPart['content'][number]): TextPart | ImagePart | FilePart => {
    if (part.kind === 'text') return part;
    return part.kind === 'file' ? fileOrImage(part, change(part)) : { ...part, source: change(part) };
  };
  const inAssistant = (part: AssistantPart): AssistantPart =>
    part.kind === 'image' || part.kind === 'audio' ? { ...part, source: change(part) } : part;

  const turns = request.turns.map((turn): Turn => {
    if (turn.role === 'user') return { ...turn, parts: turn.parts.map(inUser) };
    return turn.role === 'assistant' ? { ...turn, parts: turn.parts.map(inAssistant) } : turn;
  });
  return { ...request, turns };
}

function fileOrImage(part: FilePart, source: MediaSource): FilePart | ImagePart {
  if (source.kind !== 'data' || !source.mediaType.startsWith('image/')) return { ...part, source };
  return { kind: 'image', source, ...(part.cache === undefined ? {} : { cache: part.cache }) };
}
