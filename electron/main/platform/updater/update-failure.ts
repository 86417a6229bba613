/** Why a newer version was not found, fetched or installed. */
import type { Told } from '../../../../contract/rpc/connect-sayings.ts';
import type { ProblemSaying } from '../../../../contract/rpc/problem-sayings.ts';
import { causeOf, say } from '../../../../gateway/index.ts';

/** Its message is a sentence for the user; `told` is the same as data. */
export class UpdateFailure extends Error {
  override readonly name = 'UpdateFailure';
  readonly told: Told;

  constructor(why: ProblemSaying, values: Told['values'] = {}, reason?: Told) {
    const told = say(why, values, reason);
    super(told.text);
    this.told = told;
  }
}

/** Codes of Node, and of Chromium without what they begin with there (`net::ERR_`). */
const NETWORK: Readonly<Record<string, ProblemSaying>> = {
  ENOTFOUND: 'host-unknown',
  EAI_AGAIN: 'host-unknown',
  NAME_NOT_RESOLVED: 'host-unknown',
  ECONNREFUSED: 'not-connected',
  CONNECTION_REFUSED: 'not-connected',
  ECONNRESET: 'connection-broken',
  UND_ERR_SOCKET: 'connection-broken',
  CONNECTION_RESET: 'connection-broken',
  CONNECTION_CLOSED: 'connection-broken',
  ENETUNREACH: 'no-network',
  INTERNET_DISCONNECTED: 'no-network',
  NETWORK_CHANGED: 'connection-broken',
};

/** Why nothing came, or nothing was kept: what lies behind "fetch failed", as data where there are words for it. */
export function reasonOf(error: unknown): Told {
  if (!(error instanceof Error)) return causeOf(error);
  const { cause } = error;
  const real = cause instanceof Error && cause.message !== '' ? cause : error;
  const code =
    /net::ERR_(\w+)/.exec(real.message)?.[1] ??
    ('code' in real && typeof real.code === 'string' ? real.code : '');
  const saying = Object.hasOwn(NETWORK, code) ? NETWORK[code] : undefined;
  return saying === undefined ? causeOf(real) : say(saying, {}, undefined, real.message);
}
