/** From the model a client asked for to the places it can go (DESIGN section 5). Pure. */
import type { Choices } from './choices.ts';
import { nearestNames } from './nearest.ts';
import { resolve, splitPrefix } from './resolve.ts';
import { usableFor, type RoutingSnapshot, type Target } from './snapshot.ts';

export type Match =
  /** Places to go, in order; at least one. */
  | { readonly kind: 'targets'; readonly targets: readonly Target[] }
  /** The client named no model and there is no default. */
  | { readonly kind: 'no-model' }
  | { readonly kind: 'no-provider' }
  /** The model's provider is known, but none of its keys can be used for it. */
  | { readonly kind: 'no-key'; readonly provider: string }
  /** An alias whose targets all lead nowhere, or back to itself. */
  | { readonly kind: 'empty-alias'; readonly alias: string; readonly targets: readonly string[] }
  /** `nearest` is found anew each time it is read. */
  | { readonly kind: 'unknown'; readonly model: string; readonly nearest: readonly string[] };

/**
 * Finds where `model` leads: alias, named model, `provider/model`, a listed id, or the only provider.
 * @param model as the client wrote it; empty takes the default model
 * @param choices decide in which order an alias's targets come; absent: as they are written
 */
export function match(model: string, snapshot: RoutingSnapshot, choices?: Choices): Match {
  const asked = model === '' ? snapshot.defaultModel : model;
  if (asked === '') return { kind: 'no-model' };
  const targets = resolve(asked, snapshot, choices);
  if (targets.length > 0) return { kind: 'targets', targets };
  if (snapshot.providers.length === 0) return { kind: 'no-provider' };
  const keyless = providerWithoutKey(asked, snapshot);
  if (keyless !== undefined) return { kind: 'no-key', provider: keyless };
  const alias = snapshot.aliases.get(asked);
  if (alias !== undefined) {
    return { kind: 'empty-alias', alias: asked, targets: alias.targets.map((target) => target.model) };
  }
  return {
    kind: 'unknown',
    model: asked,
    // Thousands of names take tens of ms to compare, and few who ask where a model leads want to know.
    get nearest() {
      return nearestNames(asked, knownNames(snapshot));
    },
  };
}

function providerWithoutKey(model: string, snapshot: RoutingSnapshot): string | undefined {
  const named = snapshot.named.get(model);
  if (named !== undefined) return named.provider;
  const prefixed = splitPrefix(model, snapshot);
  if (prefixed !== undefined && !usableFor(prefixed.provider, prefixed.rest)) return prefixed.provider.id;
  return snapshot.providers.every(({ keys }) => keys.length === 0) ? snapshot.providers[0]?.id : undefined;
}

function knownNames(snapshot: RoutingSnapshot): readonly string[] {
  const listed = snapshot.providers.flatMap(({ id, models }) =>
    models === null ? [] : [...models].map((model) => `${id}/${model}`),
  );
  return [...new Set([...snapshot.aliases.keys(), ...snapshot.named.keys(), ...listed])];
}
