/**
 * Tool calls of one answer, put together from fragments. Providers differ in all that could tell them apart:
 * indexes that start at one or are missing, ids that come once, with every fragment or never, whole calls in one
 * fragment, names that are repeated as "".
 */
import { isWholeObject } from '../../core/canonical/call-arguments.ts';
import type { StreamPart } from '../../core/canonical/stream-parts.ts';
import { isArray, isObject, type JsonObject } from '../../core/json.ts';

export interface CallReader {
  /** The calls in a delta or a whole message of one candidate. */
  read(delta: JsonObject, candidate: number): readonly StreamPart[];
  /**
   * The answer has ended.
   * @param cutShort whether that candidate was broken off, so that a call may be half
   */
  close(cutShort: (candidate: number) => boolean): readonly StreamPart[];
  /** A call of this candidate was told. */
  called(candidate: number): boolean;
  /** This candidate began a call that never got a name, so that nobody can make it. */
  nameless(candidate: number): boolean;
}

interface Call {
  readonly index: number;
  readonly candidate: number;
  /** As the provider gave it; empty where it gave none. */
  readonly id: string;
  readonly name: string;
  readonly custom: boolean;
  input: string;
  open: boolean;
}

interface Fragment {
  /** Empty where it does not say. */
  readonly id: string;
  readonly name: string;
  readonly input: string;
  readonly custom: boolean;
  /** What tells the call, if anything does: its index, the old member. */
  readonly slot: string | null;
}

/** @param makeId an id for the call of that index, where the provider gives none */
export function createCallReader(makeId: (index: number) => string): CallReader {
  const calls: Call[] = [];
  /** The call that fragments of a slot, or of an id, belong to. */
  const bySlot = new Map<string, Call>();
  /** Candidates with a piece of a call that had no name. */
  const nameless = new Set<number>();

  const named = (id: string, candidate: number): readonly Call[] =>
    id === '' ? [] : calls.filter((call) => call.id === id && call.candidate === candidate);

  function find(fragment: Fragment, candidate: number): Call | undefined {
    const { id, name, slot } = fragment;
    const sameId = named(id, candidate);
    const inSlot = slot === null ? undefined : bySlot.get(`${candidate} ${slot}`);
    if (inSlot !== undefined && sameId.includes(inSlot)) return inSlot;
    const byId = sameId.at(-1);
    if (byId !== undefined && !beginsAnother(byId, fragment)) return byId;
    // Another id with a name begins another call, though the index be the same (Gemini's endpoint writes 0 always).
    if (id !== '' && name !== '') return undefined;
    if (slot !== null) return inSlot;
    return name === '' ? calls.findLast((call) => call.candidate === candidate) : undefined;
  }

  function readFragment(fragment: Fragment, candidate: number): readonly StreamPart[] {
    const begun = find(fragment, candidate);
    if (begun !== undefined) return extend(begun, fragment.input);
    if (fragment.name === '') {
      if (fragment.id !== '' || fragment.input !== '') nameless.add(candidate);
      return [];
    }
    const finished = calls.filter((call) => call.open && isWhole(call)).flatMap(end);
    const index = calls.length;
    const { name, custom, slot } = fragment;
    const known = named(fragment.id, candidate).length > 0;
    const id = fragment.id === '' || known ? makeId(index) : fragment.id;
    const call: Call = { index, candidate, id: fragment.id, name, custom, input: '', open: true };
    calls.push(call);
    if (slot !== null) bySlot.set(`${candidate} ${slot}`, call);
    const start: StreamPart = {
      kind: 'tool-call-start',
      index,
      id,
      name,
      custom,
      ...(candidate === 0 ? {} : { candidate }),
    };
    return [...finished, start, ...extend(call, fragment.input)];
  }

  /** What another call came after had ended, though it says nothing. */
  function hadEnded(call: Call): boolean {
    const last = calls.findLast(({ candidate }) => candidate === call.candidate);
    return isWhole(call) || (call !== last && (call.custom || call.input === ''));
  }

  return {
    read: (delta, candidate) => fragmentsIn(delta).flatMap((fragment) => readFragment(fragment, candidate)),
    close: (cutShort) =>
      calls.filter((call) => call.open && (!cutShort(call.candidate) || hadEnded(call))).flatMap(end),
    called: (candidate) => calls.some((call) => call.candidate === candidate),
    nameless: (candidate) => nameless.has(candidate) && !calls.some((call) => call.candidate === candidate),
  };
}

function extend(call: Call, text: string): readonly StreamPart[] {
  if (text === '' || !call.open) return [];
  call.input += text;
  return [{ kind: 'tool-call-delta', index: call.index, text }];
}

/** No arguments at all mean an empty object. */
function end(call: Call): readonly StreamPart[] {
  const { index } = call;
  const owed: readonly StreamPart[] = call.input === '' && !call.custom ? extend(call, '{}') : [];
  call.open = false;
  return [...owed, { kind: 'tool-call-end', index }];
}

/** Its call need not stay open beside the next one. */
const isWhole = ({ input, custom }: Call): boolean => !custom && isWholeObject(input);

/** Some servers give all calls of an answer one id, such as the name of the tool. */
const beginsAnother = (call: Call, { name, input }: Fragment): boolean =>
  name !== '' && (name !== call.name || (input !== '' && isWhole(call)));

function fragmentsIn(delta: JsonObject): readonly Fragment[] {
  const { tool_calls: listed, function_call: old } = delta;
  const calls = isArray(listed) ? listed.filter(isObject).map(fragmentOf) : [];
  if (!isObject(old)) return calls;
  const { name, input } = bodyOf(old, 'arguments');
  return [...calls, { id: '', name, input, custom: false, slot: 'function_call' }];
}

function fragmentOf(call: JsonObject): Fragment {
  const { id, index, custom, function: called } = call;
  const isCustom = isObject(custom);
  const { name, input } = isCustom
    ? bodyOf(custom, 'input')
    : bodyOf(isObject(called) ? called : {}, 'arguments');
  return {
    id: typeof id === 'string' ? id : '',
    name,
    input,
    custom: isCustom,
    slot: typeof index === 'number' ? String(index) : null,
  };
}

function bodyOf(body: JsonObject, member: string): { readonly name: string; readonly input: string } {
  const { name, [member]: input } = body;
  return {
    name: typeof name === 'string' ? name : '',
    // Some local servers write the object itself.
    input: typeof input === 'string' ? input : isObject(input) ? JSON.stringify(input) : '',
  };
}
