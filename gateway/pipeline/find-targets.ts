/** Where a request can go, or the error that says why nowhere. */
import { GatewayError } from '../core/errors.ts';
import { match, type Match } from '../routing/match.ts';
import type { Target } from '../routing/snapshot.ts';
import type { PipelinePorts } from './ports.ts';
import type { Relay } from './relay.ts';
import { awaitKeys, unreadError, unreadReason } from './unread-keys.ts';

/**
 * Waits first for keys that are still to be read. A model nobody lists may be new: stale lists are asked again
 * once before the client is told so.
 * @param warn hears what is left out because its keys cannot be read
 */
export async function findTargets(
  model: string,
  relay: Relay,
  warn: (text: string) => void,
  ports: PipelinePorts,
): Promise<readonly Target[]> {
  if (ports.snapshot().hoped !== null) await awaitKeys(model, relay, ports);
  let found = match(model, ports.snapshot().routing);
  if (found.kind === 'unknown') {
    await ports.refreshModels();
    found = match(model, ports.snapshot().routing);
  }
  if (found.kind !== 'targets') throw unreadError(model, ports) ?? matchError(found);
  const leftOut = unreadReason(model, ports);
  if (leftOut !== undefined) warn(leftOut);
  return found.targets;
}

function matchError(found: Exclude<Match, { kind: 'targets' }>): GatewayError {
  switch (found.kind) {
    case 'no-model':
      return new GatewayError('model_required', 'Name a model in `model`, or set routing.default_model.');
    case 'no-provider':
      return new GatewayError(
        'no_provider_configured',
        'No provider is set up. Add one with its key on the Providers page, or set a variable such as OPENAI_API_KEY.',
      );
    case 'no-key':
      return new GatewayError(
        'no_key_configured',
        `${found.provider} has no key that can be used for this model. Add or enable one on the Providers page.`,
      );
    case 'empty-alias':
      return new GatewayError(
        'model_not_found',
        `The alias ${JSON.stringify(found.alias)} leads to no model: no provider offers ${found.targets.join(', ')}. Correct its targets under models: in the configuration.`,
      );
    case 'unknown': {
      const { nearest } = found;
      const hint =
        nearest.length === 0 ? 'GET /v1/models lists what there is.' : `Did you mean ${nearest.join(', ')}?`;
      return new GatewayError(
        'model_not_found',
        `No provider offers the model ${JSON.stringify(found.model.slice(0, 200))}. ${hint}`,
      );
    }
  }
}
