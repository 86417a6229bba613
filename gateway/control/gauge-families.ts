/** The state of this moment as measurements for `/metrics`. Pure. */
import type { GatewayStatus } from '../../contract/rpc/procedures/gateway.ts';
import type { ProviderView } from '../../contract/rpc/procedures/providers.ts';
import type { Family } from '../core/exposition.ts';

/** What the process uses; read by whoever asks. */
export interface ProcessFacts {
  readonly residentBytes: number;
  readonly heapBytes: number;
  /** Seconds of processor time, user and system together. */
  readonly cpuSeconds: number;
  /** Share of the time since the start in which the event loop was busy, 0 to 1. */
  readonly eventLoopShare: number;
}

export function gaugeFamilies(
  status: GatewayStatus,
  providers: readonly ProviderView[],
  facts: ProcessFacts,
): readonly Family[] {
  const gauge = (name: string, help: string, value: number): Family => ({
    name,
    help,
    type: 'gauge',
    samples: [{ labels: {}, value }],
  });
  const counter = (name: string, help: string, value: number): Family => ({
    ...gauge(name, help, value),
    type: 'counter',
  });
  return [
    {
      ...gauge('switchyard_info', 'Always 1; the version stands in the label.', 1),
      samples: [{ labels: { version: status.version }, value: 1 }],
    },
    gauge('switchyard_requests_in_flight', 'Requests under way.', status.inFlight),
    {
      ...gauge('switchyard_keys', 'Keys of a provider by state.', 0),
      samples: providers.flatMap(({ id, keys }) =>
        [...countBy(keys.map(({ state }) => state))].map(([state, value]) => ({
          labels: { provider: id, state },
          value,
        })),
      ),
    },
    {
      ...gauge('switchyard_cooldowns', 'Cool-downs in force, of keys and of single models.', 0),
      samples: providers.map(({ id, keys }) => ({
        labels: { provider: id },
        value: keys.reduce((sum, key) => sum + Number(key.coolingFor > 0) + key.models.length, 0),
      })),
    },
    gauge('switchyard_log_queue_rows', 'Rows that wait to be written to the log.', status.log.queued),
    counter('switchyard_log_dropped_rows_total', 'Rows the log had to drop.', status.log.droppedRows),
    counter('switchyard_log_dropped_bodies_total', 'Bodies the log had to drop.', status.log.droppedBodies),
    gauge('process_start_time_seconds', 'Unix time of the start.', status.startedAt / 1_000),
    counter('process_cpu_seconds_total', 'Processor time used.', facts.cpuSeconds),
    gauge('process_resident_memory_bytes', 'Resident memory.', facts.residentBytes),
    gauge('nodejs_heap_used_bytes', 'Heap in use.', facts.heapBytes),
    gauge(
      'nodejs_eventloop_utilization',
      'Share of the time since the start in which the event loop was busy.',
      facts.eventLoopShare,
    ),
  ];
}

function countBy(values: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
