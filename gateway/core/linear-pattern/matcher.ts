/**
 * Follows a pattern through a text, all its ways at once, and remembers where each set of ways led: one look into a
 * table for a character, whatever the pattern. A text may come in pieces. Pure.
 */
import { parsePattern, PatternError, type Assertion } from './parse.ts';
import { compile, type Program } from './program.ts';
import { WORDS, type Range } from './ranges.ts';

export interface Matcher {
  /** A search through one text. */
  begin(): Search;
}

export interface Search {
  /** Reads on. @returns true once the pattern was found */
  feed(text: string, from: number, to: number): boolean;
  /** The text is over. */
  end(): boolean;
}

/** What stands beside a place in a text. */
type Side = 'edge' | 'word' | 'line-end' | 'other';

interface State {
  /** Steps to go on from, before those that read nothing are followed. */
  readonly steps: readonly number[];
  readonly before: Side;
  /** By class of character; 0 is the end of the text. Null: found. */
  readonly next: (State | null | undefined)[];
}

/** States remembered; when there are more the memory begins anew. */
const MOST_STATES = 1_000;
const MOST_CLASSES = 256;
const NEW_LINE: readonly Range[] = [[0x0a, 0x0a]];

/** @throws PatternError */
export function createMatcher(pattern: string): Matcher {
  const { node, multiline } = parsePattern(pattern);
  const program = compile(node);
  const { classOf, samples } = classesOf(program);
  let known = new Map<string, State>();

  const stateOf = (steps: readonly number[], before: Side): State => {
    const name = `${before} ${steps.join(' ')}`;
    const found = known.get(name);
    if (found !== undefined) return found;
    if (known.size >= MOST_STATES) known = new Map();
    const made: State = { steps, before, next: [] };
    known.set(name, made);
    return made;
  };

  const holds = (what: Assertion, before: Side, after: Side): boolean => {
    switch (what) {
      case 'start':
        return before === 'edge' || (multiline && before === 'line-end');
      case 'end':
        return after === 'edge' || (multiline && after === 'line-end');
      case 'word-edge':
        return (before === 'word') !== (after === 'word');
      case 'no-word-edge':
        return (before === 'word') === (after === 'word');
    }
  };

  /** Where a state leads with a character of a class; null when the pattern is found before it. */
  const follow = (state: State, kind: number): State | null => {
    const sample = samples[kind] ?? 0;
    const after = kind === 0 ? 'edge' : sideOf(sample);
    const seen = new Set(state.steps);
    const moved = new Set<number>();
    for (const at of seen) {
      const step = program.steps[at];
      if (step === undefined) continue;
      if (step.op === 'match') return null;
      if (step.op === 'split') for (const way of step.ways) seen.add(way);
      else if (step.op === 'assertion') {
        if (holds(step.what, state.before, after)) seen.add(step.next);
      } else if (kind !== 0 && within(step.ranges, sample)) moved.add(step.next);
    }
    moved.add(program.start);
    return stateOf(
      [...moved].sort((left, right) => left - right),
      after,
    );
  };

  const lead = (state: State, kind: number): State | null => {
    const remembered = state.next[kind];
    if (remembered !== undefined) return remembered;
    const found = follow(state, kind);
    state.next[kind] = found;
    return found;
  };

  return {
    begin() {
      let state: State | null = stateOf([program.start], 'edge');
      return {
        feed(text, from, to) {
          for (let at = from; at < to && state !== null; at += 1) {
            state = lead(state, classOf[text.charCodeAt(at)] ?? 1);
          }
          return state === null;
        },
        end() {
          if (state !== null) state = lead(state, 0);
          return state === null;
        },
      };
    },
  };
}

const within = (ranges: readonly Range[], unit: number): boolean =>
  ranges.some(([first, last]) => unit >= first && unit <= last);

function sideOf(unit: number): Side {
  if (within(WORDS, unit)) return 'word';
  return unit === 0x0a ? 'line-end' : 'other';
}

/** Characters that no step tells apart are one class; `samples` has one of each. Class 0 is none. */
function classesOf({ steps }: Program): {
  readonly classOf: Uint8Array;
  readonly samples: readonly number[];
} {
  const sets = [WORDS, NEW_LINE, ...steps.flatMap((step) => (step.op === 'set' ? [step.ranges] : []))];
  const cuts = new Set([0, 0x1_0000]);
  for (const [first, last] of sets.flat()) cuts.add(first).add(last + 1);
  const classOf = new Uint8Array(0x1_0000);
  const samples: number[] = [0];
  const names = new Map<string, number>();
  const edges = [...cuts].sort((left, right) => left - right);
  for (const [index, from] of edges.slice(0, -1).entries()) {
    const name = sets.map((ranges) => (within(ranges, from) ? '1' : '0')).join('');
    const kind = names.get(name) ?? samples.push(from) - 1;
    names.set(name, kind);
    if (kind >= MOST_CLASSES) throw new PatternError('pattern-classes');
    classOf.fill(kind, from, edges[index + 1]);
  }
  return { classOf, samples };
}
