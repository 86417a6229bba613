/** What a schema cannot see: settings that must fit each other. */
import { isIP } from 'node:net';
import type { Config } from '../../contract/config/schema.ts';
import type { ProviderConfig } from '../../contract/config/provider.ts';
import { isExact } from '../../contract/config/pasted-address.ts';
import { DIALECTS } from '../../contract/config/provider.ts';
import type { SensitivePattern } from '../../contract/config/protection.ts';
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import { fault } from '../../contract/rpc/fault-words.ts';
import { editDistance } from '../core/edit-distance.ts';
import { createMatcher } from '../core/linear-pattern/matcher.ts';
import { PatternError } from '../core/linear-pattern/parse.ts';
import { isLoopbackHost } from '../core/loopback.ts';
import { inSentences } from '../core/sayings.ts';
import { budgetFaults } from './budget-faults.ts';
import type { FieldFault, FieldPath } from './problem.ts';
import { routingFaults } from './routing-consistency.ts';

/**
 * @param builtIn ids of providers that need no address of their own
 * @param addressed ids of providers that need nothing but an address
 * @returns what does not fit, empty when all does
 */
export function consistencyFaults(
  config: Config,
  builtIn: readonly string[],
  addressed: readonly string[],
): readonly FieldFault[] {
  return [
    ...duplicates(config.providers, ['providers'], ({ id }) => id, 'id'),
    ...duplicates(config.models, ['models'], ({ id }) => id, 'id'),
    ...duplicates(config.clients, ['clients'], ({ id }) => id, 'id'),
    ...duplicates(config.clients, ['clients'], ({ key }) => key, 'key'),
    ...config.providers.flatMap((provider, index) =>
      providerFaults(provider, ['providers', index], config, builtIn, addressed),
    ),
    ...config.models.flatMap((model, index) =>
      'provider' in model
        ? unknownProvider(model.provider, ['models', index, 'provider'], config, builtIn)
        : [],
    ),
    ...config.guards.sensitive_patterns.flatMap(patternFaults),
    ...budgetFaults(config, builtIn),
    ...routingFaults(config),
    ...config.server.allowed_ips.flatMap((range, index) =>
      isRange(range)
        ? []
        : [
            {
              path: ['server', 'allowed_ips', index],
              told: fault('ip-range'),
            },
          ],
    ),
  ];
}

/** The value itself is not quoted: it may be a key. */
function duplicates<T>(
  items: readonly T[],
  path: FieldPath,
  valueOf: (item: T) => string,
  field: string,
): readonly FieldFault[] {
  const values = items.map(valueOf);
  return values.flatMap((value, index) => {
    const first = values.indexOf(value);
    if (first === index) return [];
    return [{ path: [...path, index, field], told: fault('entry-used', { field, number: first + 1 }) }];
  });
}

/** What belongs to one connection or one body, never to a provider (RFC 9110 section 7.6.1 and 8.6). */
const OWN_HEADERS: ReadonlySet<string> = new Set([
  'host',
  'content-length',
  'transfer-encoding',
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'upgrade',
  'expect',
  'accept-encoding',
  'content-encoding',
]);

function providerFaults(
  provider: ProviderConfig,
  path: FieldPath,
  config: Config,
  builtIn: readonly string[],
  addressed: readonly string[],
): readonly FieldFault[] {
  const faults: FieldFault[] = [...duplicates(provider.keys, [...path, 'keys'], ({ id }) => id, 'id')];
  const found = (field: string, told: Told): void => void faults.push({ path: [...path, field], told });
  const known = provider.like ?? provider.id;
  if (provider.like !== undefined && ![...builtIn, ...addressed].includes(provider.like)) {
    found('like', notBuiltIn(provider.like, builtIn));
  } else if (provider.like !== undefined && [...builtIn, ...addressed].includes(provider.id)) {
    found('like', fault('like-of-built-in', { id: provider.id }));
  } else if (addressed.includes(known)) {
    if (provider.base_url === undefined) found('id', fault('address-of-yours', { id: provider.id }));
  } else if (!builtIn.includes(known)) {
    if (provider.base_url === undefined) {
      found('id', notBuiltIn(provider.id, builtIn, fault('or-with-address')));
    } else if (provider.dialect === undefined) {
      found('dialect', fault('dialect-needed', { dialects: DIALECTS.join(', ') }));
    }
  }
  if (provider.base_url !== undefined && leadsHere(provider.base_url, config)) {
    found('base_url', fault('own-address'));
  }
  if (provider.dialect === 'gemini' && isExact(provider.base_url ?? '')) {
    found('base_url', fault('exact-gemini'));
  }
  if (isExact(provider.models_url ?? '')) found('models_url', fault('exact-list'));
  for (const field of ['base_url', 'models_url'] as const) {
    const address = provider[field];
    if (address !== undefined && !URL.canParse(address)) {
      found(field, fault('address-unreadable'));
    }
  }
  for (const [name, value] of Object.entries(provider.headers)) {
    if (OWN_HEADERS.has(name.toLowerCase())) {
      faults.push({ path: [...path, 'headers', name], told: fault('own-header') });
    }
    if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name) || !/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) {
      faults.push({ path: [...path, 'headers', name], told: fault('header-form') });
    }
  }
  return faults;
}

function unknownProvider(
  id: string,
  path: FieldPath,
  config: Config,
  builtIn: readonly string[],
): readonly FieldFault[] {
  if (builtIn.includes(id) || config.providers.some((provider) => provider.id === id)) return [];
  return [{ path, told: notBuiltIn(id, builtIn, fault('or-add-provider')) }];
}

/** @param others what else would do */
function notBuiltIn(id: string, builtIn: readonly string[], ...others: readonly Told[]): Told {
  const near = builtIn.find((name) => editDistance(name, id.toLowerCase()) <= 2);
  const meant = near === undefined ? [] : [fault('did-you-mean', { near })];
  return inSentences([fault('not-built-in', { id, names: builtIn.join(', ') }), ...meant, ...others]);
}

/** True when requests to `address` would come back to the gateway. */
function leadsHere(address: string, { server }: Config): boolean {
  const parts = /^http:\/\/(\[[^\]]*\]|[^:/]+)(?::(\d+))?/i.exec(address);
  const [, host = '', port = '80'] = parts ?? [];
  const reachable = isLoopbackHost(server.host) || server.host === '0.0.0.0' || server.host === '::';
  return isLoopbackHost(host) && reachable && server.port !== 0 && Number(port) === server.port;
}

/** Only patterns that cannot take for ever are taken. */
function patternFaults(given: SensitivePattern, index: number): readonly FieldFault[] {
  const pattern = typeof given === 'string' ? given : given.pattern;
  try {
    createMatcher(pattern);
    return [];
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    return [{ path: ['guards', 'sensitive_patterns', index], told: error.told }];
  }
}

function isRange(text: string): boolean {
  const [address = '', prefix, ...others] = text.split('/');
  const family = isIP(address);
  if (family === 0 || others.length > 0) return false;
  if (prefix === undefined) return true;
  return /^\d{1,3}$/.test(prefix) && Number(prefix) <= (family === 4 ? 32 : 128);
}
