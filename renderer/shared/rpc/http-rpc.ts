/** The control plane over HTTP: calls by fetch, events from the feed. */
import { RpcError } from '../../../contract/rpc/errors.ts';
import type { EventRouter } from './event-router.ts';
import { exchange, post, type Fetch } from './http-answer.ts';
import type { Rpc } from './rpc.ts';
import type { Session } from './session.ts';

export function createHttpRpc(options: {
  readonly fetch: Fetch;
  readonly session: Session;
  readonly events: EventRouter;
  /** The session ended or never was. */
  readonly onUnauthenticated: () => void;
}): Rpc {
  const { fetch, session, events, onUnauthenticated } = options;

  const attempt = async <T>(name: string, input: unknown): Promise<T> =>
    exchange<T>(fetch, `/admin/rpc/${name}`, post(input, await session.headers()));

  const insist = async <T>(name: string, input: unknown): Promise<T> => {
    try {
      return await attempt<T>(name, input);
    } catch (error) {
      // Another tab logged in anew, so this tab's CSRF token is an old one. Refused calls did nothing.
      if (!(error instanceof RpcError) || error.code !== 'forbidden') throw error;
      session.forget();
      return attempt<T>(name, input);
    }
  };

  return {
    connection: events.connection,
    subscribe: events.subscribe,
    async call(name, input) {
      try {
        return await insist(name, input);
      } catch (error) {
        if (error instanceof RpcError && error.code === 'unauthenticated') {
          session.forget();
          onUnauthenticated();
        }
        throw error;
      }
    },
  };
}
