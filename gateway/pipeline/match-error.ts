/** Why a model leads nowhere, in words that say what to do. Pure. */
import { GatewayError } from '../core/errors.ts';
import type { Match } from '../routing/match.ts';
import type { RuntimeSnapshot } from './runtime-snapshot.ts';

type Known = Pick<RuntimeSnapshot, 'off' | 'idle'> & {
  readonly routing: Pick<RuntimeSnapshot['routing'], 'defaultModel'>;
};

export function matchError(found: Exclude<Match, { kind: 'targets' }>, known: Known): GatewayError {
  switch (found.kind) {
    case 'no-model':
      return new GatewayError('model_required', 'Name a model in `model`, or set routing.default_model.');
    case 'no-provider':
      return noProvider(known);
    case 'no-key':
      return new GatewayError('no_key_configured', noKey(found.provider, known));
    case 'empty-alias':
      return new GatewayError(
        'model_not_found',
        `The alias ${JSON.stringify(found.alias)} leads to no model: no provider offers ${found.targets.join(', ')}. Correct its targets under models: in the configuration.`,
      );
    case 'unknown':
      return unknown(found, known);
  }
}

function noProvider({ off }: Known): GatewayError {
  const text =
    off.length === 0
      ? 'No provider is set up. Add one with its key on the Providers page, or set a variable such as OPENAI_API_KEY.'
      : `Every provider is disabled: ${listed(off)}. Enable one on the Providers page, or with enabled: true in the configuration.`;
  return new GatewayError('no_provider_configured', text);
}

function noKey(provider: string, { idle }: Known): string {
  switch (idle.get(provider)) {
    case 'disabled':
      return `Every key of ${provider} is disabled. Enable one on the Providers page.`;
    case 'no-secret':
      return `${provider} has keys, but the secret of none is known. Add them again on the Providers page, or set the variables they are read from.`;
    case 'none':
      return `${provider} has no key. Add one on the Providers page.`;
    case undefined:
      return `${provider} has no key that may be used for this model. Add one, or extend the models of one that is there.`;
  }
}

function unknown(
  { model, nearest }: Extract<Match, { kind: 'unknown' }>,
  { off, routing }: Known,
): GatewayError {
  const name = JSON.stringify(model.slice(0, 200));
  const asked = model === routing.defaultModel ? `${name}, which routing.default_model names` : name;
  const disabled = off.find((id) => model.startsWith(`${id}/`));
  if (disabled !== undefined) {
    return new GatewayError(
      'model_not_found',
      `No provider offers the model ${asked}: ${disabled} is disabled. Enable it on the Providers page.`,
    );
  }
  const hint =
    nearest.length === 0 ? 'GET /v1/models lists what there is.' : `Did you mean ${nearest.join(', ')}?`;
  return new GatewayError('model_not_found', `No provider offers the model ${asked}. ${hint}`);
}

/** Names, ten at the most. */
const listed = (names: readonly string[]): string =>
  names.length <= 10 ? names.join(', ') : `${names.slice(0, 10).join(', ')} and ${names.length - 10} more`;
