/** The two functions a page gets, over Electron's two channels. */
import type { Bridge, BridgeMessage, BridgeRequest } from '../../contract/rpc/bridge.ts';
import type { RpcResult } from '../../contract/rpc/errors.ts';
import { INVOKE_CHANNEL, MESSAGE_CHANNEL, type IpcMessage, type IpcRequest } from '../../contract/rpc/ipc.ts';

/** The part of Electron's `ipcRenderer` that is used. */
export interface IpcPort {
  invoke(channel: string, request: IpcRequest): Promise<RpcResult<unknown>>;
  on(channel: string, listener: (event: unknown, message: IpcMessage) => void): unknown;
}

/** @param newId makes names that no earlier page of the window used */
export function createBridge(ipc: IpcPort, newId: () => string): Bridge {
  const followed = new Map<string, (message: BridgeMessage) => void>();
  ipc.on(MESSAGE_CHANNEL, (_event, { id, message }) => followed.get(id)?.(message));

  const ask = async (request: IpcRequest): Promise<RpcResult<unknown>> => {
    try {
      return await ipc.invoke(INVOKE_CHANNEL, request);
    } catch (error) {
      // What cannot be sent at all, such as a function, fails here.
      const message = error instanceof Error ? error.message : String(error);
      return { ok: false, error: { code: 'internal', message } };
    }
  };

  return {
    invoke: (name, input) => ask({ kind: 'call', name, input }),
    subscribe(request: BridgeRequest, listener) {
      const id = newId();
      let taken = 0;
      let reporting = false;
      /** One report at a time: however fast messages come, reports stay few. */
      const report = async (): Promise<void> => {
        if (reporting) return;
        reporting = true;
        for (let reported = 0; reported < taken && followed.has(id);) {
          reported = taken;
          await ask({ kind: 'taken', id, count: reported });
        }
        reporting = false;
      };
      followed.set(id, (message) => {
        if (message.kind === 'done') followed.delete(id);
        try {
          listener(message);
        } finally {
          taken += 1;
          void report();
        }
      });
      void ask({ kind: 'follow', id, request }).then((result) => {
        if (!result.ok) followed.get(id)?.({ kind: 'done', result });
      });
      return () => {
        if (followed.delete(id)) void ask({ kind: 'stop', id });
      };
    },
  };
}
