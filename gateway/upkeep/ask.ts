/** One question to a provider outside of any request: a GET with a key, its whole answer in memory. */
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import { remark } from '../../contract/rpc/remarks/remark.ts';
import { credentialHeader } from '../core/credential.ts';
import type { Clock } from '../core/ports.ts';
import type { RuntimeProvider } from '../core/runtime-provider.ts';
import type { Upstream, UpstreamFailure } from '../core/upstream.ts';

/** Longest wait for an answer, ms. */
const PATIENCE = 10_000;
/** No answer is read beyond this many bytes. */
const LARGEST = 16_777_216;

export interface AskPorts {
  readonly clock: Clock;
  readonly upstream: Upstream;
  readonly version: string;
}

export type Answer =
  | { readonly kind: 'answer'; readonly status: number; readonly body: Uint8Array }
  /** `code` is null where our own bounds ended it. */
  | { readonly kind: 'failure'; readonly code: UpstreamFailure['code'] | null; readonly told: Told };

/**
 * Never rejects and follows no redirect, so a key goes nowhere but to the given address.
 * @param secret the key, sent as the provider's first dialect has it; null: the call is made without one
 */
export function ask(
  provider: RuntimeProvider,
  url: string,
  secret: string | null,
  ports: AskPorts,
): Promise<Answer> {
  const [{ dialect, auth, headers }] = provider.endpoints;
  return new Promise((resolve) => {
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    let status = 0;
    const settle = (answer: Answer): void => {
      stopWaiting();
      resolve(answer);
    };
    const giveUp = (told: Told): void => {
      call.abort();
      settle({ kind: 'failure', code: null, told });
    };
    const stopWaiting = ports.clock.after(PATIENCE, () =>
      giveUp(remark('no-answer-in', { seconds: PATIENCE / 1_000 })),
    );
    const call = ports.upstream.send(
      {
        method: 'GET',
        url,
        headers: {
          accept: 'application/json',
          'accept-encoding': 'identity',
          'user-agent': `Switchyard/${ports.version}`,
          ...dialect.headers,
          ...headers,
          ...(secret === null ? {} : credentialHeader(auth, secret)),
        },
        body: [],
        bodyLength: 0,
        connectTimeout: Math.min(provider.timeouts.connect, PATIENCE),
        proxy: provider.proxy,
        noProxy: provider.noProxy,
        allowPrivateNetwork: provider.allowPrivateNetwork,
        freshSocket: false,
      },
      {
        connected: () => undefined,
        sent: () => undefined,
        headers: (answered) => {
          status = answered;
        },
        data: (chunk) => {
          chunks.push(chunk);
          bytes += chunk.length;
          if (bytes > LARGEST) giveUp(remark('reply-large', { megabytes: LARGEST / 1_048_576 }));
        },
        end: () => settle({ kind: 'answer', status, body: Buffer.concat(chunks) }),
        failed: ({ code, told }) => settle({ kind: 'failure', code, told }),
      },
    );
  });
}
