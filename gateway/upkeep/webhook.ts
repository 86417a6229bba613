/** Tells an address of the user's what began and what is over: one POST of JSON each, tried three times. */
import type { MonitoringConfig } from '../../contract/config/monitoring.ts';
import type { AlertChange } from '../../contract/rpc/procedures/alerts.ts';
import type { Clock, Logger } from '../core/ports.ts';
import type { Upstream } from '../core/upstream.ts';

/** From the call to the head of the answer, ms. */
const PATIENCE = 10_000;
/** Between one try and the next, ms. */
const PAUSES = [1_000, 10_000];
/** So many alerts under way or waiting at once; an address that is dead must not collect more. */
const MOST_WAITING = 20;

export interface WebhookPorts {
  readonly upstream: Pick<Upstream, 'send'>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly version: string;
  readonly settings: () => MonitoringConfig['webhook'];
  /** How requests leave, as the configuration has it now. */
  readonly network: () => { readonly proxy: string; readonly noProxy: readonly string[] };
}

/**
 * Follows no redirect: the token goes nowhere but to the address it is for. Of one alert a change waits until the one
 * before is through: an end that came before its beginning would leave the receiver with an alarm for ever.
 */
export function createWebhook(ports: WebhookPorts): (change: AlertChange) => void {
  const { clock, logger, settings } = ports;
  /** Alerts of which a change is under way, with the newest of those that came since. */
  const waiting = new Map<string, { next: AlertChange | null }>();

  function begin(change: AlertChange): void {
    waiting.set(change.alert.id, { next: null });
    attempt(change, 0);
  }
  function end({ alert: { id } }: AlertChange): void {
    const next = waiting.get(id)?.next ?? null;
    waiting.delete(id);
    if (next !== null) begin(next);
  }

  function attempt(change: AlertChange, tries: number): void {
    post(change, (problem) => {
      const pause = PAUSES[tries];
      if (problem === null || pause === undefined) {
        if (problem !== null)
          logger.warn('an alert could not be delivered to the webhook', { reason: problem });
        end(change);
        return;
      }
      clock.after(pause, () => attempt(change, tries + 1));
    });
  }

  function post(change: AlertChange, done: (problem: string | null) => void): void {
    const { url, token } = settings();
    if (url === '') return done(null);
    const body = Buffer.from(
      JSON.stringify({
        source: 'switchyard',
        version: ports.version,
        state: change.state,
        alert: alertBody(change.alert),
        at: new Date(change.at).toISOString(),
      }),
    );
    const settle = (problem: string | null): void => {
      stopWaiting();
      call.abort();
      done(problem);
    };
    const stopWaiting = clock.after(PATIENCE, () => settle(`no answer within ${PATIENCE / 1_000} s`));
    const call = ports.upstream.send(
      {
        method: 'POST',
        url,
        headers: {
          'content-type': 'application/json',
          'user-agent': `Switchyard/${ports.version}`,
          ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
        },
        body: [body],
        bodyLength: body.length,
        connectTimeout: PATIENCE,
        ...ports.network(),
        // Alert managers often listen on the same machine or network; the address is the user's own.
        allowPrivateNetwork: true,
        freshSocket: false,
      },
      {
        connected: () => undefined,
        sent: () => undefined,
        headers: (status) => settle(status < 300 ? null : `it answered with the status ${status}`),
        data: () => undefined,
        end: () => undefined,
        failed: ({ told }) => settle(told.text),
      },
    );
  }

  return (change) => {
    if (settings().url === '') return;
    const before = waiting.get(change.alert.id);
    if (before !== undefined) before.next = change;
    // What is over is told whatever waits: there are no more of these than were raised.
    else if (waiting.size < MOST_WAITING || change.state === 'cleared') begin(change);
    else logger.warn('an alert was not sent to the webhook: too many still wait for an answer', {});
  };
}

/** Without the codes of user interfaces. */
function alertBody({
  id,
  when,
  message,
  about,
  since,
}: AlertChange['alert']): Omit<AlertChange['alert'], 'told'> {
  return { id, when, message, about, since };
}
