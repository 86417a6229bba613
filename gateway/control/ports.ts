/** What the control plane works with. */
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import type { ResolvedConfig } from '../config/parse.ts';
import type { ConfigStore } from '../config/store.ts';
import type { Call } from '../../contract/rpc/define.ts';
import type { BackupFile, RestorePrepared } from '../../contract/rpc/procedures/backup.ts';
import type { ProviderConfig } from '../../contract/config/provider.ts';
import type { KeyCheck, KeyProbe } from '../../contract/rpc/procedures/providers.ts';
import type { GatewayStatus } from '../../contract/rpc/procedures/gateway.ts';
import type { PortHolder } from '../../contract/rpc/procedures/settings.ts';
import type { Connector } from '../connect/connector.ts';
import type { TestRequest } from './connect-trial.ts';
import type { ToolDefinition } from '../connect/tool.ts';
import type { ListedModel } from '../core/dialect.ts';
import type { AnswerCache } from '../core/answer-cache.ts';
import type { ClientPlaces } from '../core/client-limits.ts';
import type { RequestLog } from '../core/log-store.ts';
import type { Clock, SecretStore } from '../core/ports.ts';
import type { PriceSheet } from '../core/price-sheet.ts';
import type { RuntimeProvider } from '../core/runtime-provider.ts';
import type { KeyFacts } from '../routing/key-facts.ts';
import type { PipelinePorts } from '../pipeline/ports.ts';
import type { RoutingSnapshot } from '../routing/snapshot.ts';
import type { BudgetState } from '../state/budgets.ts';
import type { HealthState } from '../state/health.ts';
import type { KeyRing } from '../state/key-ring.ts';
import type { MemoryKeys } from '../state/memory-keys.ts';
import type { Views } from '../state/views.ts';
import type { CatalogueData } from '../upkeep/catalogue-data.ts';
import type { Discovery } from '../upkeep/discovery.ts';
import type { PriceStore } from '../upkeep/price-store.ts';
import type { PlaygroundPorts } from './playground-ports.ts';

/** Back-ups of the data folder. Its promises reject with BackupError, or with what the file system says. */
export interface BackupPorts {
  /** Where they lie. */
  readonly folder: () => string;
  /** Newest first. */
  readonly list: () => Promise<readonly BackupFile[]>;
  /** Why the last one that was due could not be made; null when it could. */
  readonly problem: () => Told | null;
  /** The restore that the next start puts into use. */
  readonly waiting: () => Promise<{ readonly created: number } | undefined>;
  readonly make: (
    order: { readonly history: boolean; readonly passphrase: string | null },
    call: Call<number>,
  ) => Promise<BackupFile>;
  readonly remove: (name: string) => Promise<void>;
  readonly prepare: (
    order: { readonly name: string; readonly passphrase: string | null },
    call: Call<number>,
  ) => Promise<RestorePrepared>;
  /** Drops what was prepared. */
  readonly drop: () => Promise<void>;
}

export interface ControlPorts {
  readonly clock: Clock;
  readonly log: RequestLog;
  readonly cache: AnswerCache;
  readonly budgets: BudgetState;
  readonly health: HealthState;
  readonly facts: KeyFacts;
  readonly ring: KeyRing;
  readonly secretStore: SecretStore['kind'];
  readonly memoryKeys: MemoryKeys;
  readonly config: () => ResolvedConfig;
  /** Writes changes to the configuration file; resolves when they are in force, with the entries they took out. */
  readonly edit: ConfigStore['edit'];
  /** Secrets or memory keys changed: builds the runtime anew. */
  readonly rebuild: () => void;
  readonly lists: () => ReadonlyMap<string, readonly ListedModel[]>;
  readonly status: () => GatewayStatus;
  /** Stops or resumes answering the data plane, for as long as the process lives. */
  readonly pause: (paused: boolean) => void;
  /** How much clients with limits ask. */
  readonly clients: Pick<ClientPlaces, 'look'>;
  /** What routing decides over right now. */
  readonly routing: () => RoutingSnapshot;
  /** What a dry run goes by: the very values that requests do. */
  readonly dryRun: Pick<
    PipelinePorts,
    'random' | 'slots' | 'memory' | 'snapshot' | 'clock' | 'affinity' | 'refused'
  >;
  /** Asks a provider about a key, enabled or not; never rejects and marks nothing. */
  readonly checkKey: (provider: ProviderConfig, key: string, secret: string) => Promise<KeyCheck>;
  /** What the background check found of a key last. */
  readonly probeOf: (provider: string, key: string) => KeyProbe | null;
  readonly discovery: Pick<Discovery, 'states' | 'refreshNow'>;
  readonly catalogue: CatalogueData;
  readonly prices: Omit<PriceStore, 'book'> & {
    /** Every source that knows a model; the first is the one in force. */
    readonly explain: (provider: RuntimeProvider, model: string) => Promise<readonly PriceSheet[]>;
    /** The user's own prices. */
    readonly override: (provider: string, model: string) => PriceSheet | undefined;
  };
  readonly demoUpstream: string | null;
  readonly settings: SettingPorts;
  readonly connect: ConnectPorts;
  readonly backups: BackupPorts;
  readonly playground: PlaygroundPorts;
  readonly savedViews: Views;
  /** Rows were deleted. */
  readonly cleared: () => void;
}

