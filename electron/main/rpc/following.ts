/** What one window follows: events and running calls, with no more on their way than it takes. */
import type { BridgeMessage, BridgeRequest } from '../../../contract/rpc/bridge.ts';
import type { Call } from '../../../contract/rpc/define.ts';
import type { RpcResult } from '../../../contract/rpc/errors.ts';
import type { ControlPlane } from '../../../gateway/index.ts';
import { measure } from './measure.ts';

/** Events on their way to a page that has not said it took them; then they wait in the engine. */
const MOST_EVENTS = 64;
/** Progress on its way, bytes; a call whose caller is further behind is taken back. */
const LONGEST_BACKLOG = 16_777_216;
/** One window follows at most this many things. */
const MOST_FOLLOWED = 1_000;

/** Runs a procedure; never rejects. */
export type RunProcedure = (
  name: string,
  input: unknown,
  caller?: Call<unknown>,
) => Promise<RpcResult<unknown>>;

/** Calls that last as long as the page. */
const WAITING: ReadonlySet<string> = new Set(['desktop.commands', 'desktop.links', 'updates.follow']);

interface Followed {
  readonly waits: boolean;
  /** The page has dealt with so many messages. */
  taken(count: number): void;
  stop(): void;
}

export interface Following {
  /** @returns why not, or null */
  begin(id: string, request: BridgeRequest): string | null;
  taken(id: string, count: number): void;
  stop(id: string): void;
  /** True while a call runs that its page began for the user; waiting for what may come is none. */
  busy(): boolean;
  /** The page is gone: everything it followed ends. */
  stopAll(): void;
}

/** @param send reaches the page, in order */
export function createFollowing(options: {
  readonly run: RunProcedure;
  readonly subscribe: ControlPlane['subscribe'];
  readonly send: (id: string, message: BridgeMessage) => void;
}): Following {
  const { run, subscribe, send } = options;
  const followed = new Map<string, Followed>();

  return {
    begin(id, request) {
      if (followed.has(id)) return 'This name is already in use.';
      if (followed.size === MOST_FOLLOWED) return `A window follows at most ${MOST_FOLLOWED} things at once.`;
      if (request.kind === 'events') {
        followed.set(
          id,
          followEvents(subscribe, request.topics, (message) => send(id, message)),
        );
        return null;
      }
      const call = followCall((message) => send(id, message), WAITING.has(request.name));
      followed.set(id, call);
      void run(request.name, request.input, call.caller).then((result) => {
        if (followed.get(id) !== call) return;
        followed.delete(id);
        send(id, { kind: 'done', result });
      });
      return null;
    },
    taken: (id, count) => followed.get(id)?.taken(count),
    stop(id) {
      const ending = followed.get(id);
      followed.delete(id);
      ending?.stop();
    },
    busy: () => [...followed.values()].some(({ waits }) => !waits),
    stopAll() {
      const ending = [...followed.values()];
      followed.clear();
      for (const entry of ending) entry.stop();
    },
  };
}

function followEvents(
  subscribe: ControlPlane['subscribe'],
  topics: Parameters<ControlPlane['subscribe']>[0],
  send: (message: BridgeMessage) => void,
): Followed {
  let sent = 0;
  let taken = 0;
  const mayTakeMore = (): boolean => sent - taken < MOST_EVENTS;
  const subscription = subscribe(topics, (event) => {
    sent += 1;
    send({ kind: 'event', event });
    return mayTakeMore();
  });
  return {
    waits: true,
    taken(count) {
      const waiting = !mayTakeMore();
      // A page can only have taken what was sent.
      taken = Math.min(Math.max(taken, count), sent);
      if (waiting && mayTakeMore()) subscription.resume();
    },
    stop: () => subscription.close(),
  };
}

function followCall(
  send: (message: BridgeMessage) => void,
  waits: boolean,
): Followed & { readonly caller: Call<unknown> } {
  /** Sizes of the messages that are on their way, oldest first. */
  const underWay: number[] = [];
  let backlog = 0;
  let taken = 0;
  let cancelled = false;
  const acts: (() => void)[] = [];
  const stop = (): void => {
    if (cancelled) return;
    cancelled = true;
    for (const act of acts) act();
  };
  const caller: Call<unknown> = {
    get cancelled() {
      return cancelled;
    },
    onCancel(act) {
      if (cancelled) act();
      else acts.push(act);
    },
    tell(progress) {
      if (cancelled) return;
      const size = measure(progress, LONGEST_BACKLOG);
      underWay.push(typeof size === 'number' ? size : LONGEST_BACKLOG);
      backlog += underWay.at(-1) ?? 0;
      if (backlog > LONGEST_BACKLOG) stop();
      else send({ kind: 'progress', progress });
    },
  };
  return {
    waits,
    caller,
    stop,
    taken(count) {
      for (; taken < count && underWay.length > 0; taken += 1) backlog -= underWay.shift() ?? 0;
    },
  };
}
