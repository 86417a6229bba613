/** What a schema cannot see: settings that must fit each other. */
import { isIP } from 'node:net';
import type { Config } from '../../contract/config/schema.ts';
import type { ProviderConfig } from '../../contract/config/provider.ts';
import { isExact } from '../../contract/config/pasted-address.ts';
import { DIALECTS } from '../../contract/config/provider.ts';
import type { SensitivePattern } from '../../contract/config/protection.ts';
import { editDistance } from '../core/edit-distance.ts';
import { createMatcher } from '../core/linear-pattern/matcher.ts';
import { PatternError } from '../core/linear-pattern/parse.ts';
import { isLoopbackHost } from '../core/loopback.ts';
import { budgetFaults } from './budget-faults.ts';
import type { FieldPath } from './problem.ts';
import { routingFaults } from './routing-consistency.ts';
import type { Fault } from './validate.ts';

/**
 * @param builtIn ids of providers that need no address of their own
 * @param addressed ids of providers that need nothing but an address
 * @returns what does not fit, empty when all does
 */
export function consistencyFaults(
  config: Config,
  builtIn: readonly string[],
  addressed: readonly string[],
): readonly Fault[] {
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
              message: 'an address or CIDR range is needed, such as 192.168.1.20 or 10.0.0.0/8',
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
): readonly Fault[] {
  const values = items.map(valueOf);
  return values.flatMap((value, index) => {
    const first = values.indexOf(value);
    if (first === index) return [];
    const message = `this ${field} is used by entry ${first + 1} of the list already; give each its own`;
    return [{ path: [...path, index, field], message }];
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
): readonly Fault[] {
  const faults: Fault[] = [...duplicates(provider.keys, [...path, 'keys'], ({ id }) => id, 'id')];
  const fault = (field: string, message: string): void =>
    void faults.push({ path: [...path, field], message });
  const known = provider.like ?? provider.id;
  if (provider.like !== undefined && ![...builtIn, ...addressed].includes(provider.like)) {
    fault('like', notBuiltIn(provider.like, builtIn));
  } else if (provider.like !== undefined && [...builtIn, ...addressed].includes(provider.id)) {
    fault('like', `${provider.id} is built in itself: leave this out, or choose another id`);
  } else if (addressed.includes(known)) {
    if (provider.base_url === undefined)
      fault('id', `${provider.id} needs a base_url: nobody but you knows where yours is`);
  } else if (!builtIn.includes(known)) {
    if (provider.base_url === undefined) {
      fault('id', `${notBuiltIn(provider.id, builtIn)} Or give this one a base_url and a dialect`);
    } else if (provider.dialect === undefined) {
      fault('dialect', `a provider of your own needs a dialect: ${DIALECTS.join(', ')}`);
    }
  }
  if (provider.base_url !== undefined && leadsHere(provider.base_url, config)) {
    fault('base_url', "this is the gateway's own address; give the provider's");
  }
  if (provider.dialect === 'gemini' && isExact(provider.base_url ?? '')) {
    fault(
      'base_url',
      'Gemini names the model in the address, so no address can be used as it is: leave the # out',
    );
  }
  if (isExact(provider.models_url ?? '')) fault('models_url', 'it is used as it is: leave the # out');
  for (const field of ['base_url', 'models_url'] as const) {
    const address = provider[field];
    if (address !== undefined && !URL.canParse(address)) {
      fault(field, 'this is no address: look at the host name and the port, which is 65535 at most');
    }
  }
  for (const [name, value] of Object.entries(provider.headers)) {
    if (OWN_HEADERS.has(name.toLowerCase())) {
      faults.push({
        path: [...path, 'headers', name],
        message: 'this header is set by the gateway for each request; remove it',
      });
    }
    if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name) || !/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) {
      faults.push({
        path: [...path, 'headers', name],
        message: 'a header has a name of letters, digits and dashes and a value without line breaks',
      });
    }
  }
  return faults;
}

function unknownProvider(
  id: string,
  path: FieldPath,
  config: Config,
  builtIn: readonly string[],
): readonly Fault[] {
  if (builtIn.includes(id) || config.providers.some((provider) => provider.id === id)) return [];
  return [
    {
      path,
      message: `${notBuiltIn(id, builtIn)} Or add a provider of this id with a base_url and a dialect`,
    },
  ];
}

function notBuiltIn(id: string, builtIn: readonly string[]): string {
  const near = builtIn.find((name) => editDistance(name, id.toLowerCase()) <= 2);
  const meant = near === undefined ? '' : ` Did you mean ${near}?`;
  return `${id} is not a built-in provider (${builtIn.join(', ')}).${meant}`;
}

/** True when requests to `address` would come back to the gateway. */
function leadsHere(address: string, { server }: Config): boolean {
  const parts = /^http:\/\/(\[[^\]]*\]|[^:/]+)(?::(\d+))?/i.exec(address);
  const [, host = '', port = '80'] = parts ?? [];
  const reachable = isLoopbackHost(server.host) || server.host === '0.0.0.0' || server.host === '::';
  return isLoopbackHost(host) && reachable && server.port !== 0 && Number(port) === server.port;
}

/** Only patterns that cannot take for ever are taken. */
function patternFaults(given: SensitivePattern, index: number): readonly Fault[] {
  const pattern = typeof given === 'string' ? given : given.pattern;
  try {
    createMatcher(pattern);
    return [];
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    return [{ path: ['guards', 'sensitive_patterns', index], message: error.message }];
  }
}

function isRange(text: string): boolean {
  const [address = '', prefix, ...others] = text.split('/');
  const family = isIP(address);
  if (family === 0 || others.length > 0) return false;
  if (prefix === undefined) return true;
  return /^\d{1,3}$/.test(prefix) && Number(prefix) <= (family === 4 ? 32 : 128);
}
