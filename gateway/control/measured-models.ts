/** How each model of each provider did lately, by the figures of the log. */
import type { MeasuredModel, MeasuredModels } from '../../contract/rpc/procedures/models.ts';
import type { StatisticsQuery } from '../../contract/log/statistics.ts';
import type { RequestLog } from '../core/log-store.ts';
import type { Clock } from '../core/ports.ts';

/** How far back, ms: seven days. */
const STRETCH = 604_800_000;
/** Names that are told apart: providers, and models of each. */
const MOST = 50;

export async function measuredModels({
  log,
  clock,
}: {
  readonly log: Pick<RequestLog, 'figures'>;
  readonly clock: Pick<Clock, 'wall'>;
}): Promise<MeasuredModels> {
  const now = clock.wall();
  const from = Math.max(0, now - STRETCH);
  // The course in between is not asked for: one bucket.
  const query = { from, bucket: STRETCH, most: MOST, compare: false } satisfies StatisticsQuery;
  const { groups: providers } = await log.figures({ ...query, by: 'provider' }, now);
  const models: MeasuredModel[] = [];
  for (const { name: provider, requests } of providers) {
    // Neither what was refused before a provider was chosen, nor the sum of those beyond the most asked.
    if (provider === null || provider === '' || requests === 0) continue;
    const { groups } = await log.figures({ ...query, by: 'model', only: { provider: [provider] } }, now);
    for (const { name: model, ...figures } of groups) {
      if (model === null || model === '') continue;
      models.push({
        id: `${provider}/${model}`,
        requests: figures.requests,
        succeeded: figures.succeeded,
        firstContent: figures.firstContent?.p50 ?? null,
        duration: figures.duration?.p50 ?? null,
        cost: figures.cost,
      });
    }
  }
  return { from, models };
}
