/** What the control plane works with. */
import type { ResolvedConfig } from '../config/parse.ts';
import type { ConfigEdit } from '../config/store.ts';
import type { GatewayStatus } from '../../contract/rpc/procedures/gateway.ts';
import type { ListedModel } from '../core/dialect.ts';
import type { RequestLog } from '../core/log-store.ts';
import type { Clock, SecretStore } from '../core/ports.ts';
import type { HealthState } from '../state/health.ts';
import type { KeyRing } from '../state/key-ring.ts';
import type { MemoryKeys } from '../state/memory-keys.ts';

export interface ControlPorts {
  readonly clock: Clock;
  readonly log: RequestLog;
  readonly health: HealthState;
  readonly ring: KeyRing;
  readonly secretStore: SecretStore['kind'];
  readonly memoryKeys: MemoryKeys;
  readonly config: () => ResolvedConfig;
  /** Writes changes to the configuration file; resolves when they are in force. */
  readonly edit: (edits: readonly ConfigEdit[]) => Promise<void>;
  /** Secrets or memory keys changed: builds the runtime anew. */
  readonly rebuild: () => Promise<void>;
  readonly lists: () => ReadonlyMap<string, readonly ListedModel[]>;
  readonly status: () => GatewayStatus;
  readonly demoUpstream: string | null;
  /** Rows were deleted. */
  readonly cleared: () => void;
}
