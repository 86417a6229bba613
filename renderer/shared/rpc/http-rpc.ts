/** The control plane over HTTP: calls by fetch, events from the feed. */
import { RpcError } from '../../../contract/rpc/errors.ts';
import type { ProgressOf } from '../../../contract/rpc/define.ts';
import type { Procedures, TellingProcedureName } from '../../../contract/rpc/procedures.ts';
import type { EventRouter } from './event-router.ts';
import { exchange, exchangeStream, post, type Fetch } from './http-answer.ts';
import { Cancelled, type Rpc } from './rpc.ts';
import type { Session } from './session.ts';

type Headers = Readonly<Record<string, string>>;

export function createHttpRpc(options: {
  readonly fetch: Fetch;
  readonly session: Session;
  readonly events: EventRouter;
  /** The session ended or never was. */
  readonly onUnauthenticated: () => void;
}): Rpc {
  const { fetch, session, events, onUnauthenticated } = options;

  /** Sends with the session's headers, once more where they were stale. */
  const insist = async <T>(send: (headers: Headers) => Promise<T>): Promise<T> => {
    try {
      return await send(await session.headers());
    } catch (error) {
      // Another tab logged in anew, so this tab's CSRF token is an old one. Refused calls did nothing.
      if (!(error instanceof RpcError) || error.code !== 'forbidden') throw error;
      session.forget();
      return send(await session.headers());
    }
  };
  const noticing = async <T>(send: (headers: Headers) => Promise<T>): Promise<T> => {
    try {
      return await insist(send);
    } catch (error) {
      if (error instanceof RpcError && error.code === 'unauthenticated') {
        session.forget();
        onUnauthenticated();
      }
      throw error;
    }
  };

  return {
    connection: events.connection,
    subscribe: events.subscribe,
    call: (name, input) => noticing((headers) => exchange(fetch, `/admin/rpc/${name}`, post(input, headers))),
    async follow<Name extends TellingProcedureName>(
      name: Name,
      input: unknown,
      tell: (progress: ProgressOf<Procedures[Name]>) => void,
      signal?: AbortSignal,
    ) {
      try {
        return await noticing((headers) =>
          exchangeStream(
            fetch,
            `/admin/rpc/${name}`,
            { ...post(input, headers), ...(signal === undefined ? {} : { signal }) },
            // The engine is trusted: what it tells is of the procedure's type.
            (progress) => void Reflect.apply(tell, undefined, [progress]),
          ),
        );
      } catch (error) {
        if (signal?.aborted === true) throw new Cancelled();
        throw error;
      }
    },
  };
}
