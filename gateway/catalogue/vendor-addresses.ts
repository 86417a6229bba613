/** Under which addresses the catalogues may know a provider. Pure. */
import type { ProviderDefinition } from '../core/provider.ts';

/**
 * Best first: its own address says most where a vendor is known at it; behind a proxy, or in a region of its vendor,
 * a provider is what its definition says it is.
 * @param own the address in force
 */
export function vendorAddresses({ endpoints: [first] }: ProviderDefinition, own: string): readonly string[] {
  return first.baseUrl === '' || first.baseUrl === own ? [own] : [own, first.baseUrl];
}
