/** How far getting a newer version is: from one state to the next. Pure. */
import type { Told } from '../../../../contract/rpc/connect-sayings.ts';
import type { Update, UpdateState } from '../../../../contract/rpc/updates.ts';

export type UpdateEvent =
  | { readonly kind: 'check' | 'current' | 'download' | 'downloaded' | 'cancelled' }
  | { readonly kind: 'found'; readonly update: Update }
  | { readonly kind: 'progress'; readonly share: number }
  | { readonly kind: 'failed'; readonly reason: Told }
  | { readonly kind: 'on-quit'; readonly wanted: boolean };

/** @returns the same state for what has no meaning in it */
export function nextState(state: UpdateState, event: UpdateEvent): UpdateState {
  switch (event.kind) {
    case 'check':
      // What is being fetched or waits to be installed is not looked for again.
      return isBusy(state) || state.kind === 'ready' ? state : { kind: 'checking' };
    case 'current':
      return state.kind === 'checking' ? { kind: 'current' } : state;
    case 'found':
      return state.kind === 'checking' ? { kind: 'available', update: event.update } : state;
    case 'download': {
      const update = downloadable(state);
      return update === null ? state : { kind: 'downloading', update, share: 0 };
    }
    case 'progress':
      return state.kind === 'downloading' ? { ...state, share: between(state.share, event.share) } : state;
    case 'downloaded':
      return state.kind === 'downloading' ? { kind: 'ready', update: state.update, onQuit: false } : state;
    case 'cancelled':
      if (state.kind === 'downloading') return { kind: 'available', update: state.update };
      return state.kind === 'checking' ? { kind: 'idle' } : state;
    case 'failed':
      if (!isBusy(state)) return state;
      return {
        kind: 'failed',
        reason: event.reason,
        update: state.kind === 'downloading' ? state.update : null,
      };
    case 'on-quit':
      return state.kind === 'ready' ? { ...state, onQuit: event.wanted } : state;
  }
}

export const isBusy = ({ kind }: UpdateState): boolean => kind === 'checking' || kind === 'downloading';

function downloadable(state: UpdateState): Update | null {
  return state.kind === 'available' || state.kind === 'failed' ? state.update : null;
}

/** Never backwards, never beyond all of it. */
const between = (had: number, share: number): number => Math.min(1, Math.max(had, share));
