/**
 * Health of keys, accounts, models and providers: cool-downs, probes, failures in a row. Survives a change of
 * configuration; what cools is kept over restarts by `health-file.ts`.
 */
import type { Clock, Random } from '../core/ports.ts';
import {
  coolingLeft,
  coolingPhase,
  cooldownLength,
  type Cooling,
  type CoolingPhase,
  type CooldownSettings,
} from '../routing/cooldown.ts';
import type { FailureDetail, Health, KeptCooling, KeyHealthView, KeyUse, Trial } from '../routing/health.ts';
import type { Judgement } from '../routing/outcome.ts';
import {
  ALL_KEYS,
  ANY_MODEL,
  holdsFor,
  keyWho,
  modelsOf,
  placeOf,
  scopeOf,
  UNKNOWN_ACCOUNT,
  type Place,
} from '../routing/places.ts';
import { LONGEST_GUESS, MAY_BE_SHARED } from '../routing/suspicion.ts';
import { isUnreached } from '../routing/unreached.ts';
import { createCooledPlaces, mayTry, standsBack, strictest, type CooledPlace } from './cooled-places.ts';
import { createLimitedTogether } from './limited-together.ts';
import { createUnreached } from './unreached.ts';

export interface HealthSettings extends CooldownSettings {
  /** Provider or network failures in a row before a key cools. */
  readonly maxConsecutiveFailures: number;
}

export interface HealthState extends Health {
  view(provider: string, key: string): KeyHealthView;
  /** Ends cool-downs of one key, with those of its account and provider, of one provider, or all. @returns how many */
  clear(provider?: string, key?: string): number;
  /** A check found that what a key cools for is over. @returns whether anything ended */
  recovered(provider: string, key: string, reason: string): boolean;
  /** A check found that the key's own cool-down, whose time is over, has to go on. */
  confirmed(provider: string, key: string, said: Pick<FailureDetail, 'message' | 'told'>): void;
  /** The key is another one now: what it cooled for by itself is over, or with others of no known account. */
  replaced(provider: string, key: string): void;
  /** What to keep over a restart. */
  kept(): readonly KeptCooling[];
}

export interface HealthPorts {
  readonly clock: Clock;
  readonly random: Random;
  /** Read at each failure, so a new configuration holds at once. */
  readonly settings: () => HealthSettings;
  /** The account a key belongs to; undefined while it is not known. */
  readonly accountOf: (provider: string, key: string) => string | undefined;
  /** Called after anything a user can see has changed. */
  readonly changed: (provider: string) => void;
  readonly kept?: readonly KeptCooling[];
}

interface KeyEntry {
  failures: number;
  /** Cool-downs of the key itself without an answer between them: each is longer than the one before. */
  rests: number;
  lastUsedAt: number | null;
  lastFailedAt: number | null;
  inFlight: number;
  /** Another key has its name by now: what calls under way find out is true of this one only. */
  replaced: boolean;
}

const forgive = (entry: KeyEntry): void => {
  entry.failures = 0;
  entry.rests = 0;
};

const NOTHING: readonly CooledPlace[] = [];
/** After this another one may probe as well, ms: an answer can take many minutes, and says nothing until it comes. */
const PROBE_PATIENCE = 30_000;