/** What connecting the tools of this machine needs. */
export interface ConnectPorts {
  /** Null where the host leaves tools alone. */
  readonly connector: Connector | null;
  readonly definitions: readonly ToolDefinition[];
  /** False where a page may be open on another machine, or the host leaves tools alone. */
  readonly local: () => boolean;
  /** Base address for tools; where the gateway does not listen, the one it will have; empty where nobody knows. */
  readonly address: () => string;
  /** `~` for the home folder. */
  readonly shown: (path: string) => string;
  /** A key for a new client. */
  readonly newKey: () => string;
  /** Sends a request to the gateway's own address, as any tool does. Never rejects. */
  readonly send: (request: TestRequest) => Promise<TestAnswer>;
}

/** What came back; status 0 and an error in the body where nothing did. */
export interface TestAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly request: string | null;
  /** Why nothing came back. */
  readonly told?: Told;
}

/** The system around the program, without a value that is the user's own. */
export interface Surroundings {
  readonly system: string;
  readonly runtime: string;
  readonly homeFolder: string;
  /** Bytes. */
  readonly memory: { readonly used: number; readonly ofMachine: number };
  /** Variables that change what the program does: their names alone. */
  readonly variables: readonly string[];
  /** Files of the data folder, in bytes. */
  readonly files: readonly { readonly name: string; readonly bytes: number }[];
  /** Number of the schema that this version's request log has. */
  readonly logSchema: number;
  /** Last lines of the program's log, the oldest first. */
  readonly lines: readonly string[];
}

/** What the settings need besides the configuration itself. */
export interface SettingPorts {
  /** The configuration file, as a path a person can open. */
  readonly configFile: string;
  readonly dataFolder: string;
  /** True where the file itself has the setting, `server.port`. */
  readonly isWritten: (path: string) => boolean;
  /** What the file has there, references to variables as such. */
  readonly writtenValue: (path: string) => unknown;
  /** All that the file in force has, variables not expanded. */
  readonly written: () => unknown;
  /** The configuration file as a text, and another one in its place; see config/store.ts. */
  readonly file: Pick<ConfigStore, 'text' | 'check' | 'replace'>;
  /** Whether a path is one of a log inside the data folder; see hosting/inside-folder.ts. */
  readonly isLogFileInside: (path: string) => Promise<boolean>;
  /** Bytes that the request log occupies on disk. */
  readonly logBytes: () => Promise<number>;
  /**
   * Listens there and no longer at the place before; see http/listener.ts.
   * @returns null when it does, else why not and what to do, in a sentence; the gateway then stays where it was
   */
  readonly moveTo: (place: { readonly host: string; readonly port: number }) => Promise<Told | null>;
  /** The first port from `from` on that nobody holds. */
  readonly freePort: (from: number) => Promise<number | null>;
  /** What the program runs in, for whoever helps. */
  readonly surroundings: () => Promise<Surroundings>;
  /** Who listens on a port, where the system tells. */
  readonly portHolder: (port: number) => Promise<PortHolder | null>;
}
