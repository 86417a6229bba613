/** The one public door of the engine. Hosts pass ports in and reach everything else through the control plane. */
import type { IncomingMessage } from 'node:http';
import type { Told } from '../contract/rpc/connect-sayings.ts';
import type { Call } from '../contract/rpc/define.ts';
import type { EventMessage, EventTopic } from '../contract/rpc/events.ts';
import type { RpcResult } from '../contract/rpc/errors.ts';
import type { Handlers } from '../contract/rpc/procedures.ts';
import type { MediaFetch } from './core/media-fetch.ts';
import type { Clock, ConfigFile, Logger, Random, SecretStore } from './core/ports.ts';
import type { Route, Session } from './http/route.ts';
import type { PipelineLimits } from './pipeline/ports.ts';
import type { Resolve } from './transport/address-guard.ts';
import type { Overrides } from './config/overrides.ts';
import type { LogPatience } from './storage/request-log.ts';
import type { Config } from '../contract/config/schema.ts';

export { refused } from './core/refusals.ts';
export { asSaid, causeOf, say } from './core/sayings.ts';
export type { Clock, ConfigFile, Logger, Random, SecretProblem, SecretStore } from './core/ports.ts';
export { SecretStoreError } from './core/ports.ts';
export type { Route, RouteAccess, Session, Visit } from './http/route.ts';
export type { KeyOverride, Overrides, ProviderOverride, SettingOverride } from './config/overrides.ts';
export { ConfigError } from './config/problem.ts';
export { keyProblem, parseKeyList } from './config/key-list.ts';
export type { ListedKey } from './config/key-list.ts';
export { createNodeConfigFile } from './config/node-file.ts';
export { ListenError } from './http/listen-error.ts';
export { createGateway } from './compose.ts';
export { checkConfigFile } from './compose/check-config.ts';
export { systemClock, systemThreadTime } from './system-clock.ts';
export { createMemorySecrets } from './state/memory-secrets.ts';
export { fingerprint } from './state/key-ring.ts';
export { providers as builtInProviders } from './providers/registry.ts';
export { createDispatch } from './control/dispatch.ts';
export { defaultDataFolder, desktopDataFolder, makeDataFolder } from './hosting/data-folder.ts';
export { loadEnvironment } from './hosting/environment/load-environment.ts';
export type { Environment } from './hosting/environment/load-environment.ts';
export { readEnvironment } from './hosting/environment/env.ts';
export { withFlags } from './hosting/environment/with-flags.ts';
export { findHomeFolder } from './hosting/home-folder.ts';
export { folderId } from './hosting/folder-id.ts';
export { holderOf, lockDataFolder } from './hosting/data-folder-lock.ts';
export type { DataFolderLock } from './hosting/data-folder-lock.ts';
export { createOwnerDoor, OWNER_HEADER, OWNER_PATH } from './compose/owner-door.ts';
export { recordUsedConfig, usedConfig } from './hosting/used-config.ts';
export { fileSink } from './hosting/log-file.ts';
export { consoleSink } from './hosting/log-sink.ts';
export type { LogSink } from './hosting/log-sink.ts';
export { createLogger } from './hosting/logger.ts';
export type { HostLogger } from './hosting/logger.ts';
export { createPageFiles } from './hosting/page-files.ts';
export type { PageFile, PageFiles } from './hosting/page-files.ts';
export { StartProblem } from './hosting/start-problem.ts';
export { replaceFile } from './state/replace-file.ts';
export { createSealedSecrets } from './state/sealed-secrets.ts';
export { BackupError } from './backup/problem.ts';
export { restoreProblem } from './backup/finish.ts';
export {
  backupHead,
  finishBegunRestore,
  finishRestore,
  giveUpRestore,
  prepareBackup,
} from './compose/restore.ts';
export { parseMasterKey } from './state/master-key.ts';

/** One subscriber of events. */
export interface EventSubscription {
  /** The transport can take more: whatever waited is delivered. */
  resume(): void;
  close(): void;
}

