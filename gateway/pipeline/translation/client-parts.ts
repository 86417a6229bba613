/** An upstream's parts as the client gets them: its own names of tools, safe ids, free text of custom tools. */
import type { Origin, Signature } from '../../core/canonical/signature.ts';
import type { StreamPart } from '../../core/canonical/stream-parts.ts';
import { raisedInput } from './custom-tools.ts';
import type { Fitted } from './fit.ts';
import { idForClient } from './tool-names.ts';

/**
 * One per answer. A custom tool's input is held until its call is whole: only then is it known to be the text.
 * @param origin where the answer comes from
 */
export function createPartMapper(
  { names, lowered }: Fitted,
  origin: Origin,
): (part: StreamPart) => readonly StreamPart[] {
  /** Arguments so far of custom calls, by index. */
  const held = new Map<number, string>();
  const stamped = (signature: Signature): Signature => ({ ...signature, origin });

  return (part) => {
    switch (part.kind) {
      case 'tool-call-start': {
        const name = names.forClient(part.name);
        const custom = part.custom || lowered.has(name);
        if (custom && !part.custom) held.set(part.index, '');
        const { signature, ...rest } = part;
        const start = { ...rest, id: idForClient(part.id), name, custom };
        return [signature === undefined ? start : { ...start, signature: stamped(signature) }];
      }
      case 'tool-call-delta': {
        const before = held.get(part.index);
        if (before === undefined) return [part];
        held.set(part.index, before + part.text);
        return [];
      }
      case 'tool-call-end': {
        const input = held.get(part.index);
        if (input === undefined) return [part];
        held.delete(part.index);
        return [{ kind: 'tool-call-delta', index: part.index, text: raisedInput(input) }, part];
      }
      case 'reasoning-end':
        return part.signature === null ? [part] : [{ ...part, signature: stamped(part.signature) }];
      case 'text-signature':
        return [{ ...part, signature: stamped(part.signature) }];
      default:
        return [part];
    }
  };
}
