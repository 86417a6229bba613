/** What one attempt teaches for choosing between places later: how long it took. */
import type { PlanGroup } from '../routing/plan.ts';
import type { AttemptEnd } from './attempt-end.ts';
import type { PipelinePorts } from './ports.ts';

/** A failure counts for at least this, ms: an error that comes quickly makes no place a quick one. */
const FAILURE = 10_000;

export function learn(
  end: AttemptEnd,
  group: PlanGroup,
  streamed: boolean,
  { memory }: Pick<PipelinePorts, 'memory'>,
): void {
  const { started, firstContent, done } = end.times;
  if (end.kind === 'failed') {
    // What the request itself was refused for says nothing about the place.
    if (end.status !== null && end.status < 429) return;
    memory.latencies.measured(group, streamed, Math.max(FAILURE, done - started));
    return;
  }
  if (streamed && firstContent !== null) memory.latencies.measured(group, true, firstContent - started);
  if (!streamed && end.kind === 'delivered') memory.latencies.measured(group, false, done - started);
}
