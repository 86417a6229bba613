/** The user's proxy, as Electron takes it. Pure. */

/** The part of Electron's `ProxyConfig` that is used. */
export interface ProxyRules {
  readonly mode?: 'direct' | 'system' | 'fixed_servers';
  readonly proxyRules?: string;
  readonly proxyBypassRules?: string;
}

/** @param network of the configuration: `system`, `none` or an address, and the hosts that are asked directly */
export function proxyRules(network: {
  readonly proxy: string;
  readonly no_proxy: readonly string[];
}): ProxyRules {
  const { proxy, no_proxy: direct } = network;
  if (proxy === 'none') return { mode: 'direct' };
  if (proxy === 'system' || !URL.canParse(proxy)) return { mode: 'system' };
  // Without name and password, which it does not take: such a proxy refuses, and that is told.
  const { protocol, host } = new URL(proxy);
  return {
    mode: 'fixed_servers',
    proxyRules: `${protocol}//${host}`,
    proxyBypassRules: ['<local>', ...direct].join(','),
  };
}
