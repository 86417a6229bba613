/** Where a request can go, or the error that says why nowhere. */
import type { Warn } from '../core/canonical/request.ts';
import type { GatewayError } from '../core/errors.ts';
import { toldError } from '../core/told-error.ts';
import { matchError } from './match-error.ts';
import type { Asked } from '../routing/asked.ts';
import type { Choices } from '../routing/choices.ts';
import { namesMatch } from '../routing/pattern.ts';
import { route, ruleFor } from '../routing/route.ts';
import type { RoutingRule } from '../routing/rules.ts';
import type { Target } from '../routing/snapshot.ts';
import type { PipelinePorts } from './ports.ts';
import type { Relay } from './relay.ts';
import { awaitKeys, unreadError, unreadReason } from './unread-keys.ts';

export interface FoundTargets {
  /** The rule that decided; null where none did. */
  readonly rule: RoutingRule | null;
  readonly targets: readonly Target[];
}

/**
 * Waits first for keys that are still to be read. A model nobody lists may be new, and all targets of an alias: stale
 * lists are asked again once before the client is told so.
 * @param warn hears what is left out because its keys cannot be read
 */
export async function findTargets(
  asked: Asked,
  choices: Choices,
  relay: Relay,
  warn: Warn,
  ports: PipelinePorts,
): Promise<FoundTargets> {
  const refused = refusal(asked, ports);
  if (refused !== undefined) throw refused;
  const model = (): string => {
    const { routing, hoped } = ports.snapshot();
    return ruleFor(asked, hoped ?? routing)?.model ?? asked.model;
  };
  if (ports.snapshot().hoped !== null) await awaitKeys(model(), relay, ports);
  let routed = route(asked, ports.snapshot().routing, choices);
  if (routed.found.kind === 'unknown' || routed.found.kind === 'empty-alias') {
    await ports.refreshModels();
    routed = route(asked, ports.snapshot().routing, choices);
  }
  const { rule, found } = routed;
  if (found.kind !== 'targets') throw unreadError(model(), ports) ?? matchError(found, ports.snapshot());
  const leftOut = ports.snapshot().hoped === null ? undefined : unreadReason(model(), ports);
  if (leftOut !== undefined) warn(leftOut);
  return { rule, targets: found.targets };
}

/** A client that may ask for some names only, and asked for another. */
export function refusal(asked: Asked, ports: Pick<PipelinePorts, 'snapshot'>): GatewayError | undefined {
  const { client, model } = asked;
  const allowed = client === null ? undefined : ports.snapshot().clientModels.get(client);
  if (allowed === undefined || model === '' || namesMatch(allowed, model)) return undefined;
  const name = JSON.stringify(model.slice(0, 200));
  return toldError(
    'model_not_allowed',
    `The client ${client} may not ask for the model ${name}. Add it to the client's models: in the configuration, or ask for one that stands there.`,
    'model-not-of-client',
    { client: client ?? '', model: name },
  );
}
