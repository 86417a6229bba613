/** Gateways and providers as the desktop's surfaces see them, for tests. */
import type { GatewayStatus } from '../../contract/rpc/procedures/gateway.ts';
import type { ProviderView } from '../../contract/rpc/procedures/providers.ts';

export const testStatus = (change: Partial<GatewayStatus> = {}): GatewayStatus => ({
  state: 'running',
  version: '0.1.0',
  address: 'http://127.0.0.1:8000',
  startedAt: 0,
  demo: false,
  inFlight: 0,
  requestsPerMinute: 0,
  secretStore: 'keychain',
  log: { queued: 0, droppedBodies: 0, droppedRows: 0, index: { waiting: 0, since: null }, problem: null },
  alerts: [],
  problems: [],
  lockedSettings: {},
  ...change,
});

export const testProvider = (id: string, problem: string | null = null, enabled = true): ProviderView => ({
  id,
  name: id.toUpperCase(),
  enabled,
  builtIn: true,
  endpoints: [
    {
      dialect: 'openai-chat',
      baseUrl: 'https://api.example.com/v1',
      finalUrl: 'https://api.example.com/v1/chat/completions',
    },
  ],
  baseUrl: 'https://api.example.com/v1',
  allowsPrivateNetwork: false,
  needsKey: true,
  local: false,
  demo: false,
  signUpUrl: null,
  keys: [],
  strategy: 'weighted',
  modelCount: null,
  problem,
});
