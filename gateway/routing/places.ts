/** Where a cool-down holds: for whom, and for which models. Pure. */
import type { Scope } from '../../contract/log/row.ts';
import type { KeyUse } from './health.ts';
import type { Cools } from './outcome.ts';

/** One place within a provider that can cool by itself. */
export interface Place {
  /**
   * `key:<id>`; `account:<name>`; `unknown`: every key whose account is not known; `all`: whatever key.
   * An account that is not known is the key alone.
   */
  readonly who: string;
  /** `''`: all models; `model:<id>`; `free`: OpenRouter's models that cost nothing. */
  readonly which: string;
}

export const ANY_MODEL = '';
const FREE = 'free';
export const ALL_KEYS = 'all';
/** Every key that may belong to the same account, for all that is known. */
export const UNKNOWN_ACCOUNT = 'unknown';

export const keyWho = (key: string): string => `key:${key}`;
export const modelWhich = (model: string): string => `model:${model}`;

/** @param account undefined while it is not known */
export const accountWho = (account: string | undefined): string =>
  account === undefined ? UNKNOWN_ACCOUNT : `account:${account}`;

/** A name for maps. The first half holds no line end: ids and accounts are single lines. */
export const placeName = ({ who, which }: Place): string => `${who}\n${which}`;

/** The place that cools for a failure; undefined when none does by itself. */
export function placeOf(cools: Cools, use: KeyUse, account: string | undefined): Place | undefined {
  const key = keyWho(use.key);
  const owner = account === undefined ? key : accountWho(account);
  switch (cools) {
    case 'nothing':
      return undefined;
    case 'key':
    case 'key-after-several':
      return { who: key, which: ANY_MODEL };
    case 'key-model':
      return { who: key, which: modelWhich(use.model) };
    case 'account':
      return { who: owner, which: ANY_MODEL };
    case 'account-model':
      return { who: owner, which: modelWhich(use.model) };
    case 'account-free':
      return { who: owner, which: isFree(use.model) ? FREE : modelWhich(use.model) };
    case 'model':
      return { who: ALL_KEYS, which: modelWhich(use.model) };
    case 'provider':
    case 'provider-unreached':
      return { who: ALL_KEYS, which: ANY_MODEL };
  }
}

/** Names of every place whose cool-down keeps this key from this model. */
export function placesFor(use: KeyUse, account: string | undefined): readonly string[] {
  const owners = [keyWho(use.key), accountWho(account), ALL_KEYS];
  const models = [ANY_MODEL, modelWhich(use.model), ...(isFree(use.model) ? [FREE] : [])];
  return owners.flatMap((who) => models.map((which) => placeName({ who, which })));
}

/** True when the place holds for this key, whatever the model. */
export function holdsFor({ who }: Place, key: string, account: string | undefined): boolean {
  return who === keyWho(key) || who === accountWho(account) || who === ALL_KEYS;
}

/** The place of all who may share the account, where one limit was found to stand behind several keys. */
export function widened(place: Place, account: string | undefined): Place {
  return { ...place, who: accountWho(account) };
}

/** What cools there, for people. */
export function scopeOf({ who, which }: Place): Scope {
  if (who === ALL_KEYS) return which === ANY_MODEL ? 'provider' : 'model';
  if (who.startsWith('key:')) return which === ANY_MODEL || which === FREE ? 'key' : 'model';
  return 'account';
}

/** The models it holds for, as a list shows them; null for all. */
export function modelsOf({ which }: Place): string | null {
  if (which === ANY_MODEL) return null;
  return which === FREE ? '*:free' : which.slice('model:'.length);
}

const isFree = (model: string): boolean => model.endsWith(':free');
