/** Alerts of the gateway: what is wrong now by the rules of `monitoring.alerts`. */
import type { Told } from '../connect-sayings.ts';
import { define, nothing } from '../define.ts';

export interface Alert {
  /** Stable while it lasts: the rule's place, and what it is about. */
  readonly id: string;
  readonly when: 'error_rate' | 'latency' | 'budget' | 'provider_down';
  /** In a sentence, in English. */
  readonly message: string;
  /** The same as data. */
  readonly told: Told;
  /** Provider or budget it is about; null where it is about all requests. */
  readonly about: string | null;
  /** Unix ms. */
  readonly since: number;
}

/** Something began or is over. */
export interface AlertChange {
  readonly state: 'raised' | 'cleared';
  readonly alert: Alert;
  /** Unix ms. */
  readonly at: number;
}

export const alertProcedures = {
  'alerts.list': define(nothing).returns<readonly Alert[]>(),
};
