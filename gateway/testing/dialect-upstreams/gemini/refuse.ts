/** Refusals in the words of Google's protobuf JSON. */
import type { JsonObject } from '../../../core/json.ts';
import { unknownIn } from '../read-members.ts';
import { Refused } from '../scene.ts';

export function badRequest(text: string): never {
  throw new Refused(400, text);
}

export function refuseUnknown(from: JsonObject, known: readonly string[], at: string): void {
  const unknown = unknownIn(from, known);
  if (unknown === undefined) return;
  const where = at === '' ? '' : ` at '${at}'`;
  badRequest(`Invalid JSON payload received. Unknown name "${unknown}"${where}: Cannot find field.`);
}
