/** What the answer to a key check says of the key: one table, pure. It changes nobody's health. */
import { remark } from '../../contract/rpc/remarks/remark.ts';
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import type { KeyCheck } from '../../contract/rpc/procedures/providers.ts';
import type { Dialect } from '../core/dialect.ts';
import type { KeyProof } from '../core/provider.ts';
import { saidBy } from '../core/upstream-error.ts';
import { judge } from '../routing/outcome.ts';

/** What a check found, without the time it took; the message is neither redacted nor short. */
export type KeyFinding = Omit<KeyCheck, 'took'>;

/** Reasons of the outcome table that say something of the key itself. */
const RESULTS: Readonly<Record<string, KeyFinding['result']>> = {
  key_rejected: 'refused',
  forbidden: 'refused',
  credit_exhausted: 'exhausted',
  spend_limit: 'exhausted',
  rate_limited: 'limited',
  daily_quota: 'limited',
  no_quota: 'limited',
  free_limit: 'limited',
  credit_short: 'works',
  over_tier: 'limited',
  model_overloaded: 'limited',
};

/** A key that may be used for chat and nothing else is refused here, which proves nothing about chat. */
const NARROW_KEY = /missing scopes|insufficient permissions/i;

/** @param answer status and whole body of the call that `proof` names */
export function findingOf(
  proof: KeyProof,
  dialect: Dialect,
  answer: { readonly status: number; readonly body: Uint8Array },
): KeyFinding {
  const { status, body } = answer;
  // A page, not the provider: a proxy, a firewall or a hotel's log-in stands in between.
  if (isPage(body))
    return { result: 'unreachable', status, ...said(saidBy(dialect.readError(status, body))) };
  if (status >= 200 && status < 300) return ofGoodAnswer(proof, dialect, answer);
  const error = dialect.readError(status, body);
  if (NARROW_KEY.test(error.message)) return finding('cannot-tell', status, error.message);
  const { reason } = judge({ kind: 'answer', error, headers: {} });
  return finding(RESULTS[reason] ?? 'cannot-tell', status, error.message);
}

/**
 * The list came with the key; `withoutKey` is what the same list answered nobody in particular. A list that
 * anybody may read proves no key.
 */
export function findingOfOpenList(
  withKey: KeyFinding,
  withoutKey: { readonly status: number } | undefined,
): KeyFinding {
  const guarded = withoutKey !== undefined && (withoutKey.status === 401 || withoutKey.status === 403);
  return guarded ? withKey : finding('cannot-tell', withKey.status, '');
}

function ofGoodAnswer(
  proof: KeyProof,
  dialect: Dialect,
  { status, body }: { readonly status: number; readonly body: Uint8Array },
): KeyFinding {
  if (typeof proof === 'string') {
    return dialect.readModels(body) === undefined
      ? { result: 'unreachable', status, ...said(remark('no-model-list')) }
      : finding('works', status, '');
  }
  const account = proof.read(parsed(body));
  if (account === undefined) {
    return { result: 'unreachable', status, ...said(remark('no-key-account')) };
  }
  const found = finding(account.exhausted ? 'exhausted' : 'works', status, account.message ?? '');
  return account.left === undefined ? found : { ...found, left: account.left };
}

/** Words of ours as data, those of a provider as they came. */
export const said = (told: Told): Pick<KeyFinding, 'message' | 'told'> =>
  told.code === 'upstream-words' ? { message: told.text } : { message: told.text, told };

function finding(result: KeyFinding['result'], status: number | null, message: string): KeyFinding {
  return { result, status, message: message === '' ? null : message };
}

function isPage(body: Uint8Array): boolean {
  return Buffer.from(body.subarray(0, 64)).toString('latin1').trimStart().startsWith('<');
}

function parsed(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    return undefined;
  }
}
