/** Which parameters a model takes, as far as it is known. Pure. */
import type { ModelView } from '../../../contract/rpc/procedures/models.ts';
import type { ChatParameters } from '../../../contract/rpc/procedures/playground.ts';

export type ParameterName = keyof ChatParameters;

const ALL: readonly ParameterName[] = [
  'temperature',
  'topP',
  'maxTokens',
  'frequencyPenalty',
  'presencePenalty',
  'seed',
  'stop',
  'reasoningEffort',
];
/** Anthropic's Messages API has no field for these, https://docs.anthropic.com/en/api/messages. */
const NOT_OF_ANTHROPIC: ReadonlySet<ParameterName> = new Set(['frequencyPenalty', 'presencePenalty', 'seed']);

/** @param model null for an alias, and for a model that nobody lists: then everything may be tried */
export function acceptedBy(
  model: Pick<ModelView, 'provider' | 'capabilities'> | null,
): ReadonlySet<ParameterName> {
  return new Set(
    ALL.filter((name) => {
      if (model === null) return true;
      if (name === 'reasoningEffort') return model.capabilities?.includes('reasoning') ?? true;
      return model.provider !== 'anthropic' || !NOT_OF_ANTHROPIC.has(name);
    }),
  );
}
