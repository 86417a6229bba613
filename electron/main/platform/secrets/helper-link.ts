/**
 * The app's side of the helper process: one call at a time, a limit on each, and a new process after one
 * that hung or ended. Nothing here blocks and nothing rejects.
 */
import type { Clock } from '../../../../gateway/index.ts';
import { readAnswer, type HelperAnswer, type HelperRequest } from './helper-messages.ts';

/** A helper without work is ended after this long, ms: it costs some 40 MB and starts in a tenth of a second. */
const IDLE = 30_000;

/** A running helper, however the host starts it. */
export interface HelperProcess {
  send(message: HelperRequest): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called once; `how` ends the sentence "it ended". */
  onExit(listener: (how: string) => void): void;
  /** At once and without asking: it may be blocked in native code. */
  kill(): void;
}

/** Starts a helper. @throws where no process can be started */
export type StartHelper = () => HelperProcess;

export type LinkAnswer =
  | HelperAnswer
  /** No answer within `patience` ms, or queued behind such a call. */
  | { readonly kind: 'hung'; readonly patience: number }
  /** The helper ended, or could not be started; `how` says so. */
  | { readonly kind: 'crashed'; readonly how: string };

export interface HelperLink {
  /** @param patience ms the act may take once it is its turn */
  call(request: Omit<HelperRequest, 'id'>, patience: number): Promise<LinkAnswer>;
  /** Ends the helper; calls under way and to come are answered `crashed`. */
  close(): void;
}

interface Call {
  readonly request: HelperRequest;
  readonly patience: number;
  readonly settle: (answer: LinkAnswer) => void;
}

export function createHelperLink(ports: { readonly start: StartHelper; readonly clock: Clock }): HelperLink {
  const { start, clock } = ports;
  const queue: Call[] = [];
  let current: Call | undefined;
  let helper: HelperProcess | undefined;
  let lastId = 0;
  let closed = false;
  let cancelTimer: () => void = () => undefined;

  function next(): void {
    if (current !== undefined) return;
    cancelTimer();
    current = queue.shift();
    if (current === undefined) {
      cancelTimer = clock.after(IDLE, dismiss);
      return;
    }
    cancelTimer = clock.after(current.patience, giveUp);
    try {
      helper ??= startHelper();
      helper.send(current.request);
    } catch (error) {
      dismiss();
      settle({ kind: 'crashed', how: error instanceof Error ? error.message : String(error) });
    }
  }

  function startHelper(): HelperProcess {
    const started = start();
    started.onMessage((message) => {
      const answer = readAnswer(message);
      // A helper that was given up may still have answered.
      if (helper === started && answer !== undefined && answer.id === current?.request.id) settle(answer);
    });
    started.onExit((how) => {
      if (helper !== started) return;
      helper = undefined;
      settle({ kind: 'crashed', how });
    });
    return started;
  }

  function dismiss(): void {
    const left = helper;
    helper = undefined;
    left?.kill();
  }

  /** What waited behind a call that hung would hang as well, each for as long again. */
  function giveUp(): void {
    dismiss();
    for (const { settle: answer, patience } of queue.splice(0)) answer({ kind: 'hung', patience });
    settle({ kind: 'hung', patience: current?.patience ?? 0 });
  }

  function settle(answer: LinkAnswer): void {
    const call = current;
    current = undefined;
    call?.settle(answer);
    if (!closed) next();
  }

  return {
    call: (request, patience) =>
      new Promise((resolve) => {
        if (closed) return resolve({ kind: 'crashed', how: 'because Switchyard is closing' });
        queue.push({ request: { ...request, id: (lastId += 1) }, patience, settle: resolve });
        next();
      }),
    close() {
      closed = true;
      cancelTimer();
      dismiss();
      const how = 'because Switchyard is closing';
      for (const { settle: answer } of queue.splice(0)) answer({ kind: 'crashed', how });
      settle({ kind: 'crashed', how });
    },
  };
}
