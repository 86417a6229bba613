/** Hands what the menu was asked for to the page, which does it as if its own key had been pressed. */
import type { MenuCommandId } from '../../../contract/rpc/commands.ts';
import type { Call } from '../../../contract/rpc/define.ts';
import type { Clock } from '../../../gateway/index.ts';
import { createOneListener } from '../rpc/one-listener.ts';

/** A page that comes later than this no longer does what was asked for, ms: the user has gone on. */
const PATIENCE = 10_000;

type PageCall = Pick<Call<{ readonly id: MenuCommandId }>, 'tell' | 'onCancel'>;

export interface CommandRelay {
  /** Tells the page; one that is only being loaded hears it when it is there. */
  ask(id: MenuCommandId): void;
  /** A page listens until it goes, or until another one listens. */
  follow(page: PageCall): Promise<null>;
}

export function createCommandRelay(clock: Pick<Clock, 'monotonic'>): CommandRelay {
  const listener = createOneListener<{ readonly id: MenuCommandId }>();
  let waiting: { readonly id: MenuCommandId; readonly since: number } | null = null;

  return {
    ask(id) {
      if (listener.present) listener.tell({ id });
      else waiting = { id, since: clock.monotonic() };
    },
    follow(page) {
      const end = listener.follow(page);
      if (waiting !== null && clock.monotonic() - waiting.since < PATIENCE) listener.tell({ id: waiting.id });
      waiting = null;
      return end;
    },
  };
}
