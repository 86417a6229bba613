/** Where calls lead: read once for each address, since reading one costs as much as much of sending. */
import { remark } from '../../contract/rpc/remarks/remark.ts';
import type { UpstreamRequest } from '../core/upstream.ts';
import { DialFailure } from './dial-failure.ts';
import type { Route } from './dial.ts';
import { chooseProxy, proxyProblem } from './proxy-choice.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** All that decides about the way of a request. */
export type WayRequest = Pick<
  UpstreamRequest,
  'url' | 'proxy' | 'noProxy' | 'allowPrivateNetwork' | 'connectTimeout'
>;

export interface Way {
  /** With the query. */
  readonly path: string;
  readonly route: Route;
}

/** Addresses remembered: Gemini's hold the model. */
const MOST = 500;

/**
 * @param environment read for the proxies of the system; it does not change while a process runs
 * @returns finds the way of a request. @throws DialFailure when it cannot leave as it is meant to
 */
export function createWays(environment: Environment): (request: WayRequest) => Way {
  const known = new Map<string, { readonly asked: WayRequest; readonly way: Way }>();

  return ({ url, proxy, noProxy, allowPrivateNetwork, connectTimeout }) => {
    const before = known.get(url);
    const asked = { url, proxy, noProxy, allowPrivateNetwork, connectTimeout };
    if (before !== undefined && isSame(before.asked, asked)) return before.way;
    const way = wayOf(asked, environment);
    known.delete(url);
    known.set(url, { asked, way });
    const [oldest] = known.keys();
    if (known.size > MOST && oldest !== undefined) known.delete(oldest);
    return way;
  };
}

/** Lists are compared as values that never change: a new configuration brings new ones. */
function isSame(one: WayRequest, other: WayRequest): boolean {
  return (
    one.proxy === other.proxy &&
    one.noProxy === other.noProxy &&
    one.allowPrivateNetwork === other.allowPrivateNetwork &&
    one.connectTimeout === other.connectTimeout
  );
}

function wayOf(request: WayRequest, environment: Environment): Way {
  const url = new URL(request.url);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new DialFailure(remark('address-scheme', { scheme: url.protocol }));
  }
  const proxy = chooseProxy(url, request.proxy, request.noProxy, environment);
  const problem = proxy === undefined ? undefined : proxyProblem(proxy);
  if (problem !== undefined) throw new DialFailure(problem);
  return {
    path: url.pathname + url.search,
    route: {
      origin: url.origin,
      proxy: proxy === undefined ? undefined : new URL(proxy),
      allowPrivate: request.allowPrivateNetwork,
      connectTimeout: request.connectTimeout,
    },
  };
}
