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

/** `$.places[0].name` and `$['two words']`. */
export function readPath(path: string): readonly Step[] {
  const steps: Step[] = [];
  for (const [, name, index, quoted] of path.matchAll(/\.([^.[\]]+)|\[(\d+)\]|\[['"]([^\]]*?)['"]\]/g)) {
    steps.push(name ?? quoted ?? Number(index));
  }
  return steps;
}

function put(args: Record<string, unknown>, path: readonly Step[], value: unknown): void {
  const last = path.at(-1);
  if (last === undefined) return;
  let at: Container = args;
  for (const [index, step] of path.slice(0, -1).entries()) {
    const inside = read(at, step);
    const next: Container = isContainer(inside) ? inside : typeof path[index + 1] === 'number' ? [] : {};
    if (next !== inside) write(at, step, next);
    at = next;
  }
  const before = read(at, last);
  write(at, last, typeof before === 'string' && typeof value === 'string' ? before + value : value);
}

const isContainer = (value: unknown): value is Container => typeof value === 'object' && value !== null;

const read = (at: Container, step: Step): unknown =>
  Array.isArray(at) ? at[Number(step)] : Object.hasOwn(at, step) ? at[step] : undefined;

/** Defined, not assigned: a member may be called `__proto__`. */
function write(at: Container, step: Step, value: unknown): void {
  Object.defineProperty(at, step, { value, writable: true, enumerable: true, configurable: true });
}
