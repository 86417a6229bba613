/** Hangs the router on Electron's two channels. */
import { ipcMain, type IpcMainInvokeEvent, type WebContents } from 'electron';
import { INVOKE_CHANNEL, MESSAGE_CHANNEL } from '../../../contract/rpc/ipc.ts';
import type { RpcRouter } from './router.ts';
import type { Sender } from './sender.ts';

/** @param isOurs tells the windows of this app from any other content */
export function connectRpc(router: Promise<RpcRouter>, isOurs: (contents: WebContents) => boolean): void {
  ipcMain.handle(INVOKE_CHANNEL, async (event, request: unknown) => {
    // Read now: a moment later the frame may show something else.
    const sender = senderOf(event, isOurs(event.sender));
    return (await router).handle(sender, request);
  });
}

/** Ends what a page followed, as soon as the page is gone. */
export function leaveWith(contents: WebContents, router: Promise<RpcRouter>): void {
  const { id } = contents;
  const leave = (): void => void router.then((made) => made.leave(id));
  contents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
    if (isMainFrame && !isSameDocument) leave();
  });
  contents.on('render-process-gone', leave);
  contents.on('destroyed', leave);
}

function senderOf({ sender, senderFrame }: IpcMainInvokeEvent, ours: boolean): Sender {
  return {
    contents: sender.id,
    ours,
    frame: senderFrame === null ? null : { origin: senderFrame.origin, top: senderFrame.parent === null },
    send(message) {
      if (!sender.isDestroyed()) sender.send(MESSAGE_CHANNEL, message);
    },
  };
}
