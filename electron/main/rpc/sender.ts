/** Who may ask: the page of a window of ours, and nothing inside that page. */
import type { IpcMessage } from '../../../contract/rpc/ipc.ts';
import { PAGE_ORIGIN } from '../window/origin.ts';

/** Where a request came from, read at once: the frame may be gone a moment later. */
export interface Sender {
  /** Names the window's content for as long as it lives. */
  readonly contents: number;
  /** True for windows this app opened for its pages. */
  readonly ours: boolean;
  /** Null when the frame was gone before its request was looked at. */
  readonly frame: { readonly origin: string; readonly top: boolean } | null;
  send(message: IpcMessage): void;
}

/** @returns why the sender is not listened to, or null when it is */
export function refusal({ ours, frame }: Sender): string | null {
  if (!ours) return 'it came from a window that is not one of this app';
  if (frame === null) return 'its frame is gone';
  if (!frame.top) return 'it came from a frame inside the page';
  if (frame.origin !== PAGE_ORIGIN) return `it came from ${frame.origin}`;
  return null;
}
