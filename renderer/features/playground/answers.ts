/** Answers under way: any number at once, one for each column, whichever page is open. */
import { shallowReactive } from 'vue';
import { RpcError } from '../../../contract/rpc/errors.ts';
import type { Chat } from '../../../contract/rpc/chat-body.ts';
import type {
  Conversation,
  ConversationTurn,
  TurnFigures,
} from '../../../contract/rpc/procedures/conversations.ts';
import type { ChatEnd, ChatPart } from '../../../contract/rpc/procedures/playground.ts';
import { Cancelled } from '../../shared/rpc/rpc.ts';
import { figuresOf, makeTurn } from './conversation.ts';
import { browserClock, createDrawingPace } from './drawing-pace.ts';
import { startAnswer, withPart, type RunningAnswer } from './running-answer.ts';

/** An answer under way is saved this often, so that a crash loses little, ms. */
const SAVE_PACE = 5_000;
/** Code of an answer that this page, or the gateway, did not live to see the end of. */
export const INTERRUPTED = 'interrupted';

export interface AnswerPorts {
  readonly chat: (chat: Chat, tell: (part: ChatPart) => void, signal: AbortSignal) => Promise<ChatEnd>;
  readonly failureText: (error: unknown) => string;
  /** What is known of the turn by now goes into its conversation; `over` with the last word on it. */
  readonly settle: (answer: RunningAnswer, turn: ConversationTurn, over: boolean) => void;
  readonly save: (conversation: string) => Promise<void>;
}

export interface Answers {
  /** By the id of their turn. */
  readonly running: ReadonlyMap<string, RunningAnswer>;
  /** The turn that an answer will fill; for whoever finds it after a crash, it is interrupted. */
  begin(place: AnswerPlace, parent: string): BegunAnswer;
  of(conversation: string, column: string): RunningAnswer | null;
  /** Answers under way, without what they say: whoever reads this follows beginnings and ends, and no words. */
  inConversation(conversation: string): readonly Running[];
  /** Resolves when the answers of these turns have ended and are saved. */
  stop(turns: readonly string[]): Promise<void>;
}

export interface AnswerPlace {
  readonly conversation: Conversation;
  readonly column: string;
}

export interface BegunAnswer {
  readonly turn: ConversationTurn;
  /**
   * Resolves when it has ended and is saved.
   * @param over gets the turn as it ended, at once: what follows from it begins before anybody finds its column free
   */
  readonly follow: (chat: Chat, over: (ended: ConversationTurn) => void) => Promise<void>;
}

/** Where an answer under way goes. */
export type Running = Pick<RunningAnswer, 'conversation' | 'column' | 'turn'>;

interface Controls {
  readonly abort: AbortController;
  readonly ended: Promise<unknown>;
}

export function createAnswers(ports: AnswerPorts): Answers {
  const running = shallowReactive(new Map<string, RunningAnswer>());
  const places = shallowReactive(new Map<string, Running>());
  const controls = new Map<string, Controls>();
  /** The newest state of each answer that is not on screen yet. One pace for all: several cost no more than one. */
  const fresh = new Map<string, RunningAnswer>();
  const pace = createDrawingPace(() => {
    for (const [turn, answer] of fresh) running.set(turn, answer);
    fresh.clear();
  }, browserClock);

  async function follow(
    first: RunningAnswer,
    turn: ConversationTurn,
    chat: Chat,
    over: (ended: ConversationTurn) => void,
    signal: AbortSignal,
  ): Promise<void> {
    let latest = first;
    let savedAt = first.startedAt;
    const keep = (): void => {
      if (Date.now() - savedAt < SAVE_PACE) return;
      savedAt = Date.now();
      ports.settle(latest, filled(turn, latest, brokenOff(latest, INTERRUPTED, '')), false);
      void ports.save(latest.conversation);
    };
    const figures = await ports
      .chat(
        chat,
        (part) => {
          latest = withPart(latest, part, Date.now());
          fresh.set(turn.id, latest);
          pace.ask();
          keep();
        },
        signal,
      )
      .then(figuresOf, (error: unknown) => failed(latest, error));
    fresh.delete(turn.id);
    const ended = filled(turn, latest, figures);
    ports.settle(latest, ended, true);
    running.delete(turn.id);
    places.delete(turn.id);
    controls.delete(turn.id);
    over(ended);
    await ports.save(latest.conversation);
  }

  function failed(latest: RunningAnswer, error: unknown): TurnFigures {
    if (error instanceof Cancelled) return { ...brokenOff(latest, '', ''), outcome: 'stopped', error: null };
    const broken = brokenOff(latest, codeOf(error), ports.failureText(error));
    if (!(error instanceof RpcError) || error.told === undefined) return broken;
    return { ...broken, error: { code: error.code, message: error.message, told: error.told } };
  }

  return {
    running,
    begin({ conversation, column }, parent) {
      const now = Date.now();
      const model = conversation.columns.find(({ id }) => id === column)?.model ?? '';
      const format = conversation.format.kind;
      const empty = makeTurn('assistant', parent, now, { column, model, format });
      const first = startAnswer({ conversation: conversation.id, column, turn: empty.id }, now);
      const turn = { ...empty, figures: brokenOff(first, INTERRUPTED, '') };
      return {
        turn,
        follow: (chat, over) => {
          running.set(turn.id, first);
          places.set(turn.id, { conversation: conversation.id, column, turn: turn.id });
          const abort = new AbortController();
          const ended = follow(first, turn, chat, over, abort.signal);
          controls.set(turn.id, { abort, ended });
          return ended;
        },
      };
    },
    of(conversation, column) {
      const place = [...places.values()].find(
        (one) => one.conversation === conversation && one.column === column,
      );
      return place === undefined ? null : (running.get(place.turn) ?? null);
    },
    inConversation: (conversation) => [...places.values()].filter((one) => one.conversation === conversation),
    async stop(turns) {
      const stopped = turns.flatMap((turn) => controls.get(turn) ?? []);
      for (const { abort } of stopped) abort.abort();
      await Promise.all(stopped.map(({ ended }) => ended));
    },
  };
}

function filled(turn: ConversationTurn, latest: RunningAnswer, figures: TurnFigures): ConversationTurn {
  const { text, reasoning, refusal, calls } = latest;
  const reasonedFor = reasoning === '' ? null : reasoningTime(latest);
  return { ...turn, text, reasoning, refusal, calls: [...calls], figures: { ...figures, reasonedFor } };
}

/** ms from the first word of the reasoning to the first of the answer; null where nothing followed it. */
function reasoningTime({ firstContentAt, firstWordAt }: RunningAnswer): number | null {
  return firstContentAt === null || firstWordAt === null ? null : firstWordAt - firstContentAt;
}

/** Of a call that was taken back, or that the gateway could not answer, this page knows the figures itself. */
export function brokenOff(latest: RunningAnswer, code: string, message: string): TurnFigures {
  return {
    requestId: latest.requestId,
    outcome: latest.firstContentAt === null ? 'error' : 'cut',
    provider: latest.served?.provider ?? null,
    model: latest.served?.model ?? null,
    keyFingerprint: null,
    attempts: latest.served?.attempts ?? 0,
    firstContentAt: latest.firstContentAt,
    doneAt: Date.now() - latest.startedAt,
    inputTokens: null,
    cachedTokens: null,
    outputTokens: null,
    reasoningTokens: null,
    reasonedFor: null,
    cost: null,
    warnings: [],
    finishReason: null,
    error: { code, message },
  };
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'internal';
