/**
 * Fetches images and files that a client named by address. Whoever may send a request chooses the address, so it
 * leads to public hosts only: every hop is checked where its socket is opened (`address-guard.ts`), no credential
 * goes along, and nothing of an answer but the file itself comes back.
 */
import { isIP } from 'node:net';
import { GatewayError } from '../core/errors.ts';
import type { FetchedMedia, MediaFetch } from '../core/media-fetch.ts';
import type { Clock } from '../core/ports.ts';
import type { Upstream } from '../core/upstream.ts';
import { addressKind, resolveBySystem, type Resolve } from './address-guard.ts';
import { chooseProxy } from './proxy-choice.ts';

/** From the call to the last byte, redirects included, ms. */
const PATIENCE = 15_000;
const MOST_REDIRECTS = 3;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
/** Names that only a local network gives a meaning. */
const LOCAL_NAME = /^[^.]*$|\.(?:localhost|local|internal|intranet|lan|home|corp|private|home\.arpa)$/;
const NOT_PUBLIC = 'it is no public address, and others are never fetched from';

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
      if (redirects === MOST_REDIRECTS) throw refused(url, `it redirects more than ${MOST_REDIRECTS} times`);
      if (!URL.canParse(answer.to, url.href)) throw refused(url, 'it redirects to what is no address');
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
      const giveUp = (why: string): void => {
        stopWaiting();
        call.abort();
        reject(refused(url, why));
      };
      const tooLarge = `it has more than ${Math.floor(most / 1_048_576)} MB`;
      const stopWaiting = clock.after(patience, () => giveUp(`it did not come within ${PATIENCE / 1_000} s`));
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
            if (status !== 200) return giveUp(`it answered with the status ${status}`);
            if (encoding !== 'identity') return giveUp('it came compressed, which was not asked for');
            if (Number(headers['content-length'] ?? 0) > most) return giveUp(tooLarge);
            mediaType = (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
          },
          data(chunk) {
            chunks.push(chunk);
            bytes += chunk.length;
            if (bytes > most) giveUp(tooLarge);
          },
          end: () => done({ kind: 'file', file: { mediaType, bytes: Buffer.concat(chunks) } }),
          failed: ({ code, detail }) =>
            giveUp(code === 'upstream_address_refused' ? NOT_PUBLIC : `the call failed (${detail})`),
        },
      );
    });
  }
}

/** @throws GatewayError `media_refused` */
function readAddress(text: string): URL {
  if (!URL.canParse(text))
    throw new GatewayError('media_refused', 'An address of an image or file cannot be read.');
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new GatewayError(
      'media_refused',
      `Images and files are fetched from addresses with https:// and http:// only, not with ${url.protocol.slice(0, 20)}`,
    );
  }
  if (url.username !== '' || url.password !== '') {
    throw refused(url, 'its address holds a user name or password, which is never sent');
  }
  return url;
}

const refused = (url: URL, why: string): GatewayError =>
  new GatewayError('media_refused', `An image or file could not be fetched from ${url.host}: ${why}.`);
