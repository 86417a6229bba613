/** The control plane over Electron's IPC: who asks is checked, then what is asked, then it is done. */
import type { BridgeMessage } from '../../../contract/rpc/bridge.ts';
import type { RpcErrorCode, RpcResult } from '../../../contract/rpc/errors.ts';
import type { ControlPlane, Logger } from '../../../gateway/index.ts';
import { createFollowing, type Following, type RunProcedure } from './following.ts';
import { readRequest } from './request.ts';
import { refusal, type Sender } from './sender.ts';

export interface RpcRouter {
  /** Answers one request of a page; errors are data. Never rejects. */
  handle(sender: Sender, request: unknown): Promise<RpcResult<unknown>>;
  /** The page in this window's content was closed or is loaded anew. */
  leave(contents: number): void;
  /** True while a page runs a call for its user. */
  isBusy(contents: number): boolean;
}

/**
 * @param options.run procedures of the engine and of the desktop, by name
 * @param options.subscribe events of the engine
 */
export function createRpcRouter(options: {
  readonly run: RunProcedure;
  readonly subscribe: ControlPlane['subscribe'];
  readonly logger: Logger;
}): RpcRouter {
  const { run, subscribe, logger } = options;
  const windows = new Map<number, Following>();

  const followingOf = (sender: Sender): Following => {
    const known = windows.get(sender.contents);
    if (known !== undefined) return known;
    const send = (id: string, message: BridgeMessage): void => sender.send({ id, message });
    const following = createFollowing({ run, subscribe, send });
    windows.set(sender.contents, following);
    return following;
  };

  return {
    async handle(sender, value) {
      const refused = refusal(sender);
      if (refused !== null) {
        logger.warn('A request over IPC was refused', { reason: refused });
        return failure('forbidden', `The request is refused: ${refused}.`);
      }
      const request = readRequest(value);
      if (typeof request === 'string') return failure('invalid_input', request);
      if (request.kind === 'call') return run(request.name, request.input);
      const following = followingOf(sender);
      if (request.kind === 'taken') following.taken(request.id, request.count);
      if (request.kind === 'stop') following.stop(request.id);
      const problem = request.kind === 'follow' ? following.begin(request.id, request.request) : null;
      return problem === null ? { ok: true, data: null } : failure('conflict', problem);
    },
    isBusy: (contents) => windows.get(contents)?.busy() === true,
    leave(contents) {
      windows.get(contents)?.stopAll();
      windows.delete(contents);
    },
  };
}

const failure = (code: RpcErrorCode, message: string): RpcResult<never> => ({
  ok: false,
  error: { code, message },
});
