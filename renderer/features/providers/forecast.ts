/**
 * How long what is left of a limit lasts at the rate it went down lately. Providers tell what is left with their
 * answers, so a rate is known only of limits that were told several times. Pure.
 */
import type {
  KeyQuota,
  KeyView,
  ProviderView,
  QuotaSample,
} from '../../../contract/rpc/procedures/providers.ts';

/** `holds`: it is whole again before it is used up. */
export type Forecast = { readonly kind: 'until'; readonly at: number } | { readonly kind: 'holds' };

/** Samples of each limit of each key, the oldest first; none from before it was last filled up. */
export type QuotaHistory = ReadonlyMap<string, readonly QuotaSample[]>;

/** A shorter time says nothing of a rate, ms. */
const SHORTEST = 60_000;
/** An older sample says nothing of the rate now, ms. */
const OLDEST = 3_600_000;
/** Samples kept of one limit. */
const MOST = 60;
/** Beyond this nobody can tell, ms. */
const FARTHEST = 30 * 86_400_000;

export const sampleName = (provider: string, key: string, limit: string): string =>
  [provider, key, limit].join('/');

/** @returns the history with what the providers tell now; keys that are gone are forgotten */
export function withSamples(history: QuotaHistory, providers: readonly ProviderView[]): QuotaHistory {
  return new Map(
    providers.flatMap(({ id, keys }) =>
      keys.flatMap((key) =>
        key.quota.map((quota) => {
          const name = sampleName(id, key.id, quota.name);
          return [name, samplesWith(history.get(name) ?? [], quota)] as const;
        }),
      ),
    ),
  );
}

function samplesWith(
  samples: readonly QuotaSample[],
  { seenAt, remaining, since }: KeyQuota,
): readonly QuotaSample[] {
  // The gateway looked on before this page was opened.
  if (since !== undefined) return [since, { at: seenAt, remaining }];
  const last = samples.at(-1);
  if (last !== undefined && last.at >= seenAt) return samples;
  const sample = { at: seenAt, remaining };
  // It was filled up: what came before belongs to another round.
  if (last !== undefined && remaining > last.remaining) return [sample];
  return [...samples.filter(({ at }) => at > seenAt - OLDEST), sample].slice(-MOST);
}

/** Units a millisecond; null where nobody can tell. */
function rateOf(samples: readonly QuotaSample[], now: number): number | null {
  const first = samples[0];
  const last = samples.at(-1);
  if (first === undefined || last === undefined) return null;
  if (last.at - first.at < SHORTEST || last.at < now - OLDEST) return null;
  return (first.remaining - last.remaining) / (last.at - first.at);
}

/** @param now Unix ms @returns null where nobody can tell */
export function forecastOf(
  samples: readonly QuotaSample[],
  resetsAt: number | null,
  now: number,
): Forecast | null {
  const last = samples.at(-1);
  const rate = rateOf(samples, now);
  if (last === undefined || rate === null || rate <= 0) return null;
  if (resetsAt !== null && resetsAt <= now) return null;
  const at = last.at + last.remaining / rate;
  if (resetsAt !== null && at >= resetsAt) return { kind: 'holds' };
  return at > now + FARTHEST ? null : { kind: 'until', at };
}

/** The limit of a key that is used up first; null where none is known to be. */
export function firstToEnd(
  provider: string,
  key: KeyView,
  history: QuotaHistory,
  now: number,
): { readonly name: string; readonly at: number } | null {
  const ends = key.quota.flatMap(({ name, resetsAt }) => {
    const forecast = forecastOf(history.get(sampleName(provider, key.id, name)) ?? [], resetsAt, now);
    return forecast?.kind === 'until' ? [{ name, at: forecast.at }] : [];
  });
  return ends.toSorted((left, right) => left.at - right.at)[0] ?? null;
}

/**
 * When the credit of all keys that are in use is gone together, keys of one account counted once; null where the rate
 * of one of them is not known, or a key in use tells no credit.
 */
export function poolEnd(
  { id, keys }: Pick<ProviderView, 'id' | 'keys'>,
  history: QuotaHistory,
  now: number,
): number | null {
  const counted = new Set<string>();
  let left = 0;
  let rate = 0;
  for (const key of keys.filter(({ enabled }) => enabled)) {
    if (key.sharesAccountWith.some((mate) => counted.has(mate))) continue;
    counted.add(key.id);
    const samples = history.get(sampleName(id, key.id, 'credit')) ?? [];
    const own = rateOf(samples, now);
    if (own === null) return null;
    left += samples.at(-1)?.remaining ?? 0;
    rate += own;
  }
  const at = rate > 0 ? now + left / rate : Infinity;
  return at > now + FARTHEST ? null : at;
}
