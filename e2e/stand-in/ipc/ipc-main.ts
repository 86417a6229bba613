/** `ipcMain`: what the app listens to, and what pages send. */
import { EventEmitter } from 'node:events';
import { toJson } from './json.ts';

/** The event that handlers get: who sent it. */
export interface IpcEvent {
  readonly sender: unknown;
  readonly senderFrame: unknown;
  readonly frameId: number;
  readonly processId: number;
}

type Handler = (event: IpcEvent, ...args: readonly unknown[]) => unknown;

export class IpcMain extends EventEmitter {
  /** By channel; named as in Electron, where tests call a handler with an event of their own too. */
  readonly _invokeHandlers = new Map<string, Handler>();

  handle(channel: string, handler: Handler): void {
    if (this._invokeHandlers.has(channel)) {
      throw new Error(`Attempted to register a second handler for '${channel}'`);
    }
    this._invokeHandlers.set(channel, handler);
  }

  handleOnce(channel: string, handler: Handler): void {
    this.handle(channel, (event, ...args) => {
      this.removeHandler(channel);
      return handler(event, ...args);
    });
  }

  removeHandler(channel: string): void {
    this._invokeHandlers.delete(channel);
  }

  /** @returns the answer as JSON @throws Error with the text that `ipcRenderer.invoke` rejects with */
  async invoke(event: IpcEvent, channel: string, args: readonly unknown[]): Promise<string> {
    try {
      const handler = this._invokeHandlers.get(channel);
      if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
      return toJson(await handler(event, ...args));
    } catch (error) {
      throw new Error(`Error invoking remote method '${channel}': ${String(error)}`, { cause: error });
    }
  }
}
