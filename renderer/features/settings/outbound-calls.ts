/** Every address that Switchyard calls, by what it calls them for. Pure. */
import type { ProviderView } from '../../../contract/rpc/procedures/providers.ts';

export interface OutboundCalls {
  /** Hosts of providers that are turned on. */
  readonly providers: readonly string[];
  /** Where newer prices come from. */
  readonly prices: readonly string[];
  /** Where alerts are sent. */
  readonly webhook: readonly string[];
}

export const CALL_KINDS = [
  'providers',
  'prices',
  'webhook',
] as const satisfies readonly (keyof OutboundCalls)[];

/** @param addresses of prices the address, of the webhook its host; empty where there is none */
export function outboundCalls(
  providers: readonly ProviderView[],
  addresses: { readonly prices: string; readonly webhook: string },
): OutboundCalls {
  const called = providers
    .filter(({ enabled }) => enabled)
    .flatMap(({ endpoints }) => endpoints.map(({ finalUrl }) => finalUrl));
  return {
    providers: hostsOf(called),
    prices: hostsOf([addresses.prices]),
    webhook: addresses.webhook === '' ? [] : [addresses.webhook],
  };
}

const hostsOf = (addresses: readonly string[]): readonly string[] => [
  ...new Set(addresses.flatMap((address) => (URL.canParse(address) ? [new URL(address).host] : []))),
];
