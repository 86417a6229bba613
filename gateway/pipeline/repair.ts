/** What is sent instead of a body that was refused: without earlier reasoning, or without what its model does not take. */
import { GatewayError } from '../core/errors.ts';
import type { RuntimeKey, RuntimeProvider } from '../core/runtime-provider.ts';
import { refusedParameter, type Failure, type Judgement } from '../routing/outcome.ts';
import type { PlanGroup } from '../routing/plan.ts';
import type { Journey } from './failover.ts';
import { fitParameters, repairRemark, type Fitted } from './parameters.ts';
import type { PipelinePorts } from './ports.ts';
import type { PreparedCall } from './prepare.ts';
import { unlessInterrupted } from './wait.ts';

/** Where the call goes. */
interface Destination {
  readonly group: PlanGroup;
  readonly provider: RuntimeProvider;
  readonly key: RuntimeKey;
}

/** Each costs a refused call and no tokens; more than this many hints at once no known client sends to a wrong model. */
const MOST_REPAIRS = 6;

/** The repairs of one body: each leaves out something else. */
export interface Repairs {
  /** The call again, repaired; null where there is nothing to repair, or it has been tried. */
  readonly next: (call: PreparedCall, failure: Failure, judgement: Judgement) => Promise<Ready>;
}

/** What can be sent; null for nothing; or the client left, or the request was stopped, while it was prepared. */
export type Ready = PreparedCall | null | 'interrupted';

export function createRepairs(to: Destination, journey: Journey, ports: PipelinePorts): Repairs {
  let made = 0;
  let lightened = false;
  const refused = new Set<string>();

  function withoutParameter(call: PreparedCall, failure: Failure): PreparedCall | null {
    const { group, provider } = to;
    if (failure.kind !== 'answer' || !provider.repairsParameters) return null;
    const repair = refusedParameter(failure.error);
    if (repair === undefined) return null;
    const fit = fitParameters(call, [repair]);
    if (fit.made.length === 0) return null;
    ports.refused.learn(provider.id, group.model, repair);
    refused.add(repair.parameter);
    // Neither name of a limit is taken.
    if (repair.kind === 'rename' && refused.has(repair.to)) return null;
    return told(fit, group, provider, journey);
  }

  return {
    async next(call, failure, judgement) {
      const byParameter = judgement.reason === 'parameter_unsupported';
      if (!byParameter && lightened) return null;
      const next = byParameter
        ? withoutParameter(call, failure)
        : await readyCall(to.group, to.provider, to.key, true, journey, ports);
      if (next === 'interrupted') return next;
      if (next === null || made >= MOST_REPAIRS) return null;
      made += 1;
      lightened ||= !byParameter;
      return next;
    },
  };
}

/**
 * What is sent first, without what is known to be refused; or, as a repair, without the reasoning of earlier turns.
 * Null where this target cannot be asked, or nothing can be left out; the reason is kept.
 */
export async function readyCall(
  group: PlanGroup,
  provider: RuntimeProvider,
  key: RuntimeKey,
  repair: boolean,
  journey: Journey,
  ports: PipelinePorts,
): Promise<Ready> {
  const call = await prepared(group, provider, key, repair, journey);
  if (call === null || call === 'interrupted' || !provider.repairsParameters) return call;
  const known = ports.refused.of(provider.id, group.model);
  return known.length === 0 ? call : told(fitParameters(call, known), group, provider, journey);
}

/** What is left out stands in the row. */
function told(
  { call, made }: Fitted,
  { model }: PlanGroup,
  provider: RuntimeProvider,
  { warn }: Journey,
): PreparedCall {
  for (const repair of made) warn(repairRemark(provider.id, model, repair));
  return call;
}

async function prepared(
  group: PlanGroup,
  provider: RuntimeProvider,
  key: RuntimeKey,
  repair: boolean,
  journey: Journey,
): Promise<Ready> {
  try {
    const call = journey.prepare(group, provider, key, repair);
    return call instanceof Promise ? await unlessInterrupted(journey.relay, journey.stop, call) : call;
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    journey.refused = error;
    return null;
  }
}
