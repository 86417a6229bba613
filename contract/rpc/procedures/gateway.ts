/** The state of the gateway itself. */
import * as z from 'zod/mini';
import type { Told } from '../connect-sayings.ts';
import { define, nothing } from '../define.ts';
import type { Alert } from './alerts.ts';
import type { LogHealth } from '../../log/row.ts';

/** A lasting condition the user should know of. */
export interface Problem {
  /** Stable code, the key of its translation. */
  readonly code:
    | 'config_broken'
    | 'secrets_unavailable'
    | 'log_unhealthy'
    | 'no_client_key'
    /** A back-up that was due could not be made. */
    | 'backup_failed'
    /** A restore that waited for this start failed, and was taken back. */
    | 'restore_failed'
    | 'config_warning'
    /** The configured address cannot be bound; the gateway listens at another. */
    | 'address_taken'
    /** `monitoring.port` cannot be bound; measurements are served at the gateway's own address alone. */
    | 'metrics_port_taken'
    /** A budget has no money left. */
    | 'budget_spent'
    /** A budget has passed the share from which that is told. */
    | 'budget_near'
    /** A rule of `monitoring.alerts` holds. */
    | 'alert';
  /** The details, in English, from where it happened. */
  readonly message: string;
  /** The details as data: user interfaces have words for them in each language. */
  readonly told: Told;
}

export interface GatewayStatus {
  /** `paused`: it listens, and answers the data plane 503 until resumed. */
  readonly state: 'starting' | 'running' | 'paused' | 'draining';
  readonly version: string;
  /** Base address for tools, without `/v1`. */
  readonly address: string;
  /** Unix ms. */
  readonly startedAt: number;
  readonly demo: boolean;
  /** Requests under way. */
  readonly inFlight: number;
  /** Requests that arrived in the last 60 seconds. */
  readonly requestsPerMinute: number;
  readonly secretStore: 'keychain' | 'sealed' | 'memory';
  readonly log: LogHealth;
  /** What holds by the rules of `monitoring.alerts`, the oldest first. */
  readonly alerts: readonly Alert[];
  readonly problems: readonly Problem[];
  /** Configuration paths that a flag or the environment decides, with the name of what decides them. */
  readonly lockedSettings: Readonly<Record<string, string>>;
}

export const gatewayProcedures = {
  'gateway.status': define(nothing).returns<GatewayStatus>(),
  /** Stops or resumes answering tools; requests under way go on. */
  'gateway.pause': define(z.strictObject({ paused: z.boolean() })).returns<GatewayStatus>(),
};
