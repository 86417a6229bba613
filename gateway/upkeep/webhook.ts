/** Tells an address of the user's what began and what is over: one POST of JSON each, tried three times. */
import type { MonitoringConfig } from '../../contract/config/monitoring.ts';
import type { AlertChange } from '../../contract/rpc/procedures/alerts.ts';
import type { Clock, Logger } from '../core/ports.ts';
import type { Upstream } from '../core/upstream.ts';

/** From the call to the head of the answer, ms. */
const PATIENCE = 10_000;
/** Between one try and the next, ms. */
const PAUSES = [1_000, 10_000];
/** So many calls under way or waiting at once; an address that is dead must not collect more. */
const MOST_WAITING = 20;

export interface WebhookPorts {
  readonly upstream: Upstream;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly version: string;
  readonly settings: () => MonitoringConfig['webhook'];
  /** How requests leave, as the configuration has it now. */
  readonly network: () => { readonly proxy: string; readonly noProxy: readonly string[] };
}

/** Follows no redirect: the token goes nowhere but to the address it is for. */
export function createWebhook(ports: WebhookPorts): (change: AlertChange) => void {
  const { clock, logger, settings } = ports;
  let waiting = 0;

  function attempt(change: AlertChange, tries: number): void {
    post(change, (problem) => {
      const pause = PAUSES[tries];
      if (problem === null || pause === undefined) {
        waiting -= 1;
        if (problem !== null)
          logger.warn('an alert could not be delivered to the webhook', { reason: problem });
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
    if (waiting >= MOST_WAITING) {
      logger.warn('an alert was not sent to the webhook: too many still wait for an answer', {});
      return;
    }
    waiting += 1;
    attempt(change, 0);
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
