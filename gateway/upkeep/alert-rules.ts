/** Which alerts hold at a moment. Decisions only: who is told, and how, is no business of this file. */
import type { AlertConfig } from '../../contract/config/monitoring.ts';
import type { RequestRow } from '../../contract/log/row.ts';
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import type { Alert } from '../../contract/rpc/procedures/alerts.ts';
import { say } from '../core/sayings.ts';
import { createRequestWindow, type RequestWindow } from '../core/request-window.ts';

/** What alerts look at, beside the requests themselves. */
export interface AlertFacts {
  /** What there is to say about budgets that are spent or nearly so, by budget. */
  readonly budgets: readonly { readonly name: string; readonly told: Told }[];
  /** Providers in use without a usable key. */
  readonly down: readonly { readonly id: string; readonly name: string }[];
}

export type Holding = Omit<Alert, 'since'>;

export interface AlertRules {
  /** A request ended. @param now monotonic ms */
  ended(row: RequestRow, now: number): void;
  /** @param now monotonic ms */
  holding(facts: AlertFacts, now: number): readonly Holding[];
}

/** An alert that was raised is over when the figure is clearly below its limit, so that it does not flicker. */
const OVER = 0.9;

export function createAlertRules(alerts: readonly AlertConfig[]): AlertRules {
  const rules = alerts.map(ruleOf);
  return {
    ended(row, now) {
      for (const rule of rules) rule.ended(row, now);
    },
    holding: (facts, now) => rules.flatMap((rule) => rule.holding(facts, now)),
  };
}

function ruleOf(alert: AlertConfig, place: number): AlertRules {
  const id = `${place + 1}-${alert.when}`;
  switch (alert.when) {
    case 'error_rate':
      return measured(alert, id, (window, now, raised) => {
        const { all, failed } = window.counts(now);
        const limit = alert.above * (raised ? OVER : 1);
        if (all < alert.at_least || failed / all <= limit) return null;
        const failedShare = failed / all;
        return say(
          alert.provider === undefined ? 'alert-errors' : 'alert-errors-of',
          {
            failedShare,
            requestCount: all,
            windowTime: alert.window,
            limitShare: alert.above,
            ...named(alert.provider),
          },
          undefined,
          `${percent(failedShare)} of the last ${all} requests${of(alert.provider)} failed in ${minutes(alert.window)}; the limit is ${percent(alert.above)}.`,
        );
      });
    case 'latency':
      return measured(alert, id, (window, now, raised) => {
        const found = window.percentile(now, alert.percentile / 100);
        const limit = alert.above * (raised ? OVER : 1);
        if (found === null || found.measured < alert.at_least || found.time <= limit) return null;
        return say(
          alert.provider === undefined ? 'alert-latency' : 'alert-latency-of',
          {
            percentile: alert.percentile,
            answerTime: found.time,
            windowTime: alert.window,
            limitTime: alert.above,
            ...named(alert.provider),
          },
          undefined,
          `Percentile ${alert.percentile} of the time to an answer${of(alert.provider)} is ${seconds(found.time)} over ${minutes(alert.window)}; the limit is ${seconds(alert.above)}.`,
        );
      });
    case 'budget':
      return {
        ended: () => undefined,
        holding: ({ budgets }) =>
          budgets.map(({ name, told }) => ({
            id: `${id}-${name}`,
            when: 'budget',
            message: told.text,
            told,
            about: name,
          })),
      };
    case 'provider_down':
      return providerDown(alert.for, id);
  }
}

function measured(
  alert: Extract<AlertConfig, { when: 'error_rate' | 'latency' }>,
  id: string,
  saying: (window: RequestWindow, now: number, raised: boolean) => Told | null,
): AlertRules {
  const window = createRequestWindow(alert.window);
  let raised = false;
  return {
    ended(row, now) {
      if (row.outcome === 'live' || row.outcome === 'client-left') return;
      if (alert.provider !== undefined && row.provider !== alert.provider) return;
      window.add(now, isFault(row), row.outcome === 'ok' ? answerTime(row) : null);
    },
    holding(_facts, now) {
      const told = saying(window, now, raised);
      raised = told !== null;
      if (told === null) return [];
      return [{ id, when: alert.when, message: told.text, told, about: alert.provider ?? null }];
    },
  };
}

/** @param patience ms */
function providerDown(patience: number, id: string): AlertRules {
  /** Monotonic ms since when each has been down. */
  const since = new Map<string, number>();
  return {
    ended: () => undefined,
    holding({ down }, now) {
      for (const known of since.keys()) if (!down.some((one) => one.id === known)) since.delete(known);
      return down.flatMap((provider) => {
        const began = since.get(provider.id) ?? now;
        since.set(provider.id, began);
        if (now - began < patience) return [];
        const message = `${provider.name} has had no usable key for ${minutes(patience)} or longer.`;
        const told = say(
          'alert-down',
          { provider: provider.name, patienceTime: patience },
          undefined,
          message,
        );
        return [{ id: `${id}-${provider.id}`, when: 'provider_down', message, told, about: provider.id }];
      });
    },
  };
}

/** What a client did wrong is no fault of the gateway or its providers. */
function isFault({ outcome, status }: RequestRow): boolean {
  if (outcome === 'ok') return false;
  return outcome !== 'error' || status === null || status >= 500 || status === 429;
}

const answerTime = (row: RequestRow): number | null => (row.streamed ? row.firstContentAt : row.doneAt);

const named = (provider: string | undefined): Told['values'] => (provider === undefined ? {} : { provider });
const of = (provider: string | undefined): string => (provider === undefined ? '' : ` of ${provider}`);
const percent = (share: number): string => `${Math.round(share * 1_000) / 10} %`;
const seconds = (time: number): string => `${Math.round(time / 100) / 10} s`;
const minutes = (time: number): string =>
  time % 60_000 === 0 ? `${time / 60_000} min` : `${Math.round(time / 1_000)} s`;