export function createHealth(ports: HealthPorts): HealthState {
  const { clock, random, settings, accountOf, changed } = ports;
  // That a provider could not be reached says little after a restart, and is soon found out again.
  const kept = (ports.kept ?? []).filter((cooled) => !isUnreached(cooled));
  const places = createCooledPlaces(clock, kept);
  const unreached = createUnreached(places, random, settings);
  const keys = new Map<string, KeyEntry>();
  const limited = createLimitedTogether(clock);

  const entryOf = (provider: string, key: string): KeyEntry => {
    const id = `${provider}/${key}`;
    const known = keys.get(id);
    if (known !== undefined) return known;
    const created: KeyEntry = {
      failures: 0,
      rests: 0,
      lastUsedAt: null,
      lastFailedAt: null,
      inFlight: 0,
      replaced: false,
    };
    keys.set(id, created);
    return created;
  };
  const over = (use: KeyUse): readonly CooledPlace[] =>
    places.any(use.provider) ? places.over(use, accountOf(use.provider, use.key)) : NOTHING;
  const cooling = (use: KeyUse): Cooling | undefined => {
    const some = over(use);
    return some.length === 0 ? undefined : strictest(some, places.now());
  };
  const phase = (use: KeyUse): CoolingPhase => {
    const some = cooling(use);
    return some === undefined ? 'none' : coolingPhase(some, places.now());
  };

  /** Nothing else keeps the key than what is of that kind. */
  function keptOnlyBy(use: KeyUse, kind: (cooled: CooledPlace) => boolean): boolean {
    const some = over(use);
    const now = places.now();
    const may = ({ cooling: one }: CooledPlace): boolean => mayTry(coolingPhase(one, now));
    return some.length > 0 && !some.every(may) && some.every((one) => kind(one) || may(one));
  }
  /** No other key of the provider could be asked instead, now or as a last resort. */
  const isLast = (use: KeyUse, { otherKeys }: FailureDetail): boolean =>
    !otherKeys.some((key) => mayTry(phase({ ...use, key })) || keptOnlyBy({ ...use, key }, standsBack));

  /** @param back the key stands back only, for want of another one */
  function cool(
    use: KeyUse,
    place: Place,
    judgement: Judgement,
    detail: FailureDetail,
    back = false,
  ): number {
    const before = places.at(use.provider, place);
    const own = place.who === keyWho(use.key) && place.which === ANY_MODEL;
    const entry = entryOf(use.provider, use.key);
    if (own && judgement.cools !== 'key-after-several') entry.failures += 1;
    const since = places.now();
    // Nobody is sent to what cools: this one was under way before, and says the same once more.
    const resting = before !== undefined && coolingPhase(before.cooling, since) === 'cooling';
    const rests = resting && !standsBack(before);
    // Whoever asked the last key for want of another one makes it stand back no longer.
    if (back && resting && (rests || detail.hint === undefined))
      return Math.round(coolingLeft(before.cooling, since));
    const earlier = Math.max(before?.failures ?? 0, own ? entry.rests : 0);
    const failures = resting ? Math.max(1, earlier) : earlier + 1;
    if (own) entry.rests = failures;
    const length = cooldownLength(failures, detail.hint, judgement.atLeast, settings(), random);
    const { reason } = judgement;
    // On the same matter the provider's newest word holds; on another one whatever lasts longer.
    if (rests && (detail.hint === undefined || before.cooling.reason !== reason)) {
      const left = coolingLeft(before.cooling, since);
      if (left >= length) return Math.round(left);
    }
    const { message, told, status } = detail;
    const scope = scopeOf(place);
    places.put(use.provider, {
      place,
      cooling: { reason, message, told, status, scope, since, length, probing: false },
      failures,
      ...(back ? { standsBack: true } : {}),
    });
    return length;
  }

  /** It answers: what it was the probe of is over, and what made its provider be asked last. @returns whether any was */
  function isOverFor(use: KeyUse, held: readonly CooledPlace[]): boolean {
    const reached = unreached.reached(use.provider);
    if (!places.any(use.provider)) return reached;
    const both = new Set([...held, ...over(use).filter(standsBack)]);
    return [...both].filter((cooled) => places.end(use.provider, cooled)).length > 0 || reached;
  }

  function trialOf(use: KeyUse, held: readonly CooledPlace[]): Trial {
    const entry = entryOf(use.provider, use.key);
    let asks = held.length > 0;
    let answered = false;
    const letGo = (): void => {
      if (!asks) return;
      asks = false;
      stopWaiting();
      for (const cooled of held) cooled.cooling = { ...cooled.cooling, probing: false };
    };
    const stopWaiting = asks ? clock.after(PROBE_PATIENCE, letGo) : (): void => undefined;
    return {
      key: entry,
      answers() {
        answered = true;
        letGo();
        limited.trusted(use.provider);
        if (isOverFor(use, held)) changed(use.provider);
      },
      succeeded() {
        entry.inFlight -= 1;
        letGo();
        const visible = isOverFor(use, held) || entry.failures > 0;
        forgive(entry);
        limited.trusted(use.provider);
        if (visible) changed(use.provider);
      },
      released() {
        entry.inFlight -= 1;
        letGo();
        if (!answered) return;
        const visible = entry.failures > 0;
        forgive(entry);
        if (visible) changed(use.provider);
      },
      failed(judgement, detail) {
        entry.inFlight -= 1;
        letGo();
        const { cools, reason } = judgement;
        if (cools === 'provider-unreached') {
          entry.lastFailedAt = clock.wall();
          const length = unreached.failed(use.provider, reason, detail);
          changed(use.provider);
          return length;
        }
        // Whatever it said, it was there.
        if (detail.status !== null && unreached.reached(use.provider)) changed(use.provider);
        const place = placeOf(cools, use, accountOf(use.provider, use.key));
        // Where there is no key, none can be at fault: only the upstream's own word on time counts.
        const several = cools === 'key-after-several';
        if (place === undefined || (use.key === '' && detail.hint === undefined && !several)) return null;
        if (entry.replaced && place.who !== ALL_KEYS) return null;
        entry.lastFailedAt = clock.wall();
        let length: number | null = null;
        if (several) {
          entry.failures += 1;
          const { maxConsecutiveFailures, ceiling } = settings();
          // That it asks to be left alone is respected at once, but is no limit that anybody counts to the end.
          const hint =
            detail.hint === undefined || detail.hint === 0 ? undefined : Math.min(detail.hint, ceiling);
          if (hint !== undefined || entry.failures >= maxConsecutiveFailures) {
            const back = isLast(use, detail);
            const rest = cool(use, place, judgement, { ...detail, hint }, back);
            length = back ? null : rest;
          }
        } else {
          const account = accountOf(use.provider, use.key);
          const where =
            MAY_BE_SHARED.has(reason) && use.key !== ''
              ? limited.where(use, place, held, detail, account)
              : place;
          const guessed = where !== place && where.who === UNKNOWN_ACCOUNT;
          length = cool(use, where, judgement, detail);
          if (guessed && length > LONGEST_GUESS) {
            cool(use, place, judgement, { ...detail, hint: length });
            cool(use, where, judgement, { ...detail, hint: LONGEST_GUESS });
          }
        }
        changed(use.provider);
        return length;
      },
    };
  }

  function endWhere(provider: string, key: string, which: (cooled: CooledPlace) => boolean): boolean {
    const ended = places.of(provider).filter((cooled) => which(cooled) && places.end(provider, cooled));
    if (ended.length === 0) return false;
    forgive(entryOf(provider, key));
    unreached.forget(provider);
    changed(provider);
    return true;
  }

  return {
    phase,
    cooling,
    left: (use) => coolingLeft(cooling(use), places.now()),
    mayAsLastResort: (use) => keptOnlyBy(use, (one) => isUnreached(one) || standsBack(one)),
    // Which key is the last one is soon found out again.
    kept: () => places.all().filter((cooled) => !standsBack(cooled)),

    began(use) {
      const entry = entryOf(use.provider, use.key);
      entry.inFlight += 1;
      entry.lastUsedAt = clock.wall();
      const now = places.now();
      const held = over(use).filter((cooled) => coolingPhase(cooled.cooling, now) === 'half-open');
      for (const cooled of held) cooled.cooling = { ...cooled.cooling, probing: true };
      return trialOf(use, held);
    },

    recovered(provider, key, reason) {
      const account = accountOf(provider, key);
      return endWhere(
        provider,
        key,
        ({ place, cooling: { reason: own } }) => own === reason && holdsFor(place, key, account),
      );
    },
    confirmed(provider, key, said) {
      const place = { who: keyWho(key), which: ANY_MODEL };
      const cooled = places.at(provider, place);
      if (cooled === undefined || coolingPhase(cooled.cooling, places.now()) !== 'half-open') return;
      const { reason, status } = cooled.cooling;
      const judgement = { reason, scope: 'key', action: 'next-key', cools: 'key', atLeast: 0 } as const;
      const detail = { status, ...said, hint: undefined, otherKeys: [] };
      cool({ provider, key, model: '' }, place, judgement, detail);
      changed(provider);
    },
    replaced(provider, key) {
      const id = `${provider}/${key}`;
      const entry = keys.get(id);
      if (entry !== undefined) entry.replaced = true;
      keys.delete(id);
      endWhere(
        provider,
        key,
        ({ place: { who } }) =>
          who === keyWho(key) || (who === UNKNOWN_ACCOUNT && accountOf(provider, key) === undefined),
      );
    },

    view(provider, key) {
      const now = places.now();
      const account = accountOf(provider, key);
      const { failures, lastUsedAt, lastFailedAt, inFlight } = entryOf(provider, key);
      // One that stands back is asked where it is needed: nothing is wrong with the key.
      const own = places
        .of(provider)
        .filter((cooled) => holdsFor(cooled.place, key, account) && !standsBack(cooled));
      const whole = strictest(
        own.filter(({ place }) => place.which === ANY_MODEL),
        now,
      );
      const models = own.flatMap(({ place, cooling: some }) => {
        const model = modelsOf(place);
        const left = coolingLeft(some, now);
        return model === null || left === 0 ? [] : [{ model, reason: some.reason, scope: some.scope, left }];
      });
      return {
        lastUsedAt,
        lastFailedAt,
        inFlight,
        phase: coolingPhase(whole, now),
        cooling: whole,
        left: coolingLeft(whole, now),
        consecutiveFailures: failures,
        models,
      };
    },

    clear(provider, key) {
      let cleared = 0;
      const touched = new Set<string>();
      for (const { provider: owner, place } of places.all()) {
        if (provider !== undefined && owner !== provider) continue;
        if (key !== undefined && !holdsFor(place, key, accountOf(owner, key))) continue;
        const cooled = places.at(owner, place);
        if (cooled !== undefined && places.end(owner, cooled)) cleared += 1;
        touched.add(owner);
      }
      if (key === undefined || touched.size > 0) unreached.forget(provider);
      for (const [id, entry] of keys) {
        const [owner = '', own = ''] = id.split('/');
        if ((provider ?? owner) === owner && (key ?? own) === own) forgive(entry);
        if ((provider ?? owner) === owner) limited.trusted(owner);
      }
      for (const owner of touched) changed(owner);
      return cleared;
    },
  };
}
