import { expect, it } from 'vitest';
import { matchError } from './match-error.ts';

type Found = Parameters<typeof matchError>[0];
type Known = Parameters<typeof matchError>[1];
const known = (part: Partial<Known> = {}): Known => ({
  off: [],
  idle: new Map(),
  routing: { defaultModel: '' },
  ...part,
});
const noKey: Found = { kind: 'no-key', provider: 'one' };
const unknown = (model: string): Found => ({ kind: 'unknown', model, nearest: [] });

it.each<readonly [string, Found, Known, string, RegExp]>([
  ['nothing named', { kind: 'no-model' }, known(), 'model_required', /set routing\.default_model/],
  ['nothing set up', { kind: 'no-provider' }, known(), 'no_provider_configured', /No provider is set up/],
  [
    'all switched off',
    { kind: 'no-provider' },
    known({ off: ['a', 'b'] }),
    'no_provider_configured',
    /disabled: a, b\. Enable/,
  ],
  [
    'keys switched off',
    noKey,
    known({ idle: new Map([['one', 'disabled']]) }),
    'no_key_configured',
    /Every key of one is disabled/,
  ],
  [
    'secrets gone',
    noKey,
    known({ idle: new Map([['one', 'no-secret']]) }),
    'no_key_configured',
    /secret of none is known/,
  ],
  ['no key', noKey, known({ idle: new Map([['one', 'none']]) }), 'no_key_configured', /one has no key\. Add/],
  ['keys for other models', noKey, known(), 'no_key_configured', /may be used for this model/],
  [
    'a default that leads nowhere',
    unknown('m'),
    known({ routing: { defaultModel: 'm' } }),
    'model_not_found',
    /"m", which routing\.default_model names/,
  ],
  ['a name that leads nowhere', unknown('m'), known(), 'model_not_found', /"m"\. GET \/v1\/models/],
  [
    'a provider switched off',
    unknown('a/m'),
    known({ off: ['a'] }),
    'model_not_found',
    /a is disabled\. Enable it/,
  ],
])('%s', (_case, found, about, code, words) => {
  const { message, ...error } = matchError(found, about);
  expect(error.code).toBe(code);
  expect(message).toMatch(words);
});
