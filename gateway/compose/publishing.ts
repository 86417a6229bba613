/** What user interfaces are told, many changes in one event. */
import type { RequestRow, LiveRow } from '../../contract/log/row.ts';
import type { GatewayStatus } from '../../contract/rpc/procedures/gateway.ts';
import type { ProviderView } from '../../contract/rpc/procedures/providers.ts';
import type { EventHub } from '../control/event-hub.ts';
import { createBatch } from '../control/batch.ts';
import type { Clock } from '../core/ports.ts';
import { liveRowOf, redactLiveRow } from '../core/row-summary.ts';

export interface Publishing {
  /** A row began, changed or ended. */
  readonly row: (row: RequestRow) => void;
  providers(): void;
  models(): void;
  status(): void;
  /** The same at once: for who must know before anything else is asked. */
  statusNow(): void;
  stop(): void;
}

export function createPublishing(
  hub: Pick<EventHub, 'listening' | 'publish'>,
  clock: Clock,
  views: {
    readonly redact: (text: string) => string;
    readonly providers: () => readonly ProviderView[];
    readonly status: () => GatewayStatus;
  },
): Publishing {
  const statusNow = (): void => {
    if (hub.listening) hub.publish({ topic: 'gateway.changed', data: views.status() });
  };
  const rows = createBatch<LiveRow>(clock, (changed) =>
    hub.publish({
      topic: 'requests.changed',
      data: changed.map((row) => redactLiveRow(row, views.redact)),
    }),
  );
  const providers = createBatch<null>(clock, () => {
    if (hub.listening) hub.publish({ topic: 'providers.changed', data: views.providers() });
  });
  const models = createBatch<null>(clock, () => hub.publish({ topic: 'models.changed', data: null }));
  const status = createBatch<null>(clock, statusNow);

  return {
    row(row) {
      if (hub.listening) rows.add(row.id, liveRowOf(row));
    },
    providers: () => providers.add('', null),
    models: () => models.add('', null),
    status: () => status.add('', null),
    statusNow,
    stop() {
      for (const batch of [rows, providers, models, status]) batch.stop();
    },
  };
}
