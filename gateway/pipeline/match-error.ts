/** Why a model leads nowhere, in words that say what to do. Pure. */
import type { ProblemSaying } from '../../contract/rpc/problem-sayings.ts';
import type { GatewayError } from '../core/errors.ts';
import { toldError } from '../core/told-error.ts';
import type { Match } from '../routing/match.ts';
import type { RuntimeSnapshot } from './runtime-snapshot.ts';

type Known = Pick<RuntimeSnapshot, 'off' | 'idle'> & {
  readonly routing: Pick<RuntimeSnapshot['routing'], 'defaultModel'>;
};

export function matchError(found: Exclude<Match, { kind: 'targets' }>, known: Known): GatewayError {
  switch (found.kind) {
    case 'no-model':
      return toldError(
        'model_required',
        'Name a model in `model`, or set routing.default_model.',
        'no-model-named',
      );
    case 'no-provider':
      return noProvider(known);
    case 'no-key':
      return noKey(found.provider, known);
    case 'empty-alias':
      return emptyAlias(found.alias, found.targets.join(', '));
    case 'unknown':
      return unknown(found, known);
  }
}

const emptyAlias = (alias: string, targets: string): GatewayError =>
  toldError(
    'model_not_found',
    `The alias ${JSON.stringify(alias)} leads to no model: no provider offers ${targets}. Correct its targets under models: in the configuration.`,
    'alias-leads-nowhere',
    { alias, targets },
  );

function noProvider({ off }: Known): GatewayError {
  if (off.length === 0) {
    return toldError(
      'no_provider_configured',
      'No provider is set up. Add one with its key on the Providers page, or set a variable such as OPENAI_API_KEY.',
      'none-set-up',
    );
  }
  return toldError(
    'no_provider_configured',
    `Every provider is disabled: ${listed(off)}. Enable one on the Providers page, or with enabled: true in the configuration.`,
    off.length > MOST_LISTED ? 'providers-off-and-more' : 'providers-off',
    { names: off.slice(0, MOST_LISTED).join(', '), more: off.length - MOST_LISTED },
  );
}

/** Why there is no key, by why none of a provider serves; without a reason they are for other models. */
const NO_KEY = {
  disabled: [
    'keys-off',
    (provider) => `Every key of ${provider} is disabled. Enable one on the Providers page.`,
  ],
  'no-secret': [
    'keys-without-secret',
    (provider) =>
      `${provider} has keys, but the secret of none is known. Add them again on the Providers page, or set the variables they are read from.`,
  ],
  none: ['provider-without-key', (provider) => `${provider} has no key. Add one on the Providers page.`],
  other: [
    'keys-of-other-models',
    (provider) =>
      `${provider} has no key that may be used for this model. Add one, or extend the models of one that is there.`,
  ],
} as const satisfies Readonly<
  Record<string, readonly [saying: ProblemSaying, sentence: (provider: string) => string]>
>;

function noKey(provider: string, { idle }: Known): GatewayError {
  const [saying, sentence] = NO_KEY[idle.get(provider) ?? 'other'];
  return toldError('no_key_configured', sentence(provider), saying, { provider });
}

function unknown(
  { model, nearest }: Extract<Match, { kind: 'unknown' }>,
  { off, routing }: Known,
): GatewayError {
  const name = JSON.stringify(model.slice(0, 200));
  const asked = model === routing.defaultModel ? `${name}, which routing.default_model names` : name;
  const provider = off.find((id) => model.startsWith(`${id}/`));
  if (provider !== undefined) {
    return toldError(
      'model_not_found',
      `No provider offers the model ${asked}: ${provider} is disabled. Enable it on the Providers page.`,
      'model-of-one-off',
      { model: name, provider },
    );
  }
  if (nearest.length === 0) {
    const sentence = `No provider offers the model ${asked}. GET /v1/models lists what there is.`;
    return toldError('model_not_found', sentence, 'model-unknown', { model: name });
  }
  const names = nearest.join(', ');
  const sentence = `No provider offers the model ${asked}. Did you mean ${names}?`;
  return toldError('model_not_found', sentence, 'model-unknown-near', { model: name, names });
}

const MOST_LISTED = 10;

const listed = (names: readonly string[]): string =>
  names.length <= MOST_LISTED
    ? names.join(', ')
    : `${names.slice(0, MOST_LISTED).join(', ')} and ${names.length - MOST_LISTED} more`;
