/** What the choices of an answer say, as canonical parts: of a chunk's deltas as of whole messages. */
import { isCutShort, type FinishReason, type StreamPart } from '../../core/canonical/stream-parts.ts';
import { isArray, isObject, type JsonObject } from '../../core/json.ts';
import { createCallReader } from './decode-calls.ts';
import { citationsIn, imagesIn } from './decode-extras.ts';
import { createReasoningReader } from './decode-reasoning.ts';
import { readFinish } from './finish-reason.ts';
import { createThinkSplitter, type Passage, type ThinkSplitter } from './think-tags.ts';

export interface ChoiceReader {
  /** @param member where a choice keeps what it says */
  read(choices: readonly JsonObject[], member: 'delta' | 'message'): readonly StreamPart[];
  /** The answer has ended: what is still open is closed, and what finished is told. */
  close(): readonly StreamPart[];
  /** Some choice gave a reason for its end. */
  readonly finished: boolean;
}

/**
 * Of further candidates only text and calls are read: blocks of reasoning, media and sources cannot be told apart
 * by candidate.
 * @param makeId an id for a call that has none
 */
export function createChoiceReader(makeId: (index: number) => string): ChoiceReader {
  const reasoning = createReasoningReader();
  const calls = createCallReader(makeId);
  const splitters = new Map<number, ThinkSplitter>();
  const finishes = new Map<number, string | null>();

  function splitterOf(candidate: number): ThinkSplitter {
    const splitter = splitters.get(candidate) ?? createThinkSplitter();
    splitters.set(candidate, splitter);
    return splitter;
  }

  function speak(passages: readonly Passage[], candidate: number): readonly StreamPart[] {
    if (candidate !== 0) {
      const spoken = passages.filter(({ kind }) => kind === 'text');
      return spoken.map(({ text }) => ({ kind: 'text-delta', text, candidate }));
    }
    const [only] = passages;
    // Text after text, as nearly every delta is.
    if (passages.length === 1 && only?.kind === 'text' && !reasoning.open) {
      return [{ kind: 'text-delta', text: only.text }];
    }
    return passages.flatMap(({ kind, text }) =>
      kind === 'reasoning' ? reasoning.say(text) : [...reasoning.close(), { kind: 'text-delta', text }],
    );
  }

  function readContent(said: JsonObject, candidate: number): readonly StreamPart[] {
    const { content } = said;
    if (typeof content === 'string') {
      return content === '' ? [] : speak(splitterOf(candidate).push(content), candidate);
    }
    return passagesOf(said['content']).flatMap((passage) =>
      passage.kind === 'reasoning'
        ? speak([passage], candidate)
        : speak(splitterOf(candidate).push(passage.text), candidate),
    );
  }

  function readChoice(said: JsonObject, candidate: number): readonly StreamPart[] {
    if (isPlain(said)) return readContent(said, candidate);
    if (candidate !== 0) return [...readContent(said, candidate), ...calls.read(said, candidate)];
    const { refusal } = said;
    const rest: readonly StreamPart[] = [
      ...(typeof refusal === 'string' && refusal !== ''
        ? [{ kind: 'refusal-delta' as const, text: refusal }]
        : []),
      ...imagesIn(said),
      ...citationsIn(said),
      ...calls.read(said, candidate),
    ];
    const thoughts = reasoning.read(said);
    const content = readContent(said, candidate);
    return [
      ...thoughts,
      ...content,
      ...(rest.length === 0 ? [] : [...flush(0), ...reasoning.close()]),
      ...rest,
    ];
  }

  /** What the splitter held back comes before whatever is no content. */
  function flush(candidate: number): readonly StreamPart[] {
    return speak(splitters.get(candidate)?.rest() ?? [], candidate);
  }

  function reasonOf(candidate: number): FinishReason {
    if (calls.nameless(candidate)) return 'broken-call';
    return readFinish(finishes.get(candidate) ?? null, calls.called(candidate));
  }

  return {
    read(choices, member) {
      return choices.flatMap((choice, position) => {
        const { index, finish_reason: reason, [member]: said } = choice;
        const candidate = typeof index === 'number' && index >= 0 ? index : position;
        const known = finishes.get(candidate) ?? null;
        finishes.set(candidate, typeof reason === 'string' && reason !== '' ? reason : known);
        return isObject(said) ? readChoice(said, candidate) : [];
      });
    },
    close() {
      const closed = [...finishes.keys()].flatMap(flush);
      const reasons = new Map([...finishes.keys()].map((candidate) => [candidate, reasonOf(candidate)]));
      const cutShort = (candidate: number): boolean => isCutShort(reasons.get(candidate) ?? 'stop');
      const ends = [...reasoning.close(), ...calls.close(cutShort)];
      const told = [...reasons].map(([candidate, reason]) => finishPart(reason, candidate));
      finishes.clear();
      return [...closed, ...ends, ...told];
    },
    get finished() {
      return [...finishes.values()].some((reason) => reason !== null);
    },
  };
}

/** Nothing but content, as nearly every delta: the rest need not be looked for. */
function isPlain(said: JsonObject): boolean {
  for (const name in said) {
    if (name !== 'content' && name !== 'role' && said[name] !== null) return false;
  }
  return true;
}

function finishPart(reason: FinishReason, candidate: number): StreamPart {
  return { kind: 'finish', reason, ...(candidate === 0 ? {} : { candidate }) };
}

/** A list of parts (Mistral: `thinking` parts hold a list of texts themselves). */
function passagesOf(content: unknown): readonly Passage[] {
  if (!isArray(content)) return [];
  return content.filter(isObject).flatMap(({ text, thinking }): readonly Passage[] => {
    const thoughts = isArray(thinking) ? thinking.map(ownText).join('') : thinking;
    if (typeof thoughts === 'string') return [{ kind: 'reasoning', text: thoughts }];
    return typeof text === 'string' && text !== '' ? [{ kind: 'text', text }] : [];
  });
}

const ownText = (part: unknown): string => {
  const text = isObject(part) ? part['text'] : undefined;
  return typeof text === 'string' ? text : '';
};
