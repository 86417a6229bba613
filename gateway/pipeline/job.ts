/** Requests that leave something behind at their provider: once sent, they are not sent again (decision 18). Pure. */
import { memberValue } from '../core/member-value.ts';
import type { ScannedBody } from '../core/scan-body.ts';
import type { ClientShapeId } from '../core/client-shape.ts';

/**
 * An answer that is made in the background goes on and is fetched later, and one that a conversation keeps is part of
 * what comes after it. One that is merely stored is found by its id, which nobody has: as good as none.
 */
export function isJob(shape: ClientShapeId, body: ScannedBody): boolean {
  if (shape !== 'openai-responses') return false;
  return memberValue(body, 'background') === true || memberValue(body, 'conversation') !== null;
}
