import { expect, it } from 'vitest';
import en from '../../resources/locales/en.json' with { type: 'json' };
import zh from '../../resources/locales/zh-CN.json' with { type: 'json' };
import { toldGaps } from '../testing/told-gaps.ts';
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
const unknown = (model: string): Extract<Found, { kind: 'unknown' }> => ({
  kind: 'unknown',
  model,
  nearest: [],
});

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
    'more switched off than can be named',
    { kind: 'no-provider' },
    known({ off: 'abcdefghijkl'.split('') }),
    'no_provider_configured',
    /j and 2 more\. Enable/,
  ],
  [
    'an alias of what is nowhere',
    { kind: 'empty-alias', alias: 'fast', targets: ['a/m', 'b/n'] },
    known(),
    'model_not_found',
    /"fast" leads to no model: no provider offers a\/m, b\/n\./,
  ],
  [
    'a name close to others',
    { ...unknown('m'), nearest: ['a/n'] },
    known(),
    'model_not_found',
    /"m"\. Did you mean a\/n\?/,
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
  const { message, told, ...error } = matchError(found, about);
  expect(error.code).toBe(code);
  expect(message).toMatch(words);
  expect(told?.text).toBe(message);
  expect(told === undefined ? ['no data'] : toldGaps([en, zh], told)).toEqual([]);
});
