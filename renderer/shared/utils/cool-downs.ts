/** What of a provider cools, each cool-down once however many keys it holds for. Pure. */
import type { Scope } from '../../../contract/log/row.ts';
import type { KeyView, ProviderView } from '../../../contract/rpc/procedures/providers.ts';

/** Whom a cool-down holds for; the key of its message, in `providers.cools.scopes`. */
export type CoolingScope = 'key' | 'account' | 'model' | 'provider';

/** One cool-down. */
export interface CoolDown {
  readonly scope: CoolingScope;
  /** The keys it holds for, at least one. */
  readonly keys: readonly KeyView[];
  /** The model it is about; null where it holds for all of them. */
  readonly model: string | null;
  /** Stable code. */
  readonly reason: string | null;
  /** The upstream's own words. */
  readonly message: string | null;
  /** Why in words of the gateway; absent where the message is a quotation. */
  readonly told?: KeyView['told'];
  /** ms when the provider was told. */
  readonly coolingFor: number;
}

/** Times left of one cool-down differ by no more than the time it took to read them, ms. */
const TOGETHER = 1_000;

export function coolDownsOf({ keys }: Pick<ProviderView, 'keys'>): readonly CoolDown[] {
  const found: CoolDown[] = [];
  for (const key of keys) {
    for (const cooling of ofKey(key)) {
      const known = found.findIndex((one) => isSame(one, cooling));
      const one = found[known];
      if (one === undefined) found.push(cooling);
      else found[known] = { ...one, keys: [...one.keys, key] };
    }
  }
  return found;
}

function ofKey(key: KeyView): readonly CoolDown[] {
  const { reason, message, told, coolingFor } = key;
  const keys = [key];
  const whole =
    key.state === 'cooling'
      ? [{ scope: scopeOf(key.scope), keys, model: null, reason, message, told, coolingFor }]
      : [];
  const models = key.models.map((one) => ({ ...one, scope: scopeOf(one.scope), keys, message: null }));
  return [...whole, ...models];
}

/** Faults of the network cool the provider they were met at; whatever else is told cools the key alone. */
export function scopeOf(scope: Scope | null): CoolingScope {
  if (scope === 'account' || scope === 'model' || scope === 'provider') return scope;
  return scope === 'network' ? 'provider' : 'key';
}

/** @param next of one key alone */
function isSame(known: CoolDown, next: CoolDown): boolean {
  const [key] = known.keys;
  const [other] = next.keys;
  if (key === undefined || other === undefined || known.scope === 'key') return false;
  return (
    known.scope === next.scope &&
    known.model === next.model &&
    known.reason === next.reason &&
    Math.abs(known.coolingFor - next.coolingFor) < TOGETHER &&
    (known.scope !== 'account' || key.sharesAccountWith.includes(other.id))
  );
}

/** Whom it holds for, in names: its provider, its model, or keys. */
export function coolingName(
  { scope, model, keys }: CoolDown,
  provider: Pick<ProviderView, 'name' | 'keys'>,
): string {
  if (scope === 'provider') return provider.name;
  if (scope === 'model' && keys.length === provider.keys.length) return model ?? provider.name;
  const names = keys.map(keyTitle).join(', ');
  return model === null ? names : `${model} · ${names}`;
}

/** One key ends what it shares; keys that one model cannot use may each have their own cool-down. */
export const keysToClear = ({ scope, keys }: CoolDown): readonly KeyView[] =>
  scope === 'model' ? keys : keys.slice(0, 1);

/** Keys of one account, where there are several. */
export function sharedAccounts({ keys }: Pick<ProviderView, 'keys'>): readonly (readonly KeyView[])[] {
  const seen = new Set<string>();
  return keys.flatMap((key) => {
    if (seen.has(key.id) || key.sharesAccountWith.length === 0) return [];
    const mates = keys.filter(({ id }) => id === key.id || key.sharesAccountWith.includes(id));
    for (const { id } of mates) seen.add(id);
    return mates.length > 1 ? [mates] : [];
  });
}

/** How a key is called on screen: its label, or its id. */
export function keyName({ label, id }: Pick<KeyView, 'label' | 'id'>): string {
  return label === '' ? id : label;
}

/** The same with the end of the key, where that is known. */
export function keyTitle(key: KeyView): string {
  return key.fingerprint === '' ? keyName(key) : `${keyName(key)} ${key.fingerprint}`;
}
