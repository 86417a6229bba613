/** Where a provider's dialects lie once the user has given an address of their own. */
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

/** `https://api.example.com/v1` and `https://api.example.com` are one place. */
const placeOf = (address: string): string => address.toLowerCase().replace(/\/v\d[a-z0-9]*$/, '');
