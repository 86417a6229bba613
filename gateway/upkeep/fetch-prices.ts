/** Fetches the price catalogue's data: one GET without a key, to one address, following nothing. */
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import { remark } from '../../contract/rpc/remarks/remark.ts';
import type { Clock } from '../core/ports.ts';
import type { Upstream } from '../core/upstream.ts';

/** From the call to the last byte, ms. */
const PATIENCE = 30_000;
/** The data has about 1 MB. */
const LARGEST = 8_388_608;

export type FetchedPrices =
  | {
      readonly ok: true;
      readonly data: unknown;
      /** Unix ms, where the server tells when the data changed. */
      readonly changedAt: number | null;
    }
  | { readonly ok: false; readonly problem: Told };

/** Never rejects. */
export type FetchPrices = (url: string) => Promise<FetchedPrices>;

export interface FetchPricesPorts {
  readonly upstream: Upstream;
  readonly clock: Clock;
  readonly version: string;
  /** How requests leave, as the configuration has it now. */
  readonly network: () => { readonly proxy: string; readonly noProxy: readonly string[] };
  /** For tests: the data never lies on a private network. */
  readonly allowPrivateNetwork?: boolean;
}

export function createFetchPrices(ports: FetchPricesPorts): FetchPrices {
  const { clock, upstream, version } = ports;
  return (url) =>
    new Promise((resolve) => {
      const chunks: Uint8Array[] = [];
      let bytes = 0;
      let changedAt: number | null = null;
      const host = new URL(url).host;
      const settle = (answer: FetchedPrices): void => {
        stopWaiting();
        call.abort();
        resolve(answer);
      };
      const giveUp = (why: Told): void =>
        settle({ ok: false, problem: remark('prices-not-fetched', { host }, why) });
      const stopWaiting = clock.after(PATIENCE, () =>
        giveUp(remark('prices-slow', { seconds: PATIENCE / 1_000 })),
      );
      const call = upstream.send(
        {
          method: 'GET',
          url,
          headers: {
            accept: 'application/json',
            'accept-encoding': 'identity',
            'user-agent': `Switchyard/${version}`,
          },
          body: [],
          bodyLength: 0,
          connectTimeout: PATIENCE,
          ...ports.network(),
          allowPrivateNetwork: ports.allowPrivateNetwork ?? false,
          freshSocket: false,
        },
        {
          connected: () => undefined,
          sent: () => undefined,
          headers(status, headers) {
            if (status !== 200) return giveUp(remark('prices-status', { status }));
            const changed = Date.parse(headers['last-modified'] ?? '');
            changedAt = Number.isFinite(changed) ? changed : null;
          },
          data(chunk) {
            chunks.push(chunk);
            bytes += chunk.length;
            if (bytes > LARGEST) giveUp(remark('prices-large', { megabytes: LARGEST / 1_048_576 }));
          },
          end() {
            try {
              settle({ ok: true, data: JSON.parse(Buffer.concat(chunks).toString('utf8')), changedAt });
            } catch {
              giveUp(remark('prices-no-json'));
            }
          },
          failed: ({ told }) => giveUp(told),
        },
      );
    });
}
