/** Looks for newer versions when the user wants it, and tells every page how far that is. */
import { refusal } from '../../../../contract/rpc/errors.ts';
import type { Call } from '../../../../contract/rpc/define.ts';
import type { InstallWay, UpdateState, UpdateView, UpdateWish } from '../../../../contract/rpc/updates.ts';
import { say } from '../../../../gateway/index.ts';
import type { Clock, Logger } from '../../../../gateway/index.ts';
import { isBusy, nextState, type UpdateEvent } from './update-state.ts';
import { reasonOf } from './update-failure.ts';
import type { Updater } from './updater.ts';

/** The start of the app is left to the gateway, ms. */
export const FIRST_CHECK = 60_000;
/** ms */
export const EACH_CHECK = 86_400_000;

type Listener = Pick<Call<UpdateView>, 'tell' | 'onCancel'>;

export interface UpdateDeskPorts {
  /** Null in a build without a source: nobody is asked, ever. */
  readonly source: {
    readonly host: string;
    readonly way: InstallWay;
    readonly load: () => Promise<Updater>;
  } | null;
  readonly wish: () => UpdateWish;
  readonly clock: Clock;
  readonly logger: Logger;
  /** One was found that nobody asked for just now, or one waits to be installed. */
  readonly notify: (what: 'available' | 'ready', version: string) => void;
  readonly quit: () => void;
}

export interface UpdateDesk {
  /** A page listens until it goes. */
  follow(page: Listener): Promise<null>;
  /** @throws RpcError in a build without a source */
  check(): void;
  /** @throws RpcError where there is nothing this app could install */
  download(): void;
  cancel(): void;
  /** `now` ends the app in good order first. @throws RpcError when nothing waits */
  install(when: 'now' | 'on-quit' | 'later'): void;
  /** The user chose anew what happens by itself. */
  wishChanged(): void;
  /** The app has ended but for this: installs what the user agreed to. @throws Error with the reason */
  finish(): void;
  stop(): void;
}

export function createUpdateDesk(ports: UpdateDeskPorts): UpdateDesk {
  const { source, wish, clock, logger } = ports;
  const pages = new Set<Listener>();
  let state: UpdateState = { kind: 'idle' };
  let checkedAt: number | null = null;
  let running = new AbortController();
  let stopWaiting: () => void = () => undefined;
  let wished: UpdateWish = 'off';
  let restart = false;
  let loaded: Promise<Updater> | null = null;
  let updater: Updater | null = null;

  const view = (): UpdateView => ({
    source: source?.host ?? null,
    way: source?.way ?? 'folder',
    checkedAt,
    state,
  });
  function apply(event: UpdateEvent): boolean {
    const next = nextState(state, event);
    if (next === state) return false;
    state = next;
    for (const page of pages) page.tell(view());
    return true;
  }

  async function load(): Promise<Updater> {
    if (source === null) throw refusal('unavailable', say('no-update-source'));
    loaded ??= source.load();
    updater = await loaded;
    return updater;
  }
  /** Runs until it is done, fails or is taken back. */
  async function run(act: (with_: Updater, signal: AbortSignal) => Promise<void>): Promise<void> {
    running = new AbortController();
    const { signal } = running;
    try {
      await act(await load(), signal);
    } catch (error) {
      if (signal.aborted) return;
      const reason = reasonOf(error);
      logger.warn('Looking for a newer version did not succeed', { reason: reason.text });
      apply({ kind: 'failed', reason });
    }
  }

  async function check(byItself: boolean): Promise<void> {
    if (!apply({ kind: 'check' })) return;
    await run(async (made, signal) => {
      const update = await made.check(signal);
      if (signal.aborted) return;
      checkedAt = clock.wall();
      if (update === null) return void apply({ kind: 'current' });
      apply({ kind: 'found', update });
      if (wish() === 'download' && source?.way === 'self') return download();
      if (byItself) ports.notify('available', update.version);
    });
  }
  function download(): void {
    if (!apply({ kind: 'download' })) return;
    void run(async (made, signal) => {
      let shown = 0;
      await made.download(signal, (share) => {
        if (signal.aborted || share - shown < 0.01) return;
        shown = share;
        apply({ kind: 'progress', share });
      });
      if (signal.aborted) return;
      apply({ kind: 'downloaded' });
      if (state.kind === 'ready') ports.notify('ready', state.update.version);
    });
  }
  function wait(delay: number): void {
    stopWaiting = clock.after(delay, () => {
      void check(true);
      wait(EACH_CHECK);
    });
  }
  function schedule(first: number): void {
    stopWaiting();
    wished = wish();
    if (source !== null && wished !== 'off') wait(first);
  }

  schedule(FIRST_CHECK);

  return {
    follow(page) {
      pages.add(page);
      page.tell(view());
      return new Promise((resolve) => {
        page.onCancel(() => {
          pages.delete(page);
          resolve(null);
        });
      });
    },
    check() {
      if (source === null) throw refusal('unavailable', say('no-update-source'));
      void check(false);
    },
    download() {
      if (source?.way !== 'self') throw refusal('unavailable', say('not-self-replacing'));
      download();
    },
    cancel() {
      if (!isBusy(state)) return;
      running.abort();
      apply({ kind: 'cancelled' });
    },
    install(when) {
      if (state.kind !== 'ready') throw refusal('conflict', say('nothing-to-install'));
      apply({ kind: 'on-quit', wanted: when === 'on-quit' });
      if (when !== 'now') return;
      restart = true;
      ports.quit();
    },
    wishChanged() {
      if (wish() !== wished) schedule(0);
    },
    finish() {
      if (state.kind === 'ready' && (restart || state.onQuit)) updater?.install(restart);
    },
    stop() {
      stopWaiting();
      running.abort();
    },
  };
}
