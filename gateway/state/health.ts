/** Health of keys in memory: cool-downs, probes, failures in a row. Survives a change of configuration. */
import type { Clock, Random } from '../core/ports.ts';
import {
  coolingLeft,
  coolingPhase,
  cooldownLength,
  type Cooling,
  type CoolingPhase,
  type CooldownSettings,
} from '../routing/cooldown.ts';
import type { FailureDetail, Health, KeyHealthView, KeyUse } from '../routing/health.ts';
import type { Judgement } from '../routing/outcome.ts';

export interface HealthSettings extends CooldownSettings {
  /** Provider or network failures in a row before a key cools. */
  readonly maxConsecutiveFailures: number;
}

export interface HealthState extends Health {
  view(provider: string, key: string): KeyHealthView;
  /** Ends cool-downs of one key, one provider, or all. @returns how many ended */
  clear(provider?: string, key?: string): number;
}

interface Entry {
  cooling: Cooling | undefined;
  failures: number;
  lastUsedAt: number | null;
  lastFailedAt: number | null;
  inFlight: number;
}

interface KeyEntry extends Entry {
  readonly models: Map<string, Entry>;
}

const RANK: Readonly<Record<CoolingPhase, number>> = { none: 0, 'half-open': 1, probing: 2, cooling: 3 };

const newEntry = (): Entry => ({
  cooling: undefined,
  failures: 0,
  lastUsedAt: null,
  lastFailedAt: null,
  inFlight: 0,
});

/**
 * @param settings read at each failure, so a new configuration holds at once
 * @param changed called after anything a user can see has changed
 */
export function createHealth(
  clock: Clock,
  random: Random,
  settings: () => HealthSettings,
  changed: (provider: string) => void,
): HealthState {
  const keys = new Map<string, KeyEntry>();
  const name = (provider: string, key: string): string => `${provider}/${key}`;

  const entryOf = (provider: string, key: string): KeyEntry => {
    const id = name(provider, key);
    const known = keys.get(id);
    if (known !== undefined) return known;
    const created: KeyEntry = { ...newEntry(), models: new Map() };
    keys.set(id, created);
    return created;
  };

  /** The key's own cool-down and that of the key for this model: the stricter one rules. */
  const stricter = (use: KeyUse): Cooling | undefined => {
    const entry = keys.get(name(use.provider, use.key));
    if (entry === undefined) return undefined;
    const now = clock.monotonic();
    const own = entry.cooling;
    const model = entry.models.get(use.model)?.cooling;
    if (own === undefined || model === undefined) return own ?? model;
    const difference = RANK[coolingPhase(own, now)] - RANK[coolingPhase(model, now)];
    if (difference !== 0) return difference > 0 ? own : model;
    return coolingLeft(own, now) >= coolingLeft(model, now) ? own : model;
  };

  const setProbing = (entry: Entry, probing: boolean): void => {
    if (entry.cooling !== undefined && entry.cooling.probing !== probing) {
      entry.cooling = { ...entry.cooling, probing };
    }
  };

  const ended = (use: KeyUse): KeyEntry => {
    const entry = entryOf(use.provider, use.key);
    entry.inFlight = Math.max(0, entry.inFlight - 1);
    return entry;
  };

  const cool = (entry: Entry, judgement: Judgement, detail: FailureDetail): number => {
    const length = cooldownLength(entry.failures, detail.hint, judgement.atLeast, settings(), random);
    entry.cooling = {
      reason: judgement.reason,
      message: detail.message,
      status: detail.status,
      since: clock.monotonic(),
      length,
      probing: false,
    };
    return length;
  };

  const usable = (provider: string, key: string): boolean => {
    const phase = coolingPhase(keys.get(name(provider, key))?.cooling, clock.monotonic());
    return phase === 'none' || phase === 'half-open';
  };

  return {
    phase: (use) => coolingPhase(stricter(use), clock.monotonic()),
    left: (use) => coolingLeft(stricter(use), clock.monotonic()),
    cooling: stricter,

    began(use) {
      const entry = entryOf(use.provider, use.key);
      entry.inFlight += 1;
      entry.lastUsedAt = clock.wall();
      setProbing(entry, true);
      const model = entry.models.get(use.model);
      if (model !== undefined) setProbing(model, true);
    },

    succeeded(use) {
      const entry = ended(use);
      const visible = entry.cooling !== undefined || entry.failures > 0 || entry.models.has(use.model);
      entry.cooling = undefined;
      entry.failures = 0;
      entry.models.delete(use.model);
      if (visible) changed(use.provider);
    },

    failed(use, judgement, detail) {
      const entry = ended(use);
      // Where there is no key, none can be at fault: only the upstream's own word on time counts.
      const keyless = use.key === '' && detail.hint === undefined;
      if (judgement.cools === 'nothing' || keyless) {
        setProbing(entry, false);
        const model = entry.models.get(use.model);
        if (model !== undefined) setProbing(model, false);
        return null;
      }
      entry.lastFailedAt = clock.wall();
      let length: number | null = null;
      if (judgement.cools === 'key-model') {
        const model = entry.models.get(use.model) ?? newEntry();
        entry.models.set(use.model, model);
        model.failures += 1;
        length = cool(model, judgement, detail);
        setProbing(entry, false);
      } else {
        entry.failures += 1;
        const enough =
          judgement.cools === 'key' ||
          (entry.failures >= settings().maxConsecutiveFailures &&
            detail.otherKeys.some((other) => usable(use.provider, other)));
        if (enough) length = cool(entry, judgement, detail);
        else setProbing(entry, false);
      }
      changed(use.provider);
      return length;
    },

    released(use) {
      const entry = ended(use);
      setProbing(entry, false);
      const model = entry.models.get(use.model);
      if (model !== undefined) setProbing(model, false);
    },

    view(provider, key) {
      const now = clock.monotonic();
      const entry: KeyEntry = keys.get(name(provider, key)) ?? { ...newEntry(), models: new Map() };
      const models = [...entry.models].flatMap(([model, { cooling }]) =>
        cooling !== undefined && coolingLeft(cooling, now) > 0
          ? [{ model, reason: cooling.reason, left: coolingLeft(cooling, now) }]
          : [],
      );
      return {
        phase: coolingPhase(entry.cooling, now),
        cooling: entry.cooling,
        left: coolingLeft(entry.cooling, now),
        consecutiveFailures: entry.failures,
        lastUsedAt: entry.lastUsedAt,
        lastFailedAt: entry.lastFailedAt,
        inFlight: entry.inFlight,
        models,
      };
    },

    clear(provider, key) {
      let cleared = 0;
      const touched = new Set<string>();
      for (const [id, entry] of keys) {
        const slash = id.indexOf('/');
        const owner = id.slice(0, slash);
        const own = id.slice(slash + 1);
        if ((provider !== undefined && owner !== provider) || (key !== undefined && own !== key)) continue;
        if (entry.cooling !== undefined || entry.models.size > 0) {
          cleared += 1;
          touched.add(owner);
        }
        entry.cooling = undefined;
        entry.failures = 0;
        entry.models.clear();
      }
      for (const owner of touched) changed(owner);
      return cleared;
    },
  };
}
