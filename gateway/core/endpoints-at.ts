/** Where a provider's dialects lie once the user has given an address of their own. */
import { isExact } from '../../contract/config/pasted-address.ts';
import type { ProviderEndpoint } from './provider.ts';

type Endpoints = readonly [ProviderEndpoint, ...ProviderEndpoint[]];

/**
 * An address is written as the first dialect's SDK takes it. Dialects that lie at the same place in the definition,
 * with the version segment or without, move along, since every dialect understands both forms. Others stay behind:
 * nobody knows where they lie at a place of the user's own.
 * @param own without a slash at its end
 */
export function endpointsAt(endpoints: Endpoints, own: string): Endpoints {
  const [first, ...others] = endpoints;
  const place = placeOf(first.baseUrl);
  // The provider's own address in another form is no other address.
  if (placeOf(own) === place) return endpoints;
  const along = others.filter(({ baseUrl }) => placeOf(baseUrl) === place);
  return [{ ...first, baseUrl: own }, ...along.map((endpoint) => ({ ...endpoint, baseUrl: own }))];
}

/** One dialect at an address as it is written; with `#` at its end there is nothing but chat. */
export function endpointAt(endpoint: ProviderEndpoint, own: string): ProviderEndpoint {
  return isExact(own)
    ? { ...endpoint, baseUrl: own.slice(0, -1), exact: true, countsTokens: false }
    : { ...endpoint, baseUrl: own };
}

/** The address of an endpoint as it is written in the configuration. */
export const writtenAddress = ({ baseUrl, exact }: ProviderEndpoint): string =>
  exact === true ? `${baseUrl}#` : baseUrl;

/** `https://api.example.com/v1` and `https://api.example.com` are one place. */
const placeOf = (address: string): string => address.toLowerCase().replace(/\/v\d[a-z0-9]*$/, '');
