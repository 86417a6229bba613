/** What holds for a request among others, whose cool-downs and places it meets. */
import type { RequestRow } from '../../../contract/log/row.ts';
import type { Seen } from './client.ts';
import { isLost, type Try } from './model.ts';
import { KEYS, PLANS, type Ask, type Script } from './script.ts';

/** One request after it has ended. */
export interface Story {
  readonly ask: Ask;
  readonly seen: Seen;
  /** The places that were asked, as the upstream saw it. */
  readonly calls: readonly string[];
  readonly row: RequestRow;
}

/** Notes what is wrong. */
export type Expect = (fine: boolean, words: string) => void;

/**
 * Others cool keys and take places, so places may be missing, and a key that rested shortly comes after the next one;
 * none may come twice, without a reason, or after a later provider but for the last key of one that asked to be left
 * alone. Where the retry budget is spent, each provider is asked all the same.
 */
export function lawful(
  { plan }: Script,
  { row, seen }: Story,
  stories: readonly Story[],
  tries: readonly Try[],
  expect: Expect,
): void {
  const providers: readonly string[] = PLANS[plan];
  const order = providers.flatMap((provider) => (KEYS[provider] ?? []).map((key) => `${provider}/${key}`));
  const leftAlone = new Set(
    stories.flatMap(({ ask, calls }) =>
      calls.filter((place) => ask.deeds.get(place)?.[0].leftAlone === true),
    ),
  );
  for (const [at, { place, action }] of tries.entries()) {
    const next = tries[at + 1]?.place;
    if (next === undefined) continue;
    const further = providers.indexOf(next.charAt(0)) - providers.indexOf(place.charAt(0));
    const again = tries.slice(0, at + 1).some((one) => one.place === next);
    expect(!['done', 'return', 'stop'].includes(action), `${next} was asked after ${place} said ${action}`);
    if (action === 'replay') expect(next === place, `${place} was not asked again, but ${next}`);
    else expect(!again, `${next} was asked again after ${place}`);
    expect(!isLost(tries.slice(0, at + 1)), `${next} was asked after two calls had come to nothing`);
    expect(further >= 0 || leftAlone.has(next), `${next} came after ${place}`);
    if (action === 'next-target')
      expect(further !== 0, `${next} was asked although ${place} said next-target`);
  }
  const last = tries.at(-1);
  if (row.outcome !== 'error' || (last !== undefined && ['return', 'stop'].includes(last.action))) return;
  const lost = isLost(tries);
  const skipped = new Set(
    tries.filter(({ action }) => action === 'next-target').map(({ place }) => place.charAt(0)),
  );
  // The key alone is at fault in all that cools here: no provider has as many keys as make the others suspect.
  const cooled = new Set(
    stories
      .flatMap((one) => one.row.attempts)
      .flatMap(({ cooldown, provider, keyId }) =>
        cooldown === null ? [] : [`${provider.charAt(0)}/${keyId ?? ''}`],
      ),
  );
  const spent = seen.headers.get('x-switchyard-retry') === 'budget-exhausted';
  for (const place of order) {
    const provider = place.charAt(0);
    const asked = tries.some((one) => one.place === place);
    const why =
      asked ||
      lost ||
      skipped.has(provider) ||
      cooled.has(place) ||
      toldFull(row, provider) ||
      (spent && tries.some((one) => one.place.charAt(0) === provider));
    expect(why, `it failed, and ${place} was not asked`);
  }
}

const FULL: ReadonlySet<string> = new Set(['max_concurrency', 'limit_per_minute']);

/** The row says that keys of the provider had no room, when another was asked or in the end. */
const toldFull = ({ attempts, warnings, errorCode }: RequestRow, provider: string): boolean =>
  attempts.some(({ passedOver }) =>
    passedOver.some((over) => over.provider.charAt(0) === provider && FULL.has(over.reason)),
  ) ||
  (PROVIDERS_WITH_LIMITS.has(provider) &&
    (warnings.length > 0 || attempts.length === 0) &&
    errorCode !== null);

const PROVIDERS_WITH_LIMITS: ReadonlySet<string> = new Set(['d', 'e']);
