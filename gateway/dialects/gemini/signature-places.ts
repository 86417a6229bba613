/** Where the signatures of a model's step stand when it is sent back. */
import type { AssistantPart } from '../../core/canonical/parts.ts';

/**
 * Gemini itself puts a thought's signature on the call it led to, which must not be without one, or on the text.
 * Dialects that carry signatures with thoughts bring it back there; it moves to where it came from, unless that has
 * its own.
 * @returns values by the index of the part that carries them
 */
export function signaturePlaces(parts: readonly AssistantPart[]): ReadonlyMap<number, string> {
  const places = new Map<number, string>();
  for (const [index, part] of parts.entries()) {
    const value = signatureOf(part);
    if (value === null) continue;
    places.set(part.kind === 'reasoning' ? (placeBehind(parts, index) ?? index) : index, value);
  }
  return places;
}

const signatureOf = (part: AssistantPart): string | null =>
  'signature' in part ? (part.signature?.value ?? null) : null;

/** The next call without a signature of its own, else the next such text; not beyond anything that has one. */
function placeBehind(parts: readonly AssistantPart[], thought: number): number | undefined {
  const rest = parts.slice(thought + 1);
  const signed = rest.findIndex((part) => signatureOf(part) !== null);
  const free = signed === -1 ? rest : rest.slice(0, signed);
  for (const kind of ['tool-call', 'text']) {
    const found = free.findIndex((part) => part.kind === kind);
    if (found !== -1) return thought + 1 + found;
  }
  return undefined;
}