/** The procedures behind every user interface; transports are thin. */
export interface ControlPlane {
  /**
   * Checks name and input, runs the procedure, answers errors as data. Never rejects.
   * @param caller hears what the procedure tells on the way, and can take it back
   */
  call(name: string, input: unknown, caller?: Call<unknown>): Promise<RpcResult<unknown>>;
  /** The same procedures by type, for the host's own code. They throw RpcError. */
  readonly handlers: Handlers;
  /**
   * Delivers events until closed. `deliver` answers false when the transport is congested: events then
   * wait for `resume`, 1,000 at most, after which one `reset` takes their place.
   */
  subscribe(topics: readonly EventTopic[], deliver: (message: EventMessage) => boolean): EventSubscription;
}

export interface WorkerEntries {
  /** Both workers of the request log. */
  readonly log: URL;
  /** Counts tokens; started when that is first needed. */
  readonly tokens: URL;
}

/** Where other programs of this account keep their settings. */
export interface ToolSurroundings {
  readonly homeFolder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  /** The pages are served where the gateway listens, and so to whoever reaches that; else in a window of this machine. */
  readonly pagesTravel: boolean;
  /** Where is written down what was connected, when it is not the gateway's own data folder. */
  readonly dataFolder?: string;
}

export interface GatewayPorts {
  readonly version: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly configFile: ConfigFile;
  /** What flags and environment decide, over the file. */
  readonly overrides: Overrides;
  /** Values for `${NAME}` in the configuration. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly secrets: SecretStore;
  /** Folder of log.db and state; exists and is locked by the host. */
  readonly dataFolder: string;
  /** Entries of the worker threads: `.ts` unbuilt, the host's own output files when built. */
  readonly workers: WorkerEntries;
  /** Routes of the host (its user interface and control transport), behind the same guard. */
  readonly routes: (control: ControlPlane) => readonly Route[];
  /** The control-plane session a request carries; null without one. */
  readonly sessionOf: (request: IncomingMessage) => Session | null;
  /** The tools of the account that the gateway runs under; absent: their files are left alone. */
  readonly tools?: ToolSurroundings;
  /** Called with the new base address whenever a change of the configuration has moved the gateway. */
  readonly moved?: (address: string) => void;
  /** Address of the demo upstream when the host started one, else null. */
  readonly demoUpstream: string | null;
  /** Why a restore that waited for this start came to nothing, or waits on. */
  readonly restoreProblem?: Told | null;
  /** CPU time that the thread of the engine has had so far, ms; absent: nothing is refused for a busy thread. */
  readonly threadTime?: () => number;
  /** Times and sizes that are not the user's to set, scaled down by tests. */
  readonly limits?: Partial<PipelineLimits>;
  /** How long questions wait for the request log; longer in tests. */
  readonly log?: { readonly patience: LogPatience };
  /** Name resolution for upstreams; the system's when absent. */
  readonly resolve?: Resolve;
  /** How images and files that clients name by address are fetched; the gateway's own way when absent. */
  readonly media?: MediaFetch;
}

export interface Gateway {
  readonly control: ControlPlane;
  /** The configuration in force at this moment. */
  config(): Config;
  /** Takes every registered secret out of a text; for the host's log lines. */
  redact(text: string): string;
  /** Every route there is, the host's among them, for tests that must reach all of them. */
  readonly routes: readonly Route[];
  /**
   * For hosts whose secret store fares differently from before: asks it again for every secret that is not known,
   * and tells user interfaces to look. Never rejects.
   */
  readSecrets(): Promise<void>;
  /** The system is about to sleep, and woke: for hosts that are told so. The gateway notices a sleep by itself too. */
  sleeps(): void;
  woke(): void;
  /** Binds the configured addresses. @throws Error naming the taken port and what to do */
  listen(): Promise<{ readonly address: string; readonly port: number }>;
  /** Readiness 503 at once; running requests until `deadline` ms, then in-band errors; log flushed. */
  drain(deadline: number): Promise<void>;
}

/** The provider of `--demo` on a loopback port; its code is loaded only here, when it is asked for. */
export async function startDemo(): Promise<{ readonly url: string; close(): Promise<void> }> {
  const demo = await import('./demo/server.ts');
  return demo.startDemo();
}
