/**
 * Arguments that come piece by piece (Vertex' `streamFunctionCallArguments`): each piece names its place with a
 * JSON path and brings one value; a text may go on in the next piece.
 */
import { isArray, isObject, type JsonObject } from '../../core/json.ts';

type Step = string | number;
type Container = Record<string, unknown> | unknown[];

/** Puts the pieces of one `functionCall` into the arguments so far. */
export function addPartialArgs(args: Record<string, unknown>, pieces: unknown): void {
  for (const piece of isArray(pieces) ? pieces : []) {
    if (!isObject(piece) || typeof piece['jsonPath'] !== 'string') continue;
    const value = valueOf(piece);
    if (value !== undefined) put(args, readPath(piece['jsonPath']), value);
  }
}

function valueOf(piece: JsonObject): unknown {
  if ('nullValue' in piece) return null;
  return piece['stringValue'] ?? piece['numberValue'] ?? piece['boolValue'];
}

/** `$.places[0].name` and `$['two words']`; a name in quotes has an end, that no path takes long. */
export function readPath(path: string): readonly Step[] {
  const steps: Step[] = [];
  for (const [, name, index, quoted] of path.matchAll(
    /\.([^.[\]]+)|\[(\d+)\]|\[['"]([^\]]{0,256}?)['"]\]/g,
  )) {
    steps.push(name ?? quoted ?? Number(index));
  }
  return steps;
}

function put(args: Record<string, unknown>, path: readonly Step[], value: unknown): void {
  const last = path.at(-1);
  if (last === undefined) return;
  let at: Container = args;
  for (const [index, asked] of path.slice(0, -1).entries()) {
    const step = near(at, asked);
    const inside = read(at, step);
    const next: Container = isContainer(inside) ? inside : typeof path[index + 1] === 'number' ? [] : {};
    if (next !== inside) write(at, step, next);
    at = next;
  }
  const end = near(at, last);
  const before = read(at, end);
  write(at, end, typeof before === 'string' && typeof value === 'string' ? before + value : value);
}

const isContainer = (value: unknown): value is Container => typeof value === 'object' && value !== null;

/** A place behind the end of a list is its next one: nobody has the billion commas before it written. */
const near = (at: Container, step: Step): Step =>
  Array.isArray(at) && typeof step === 'number' ? Math.min(step, at.length) : step;

const read = (at: Container, step: Step): unknown =>
  Array.isArray(at) ? at[Number(step)] : Object.hasOwn(at, step) ? at[step] : undefined;

/** Defined, not assigned: a member may be called `__proto__`. */
function write(at: Container, step: Step, value: unknown): void {
  Object.defineProperty(at, step, { value, writable: true, enumerable: true, configurable: true });
}
