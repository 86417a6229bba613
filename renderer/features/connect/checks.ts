/** What must hold for a tool to work through the gateway, one line each. Pure. */
import type { ToolView } from '../../../contract/rpc/procedures/connect.ts';
import type { StateKind } from '../../shared/ui/state-kind.ts';
import type { Serving } from './model-choices.ts';

/** How the gateway stands towards tools. */
export type Answering = 'running' | 'paused' | 'away';

export function gatewayCheck(state: Answering): { readonly kind: StateKind; readonly word: Answering } {
  const kind = { running: 'ok', paused: 'cooling', away: 'waiting' } as const;
  return { kind: kind[state], word: state };
}

export type ModelWord = 'served' | 'unserved' | 'none' | 'unknown';

/**
 * @param serving null while the models are not known
 * @param named models that the tool is told
 */
export function modelCheck(
  serving: Serving | null,
  named: number,
): { readonly kind: StateKind; readonly word: ModelWord } {
  if (named === 0) return { kind: 'off', word: 'none' };
  if (serving === null) return { kind: 'waiting', word: 'unknown' };
  return serving.unserved.length === 0
    ? { kind: 'ok', word: 'served' }
    : { kind: 'warning', word: 'unserved' };
}

export type FileWord = 'asWritten' | 'byHand' | 'changed' | 'elsewhere' | 'broken' | 'none';

export function fileCheck({ state, writtenAt }: ToolView): {
  readonly kind: StateKind;
  readonly word: FileWord;
} {
  switch (state) {
    case 'connected':
      return { kind: 'ok', word: writtenAt === null ? 'byHand' : 'asWritten' };
    case 'changed':
      return { kind: 'warning', word: 'changed' };
    case 'elsewhere':
      return { kind: 'left', word: 'elsewhere' };
    case 'broken':
      return { kind: 'failed', word: 'broken' };
    default:
      return { kind: 'off', word: 'none' };
  }
}

export type RequestWord = 'came' | 'waiting' | 'hand' | 'none';

export function requestCheck({ state, writtenAt, lastRequestAt }: ToolView): {
  readonly kind: StateKind;
  readonly word: RequestWord;
} {
  if (lastRequestAt !== null) return { kind: 'ok', word: 'came' };
  if (state === 'by-hand') return { kind: 'off', word: 'hand' };
  return writtenAt !== null && (state === 'connected' || state === 'changed')
    ? { kind: 'waiting', word: 'waiting' }
    : { kind: 'off', word: 'none' };
}
