/** What models were found not to take, so that later requests do not pay for finding it out again. */
import type { RefusedParameters } from '../routing/refused-parameters.ts';
import type { ParameterRepair } from '../routing/unsupported-parameter.ts';

/** Models remembered; those asked longest ago go first. */
const MOST = 1_000;
const NONE: readonly ParameterRepair[] = [];

export function createRefusedParameters(): RefusedParameters {
  const known = new Map<string, readonly ParameterRepair[]>();
  return {
    of: (provider, model) => (known.size === 0 ? NONE : (known.get(`${provider}/${model}`) ?? NONE)),
    learn(provider, model, repair) {
      const name = `${provider}/${model}`;
      // A model that takes neither name of a limit must not have it renamed to and fro.
      const before = (known.get(name) ?? NONE).filter(({ parameter }) => parameter !== repair.parameter);
      const others =
        repair.kind === 'rename' ? before.filter(({ parameter }) => parameter !== repair.to) : before;
      known.delete(name);
      known.set(name, [...others, repair]);
      const [oldest] = known.keys();
      if (known.size > MOST && oldest !== undefined) known.delete(oldest);
    },
  };
}
