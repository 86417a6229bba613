/**
 * What a configuration from elsewhere would open, close or hand over. It stands among the changes as well, where a
 * line more is soon overlooked. Pure.
 */
import type { KeyConfig, ProviderConfig } from '../../contract/config/provider.ts';
import type { Config } from '../../contract/config/schema.ts';
import type { ImportRisk } from '../../contract/rpc/procedures/config-transfer.ts';
import { isLoopbackHost } from '../core/loopback.ts';
import { newReferences, toldReference } from './imported-references.ts';
import { movedSecrets } from './moved-secrets.ts';

/** One configuration, as the file has it and as what it means. */
export interface Side {
  /** Variables not expanded. */
  readonly source: unknown;
  readonly config: Config;
}

/** Whether the store of keys has one for an entry without a value; it keeps those of providers that are gone. */
export type IsStored = (provider: string, key: KeyConfig) => boolean;

/** @returns the worst first; each once, with all it is about */
export function importRisks(before: Side, after: Side, isStored: IsStored): readonly ImportRisk[] {
  const [was, is] = [before.config, after.config];
  const found: readonly (readonly [ImportRisk['kind'], readonly string[]])[] = [
    ['locks-out', answersNobody(is) && !answersNobody(was) ? ['server.host', 'server.api_key'] : []],
    ['listens', news(placesOf(was), placesOf(is))],
    ['admin-password', was.admin.password === is.admin.password ? [] : ['admin.password']],
    ['admin-insecure', is.admin.insecure && !was.admin.insecure ? ['admin.insecure'] : []],
    ['client-keys', clientsWithoutOldKey(was, is)],
    ['no-client-key', demandsKey(was) && !demandsKey(is) ? ['server.api_key'] : []],
    [
      'open-to-all',
      is.server.allow_unauthenticated && !was.server.allow_unauthenticated
        ? ['server.allow_unauthenticated']
        : [],
    ],
    [
      'only-some',
      [
        ...onlySome(was.server.allowed_ips, is.server.allowed_ips),
        ...onlySome(was.server.allowed_hosts, is.server.allowed_hosts),
      ],
    ],
    ['pages', news(was.server.allowed_origins, is.server.allowed_origins)],
    ['keys-elsewhere', [...keysElsewhere(was, is, isStored), ...movedSecrets(was, is)]],
    ['variables', newReferences(before.source, after.source).map(toldReference)],
    ['files', filesOf(was, is)],
    ['private-network', news(privateOf(was), privateOf(is))],
    [
      'alerts',
      [is.monitoring.webhook.url]
        .filter((url) => url !== '' && url !== was.monitoring.webhook.url)
        .map(hostOf),
    ],
    [
      'fewer-guards',
      is.guards.sensitive_patterns.length < was.guards.sensitive_patterns.length
        ? ['guards.sensitive_patterns']
        : [],
    ],
  ];
  return found.flatMap(([kind, what]) => (what.length === 0 ? [] : [{ kind, what: firstOf(what) }]));
}

/** A thousand of one kind must not push the next kind out of sight. */
const MOST_TOLD = 10;

export function firstOf(what: readonly string[]): readonly string[] {
  const each = [...new Set(what)];
  const more = each.length - MOST_TOLD;
  return more > 0 ? [...each.slice(0, MOST_TOLD), `… +${more}`] : each;
}

const news = (before: readonly string[], after: readonly string[]): readonly string[] =>
  after.filter((one) => !before.includes(one));

/** A list that was open to all, or had others on it, shuts people out. */
const onlySome = (before: readonly string[], after: readonly string[]): readonly string[] =>
  before.join('\n') === after.join('\n') ? [] : after;

function placesOf({ server, monitoring }: Config): readonly string[] {
  const own = [`${server.host}:${server.port}`];
  const host = monitoring.host ?? server.host;
  const more = monitoring.port === undefined ? [] : [`${host}:${monitoring.port}`];
  return [...(isLoopbackHost(server.host) ? [] : own), ...(isLoopbackHost(host) ? [] : more)];
}

const keysOf = ({ server, clients }: Config): ReadonlyMap<string, string> =>
  new Map([
    ...(server.api_key === '' ? [] : [['server.api_key', server.api_key] as const]),
    ...clients.map(({ id, key }) => [id, key] as const),
  ]);

/** Whoever has them now is refused afterwards. */
function clientsWithoutOldKey(was: Config, is: Config): readonly string[] {
  const known = new Set(keysOf(is).values());
  return [...keysOf(was)].flatMap(([id, key]) => (known.has(key) ? [] : [id]));
}

const demandsKey = ({ server, clients }: Config): boolean =>
  server.api_key !== '' || clients.some(({ optional }) => optional !== true);

/** What the gateway writes goes elsewhere on this machine. */
const filesOf = (was: Config, is: Config): readonly string[] => [
  ...(was.logging.file === is.logging.file ? [] : [`logging.file → ${is.logging.file}`]),
  ...(was.backup.folder === is.backup.folder ? [] : [`backup.folder → ${is.backup.folder || 'backups'}`]),
];

/** As the guard of the door has it. */
const answersNobody = (config: Config): boolean =>
  !isLoopbackHost(config.server.host) && keysOf(config).size === 0 && !config.server.allow_unauthenticated;

const privateOf = ({ providers }: Config): readonly string[] =>
  providers.filter((one) => one.allow_private_network === true).map(({ id }) => id);

/** Keys that are here already, in the file or in the store of keys, would be sent to another address. */
function keysElsewhere(was: Config, is: Config, isStored: IsStored): readonly string[] {
  const proxies =
    was.network.proxy === is.network.proxy ? [] : [`network.proxy → ${shown(is.network.proxy)}`];
  const moved = is.providers.flatMap((provider) => {
    const known = was.providers.find(({ id }) => id === provider.id);
    if (known === undefined) {
      const has = provider.keys.some((key) => key.value === undefined && isStored(provider.id, key));
      return has && provider.base_url !== undefined
        ? [`${provider.id}: base_url → ${shown(provider.base_url)}`]
        : [];
    }
    return WAYS.flatMap((way) =>
      known[way] === provider[way] ? [] : [`${provider.id}: ${way} → ${shown(provider[way] ?? '')}`],
    );
  });
  return [...moved, ...proxies];
}

const WAYS = ['base_url', 'models_url', 'like', 'proxy'] as const satisfies readonly (keyof ProviderConfig)[];

/** Without name and password. */
const shown = (address: string): string => address.replace(/\/\/[^/]*@/, '//') || '–';

const hostOf = (address: string): string => (URL.canParse(address) ? new URL(address).host : '–');
