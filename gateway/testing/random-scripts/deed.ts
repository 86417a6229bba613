/** One thing that can happen to a call, and what the rules of failover make of it. */
import type { AttemptRecord } from '../../../contract/log/row.ts';
import type { FakeRequest } from '../fake-upstream.ts';
import type { Wire } from './wires.ts';

/** One call, as the upstream sees it. */
export interface Scene {
  readonly call: FakeRequest;
  readonly wire: Wire;
  readonly streamed: boolean;
  /** What this place answers to this request; no other place or request has the same. */
  readonly text: string;
  /** The client goes away, now or with the first content. */
  readonly leave: (when: 'now' | 'with content') => void;
}

export interface Deed {
  readonly name: string;
  /** As it stands in the log row. */
  readonly result: string;
  readonly action: AttemptRecord['action'];
  /** How the request ends where it goes no further. */
  readonly outcome: 'ok' | 'error' | 'cut' | 'client-left';
  /** Another request may find the last key of the provider standing back for it. */
  readonly leftAlone?: boolean;
  /** The call was read and came to nothing; `cut` is not that on a kept socket, where it is replayed. */
  readonly lost?: 'cut' | 'waited';
  readonly act: (scene: Scene) => unknown;
}

export const good = (name: string, act: Deed['act']): Deed => ({
  name,
  result: 'ok',
  action: 'done',
  outcome: 'ok',
  act,
});
export const bad = (name: string, result: string, action: Deed['action'], act: Deed['act']): Deed => ({
  name,
  result,
  action,
  outcome: 'error',
  act,
});
/** No head of an answer came. */
export const headless = (name: string, action: Deed['action'], act: Deed['act']): Deed => ({
  ...bad(name, 'upstream_cut', action, act),
  lost: 'cut',
});
/** Broken before anything of it was worth passing on: the client gets an error, the row says that it was cut. */
export const lost = (name: string, act: Deed['act']): Deed => ({
  ...bad(name, 'upstream_cut', 'next-key', act),
  outcome: 'cut',
});
export const cut = (
  name: string,
  result: string,
  act: Deed['act'],
  outcome: Deed['outcome'] = 'cut',
): Deed => ({
  name,
  result,
  action: 'stop',
  outcome,
  act,
});
export const left = (name: string, act: Deed['act']): Deed => ({
  name,
  result: 'client_left',
  action: 'stop',
  outcome: 'client-left',
  act,
});
export const refusal = (
  status: number,
  result: string,
  action: Deed['action'],
  type = 'api_error',
  headers: Readonly<Record<string, string>> = {},
): Deed => ({
  ...bad(`${status} ${JSON.stringify(headers)}`, result, action, ({ call, wire, text }) =>
    call.json(status, wire.error(`no ${text}`, type), headers),
  ),
  leftAlone: status === 503 && 'retry-after' in headers,
});
