/**
 * Fetches images and files that a client named by address. Whoever may send a request chooses the address, so it
 * leads to public hosts only: every hop is checked where its socket is opened (`address-guard.ts`), no credential
 * goes along, and nothing of an answer but the file itself comes back.
 */
import { isIP } from 'node:net';
import { remark } from '../../contract/rpc/remarks/remark.ts';
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import type { GatewayError } from '../core/errors.ts';
import type { FetchedMedia, MediaFetch } from '../core/media-fetch.ts';
import type { Clock } from '../core/ports.ts';
import type { Upstream } from '../core/upstream.ts';
import { failed } from '../core/failed.ts';
import { addressKind, resolveBySystem, type Resolve } from './address-guard.ts';
import { chooseProxy } from './proxy-choice.ts';

/** From the call to the last byte, redirects included, ms. */
const PATIENCE = 15_000;
const MOST_REDIRECTS = 3;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
/** Names that only a local network gives a meaning. */
const LOCAL_NAME = /^[^.]*$|\.(?:localhost|local|internal|intranet|lan|home|corp|private|home\.arpa)$/;
const NOT_PUBLIC = remark('fetch-not-public');

export interface MediaFetchOptions {
  readonly upstream: Upstream;
  readonly clock: Clock;
  readonly version: string;
  /** Read for the proxies of the system. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** How requests leave, as the configuration has it now. */
  readonly network: () => { readonly proxy: string; readonly noProxy: readonly string[] };
  /** Name resolution; the system's when absent. */
  readonly resolve?: Resolve;
}

type Answer =
  { readonly kind: 'file'; readonly file: FetchedMedia } | { readonly kind: 'redirect'; readonly to: string };

export function createMediaFetch(options: MediaFetchOptions): MediaFetch {
  const { clock, resolve = resolveBySystem } = options;

  return async (address, most) => {
    const end = clock.monotonic() + PATIENCE;
    let url = readAddress(address);
    for (let redirects = 0; ; redirects += 1) {
      await checkHost(url);
      const answer = await get(url, most, Math.max(1, end - clock.monotonic()));
      if (answer.kind === 'file') return answer.file;
      if (redirects === MOST_REDIRECTS)
        throw refused(url, remark('fetch-redirects', { most: MOST_REDIRECTS }));
      if (!URL.canParse(answer.to, url.href)) throw refused(url, remark('fetch-redirect-nowhere'));
      url = readAddress(new URL(answer.to, url).href);
    }
  };

  /**
   * By name; addresses are checked where the socket is opened. Behind a proxy the far side resolves names, so they
   * are looked up here as well; one that only the proxy knows is the proxy's affair.
   */
  async function checkHost(url: URL): Promise<void> {
    const host = url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
    if (isIP(host) !== 0) {
      if (addressKind(host) !== 'public') throw refused(url, NOT_PUBLIC);
      return;
    }
    if (LOCAL_NAME.test(host)) throw refused(url, NOT_PUBLIC);
    const { proxy, noProxy } = options.network();
    if (chooseProxy(url, proxy, noProxy, options.environment) === undefined) return;
    const addresses = await resolve(host).catch(() => []);
    if (addresses.some((one) => addressKind(one.address) !== 'public')) throw refused(url, NOT_PUBLIC);
  }

  function get(url: URL, most: number, patience: number): Promise<Answer> {
    return new Promise((settle, reject) => {
      const chunks: Uint8Array[] = [];
      let bytes = 0;
      let mediaType = '';
      const done = (answer: Answer): void => {
        stopWaiting();
        call.abort();
        settle(answer);
      };
      const giveUp = (why: Told): void => {
        stopWaiting();
        call.abort();
        reject(refused(url, why));
      };
      const tooLarge = remark('fetch-large', { megabytes: Math.floor(most / 1_048_576) });
      const tooSlow = remark('fetch-slow', { seconds: PATIENCE / 1_000 });
      const stopWaiting = clock.after(patience, () => giveUp(tooSlow));
      const call = options.upstream.send(
        {
          method: 'GET',
          url: url.href,
          headers: {
            accept: 'image/*, application/pdf, text/*;q=0.9, */*;q=0.1',
            'accept-encoding': 'identity',
            'user-agent': `Switchyard/${options.version}`,
          },
          body: [],
          bodyLength: 0,
          connectTimeout: PATIENCE,
          ...options.network(),
          allowPrivateNetwork: false,
          freshSocket: false,
        },
        {
          connected: () => undefined,
          sent: () => undefined,
          headers(status, headers) {
            const { location, 'content-encoding': encoding = 'identity' } = headers;
            if (REDIRECTS.has(status) && location !== undefined)
              return done({ kind: 'redirect', to: location });
            if (status !== 200) return giveUp(remark('fetch-status', { status }));
            if (encoding !== 'identity') return giveUp(remark('fetch-compressed'));
            if (Number(headers['content-length'] ?? 0) > most) return giveUp(tooLarge);
            mediaType = (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
          },
          data(chunk) {
            chunks.push(chunk);
            bytes += chunk.length;
            if (bytes > most) giveUp(tooLarge);
          },
          end: () => done({ kind: 'file', file: { mediaType, bytes: Buffer.concat(chunks) } }),
          failed: ({ code, told }) =>
            giveUp(code === 'upstream_address_refused' ? NOT_PUBLIC : remark('fetch-failed', {}, told)),
        },
      );
    });
  }
}

/** @throws GatewayError `media_refused` */
function readAddress(text: string): URL {
  if (!URL.canParse(text)) throw failed('media_refused', remark('media-address'));
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw failed('media_refused', remark('media-scheme', { scheme: url.protocol.slice(0, 20) }));
  }
  if (url.username !== '' || url.password !== '') {
    throw refused(url, remark('fetch-password'));
  }
  return url;
}

const refused = (url: URL, why: Told): GatewayError =>
  failed('media_refused', remark('media-not-fetched', { host: url.host }, why));
