/** What OpenAI's own models take and refuse, told by their names wherever they are served. */
import type { Effort } from '../../core/canonical/request.ts';
import type { Target } from '../../core/dialect.ts';
import { nearestEffort } from '../../core/effort.ts';

/** OpenAI itself, and Azure, which checks requests in the same way. */
export const isOpenAi = ({ provider }: Target): boolean =>
  provider === 'openai' || provider === 'azure-openai';

/** OpenRouter takes all settings and leaves out what a model does not know. */
export const isOpenRouter = ({ provider }: Target): boolean => provider === 'openrouter';

/** `openai/gpt-5-mini` is `gpt-5-mini`. */
const bareName = ({ model }: Target): string => model.slice(model.lastIndexOf('/') + 1).toLowerCase();

/** The o series and GPT-5 with what follows it; their chat variants do not reason. */
export function isReasoningModel(target: Target): boolean {
  const name = bareName(target);
  return /^(?:o[1-9]|gpt-(?:[5-9]|\d\d))(?![a-z0-9])/.test(name) && !/-chat(?:-|$)/.test(name);
}

/** Version behind `gpt-`, as 5.4; 0 for everything else. */
function versionOf(target: Target): number {
  return Number(/^gpt-(\d+(?:\.\d+)?)/.exec(bareName(target))?.[1] ?? 0);
}

const isOldReasoner = (target: Target): boolean => /^o[1-9]/.test(bareName(target));

/**
 * Reasoning models answer 400 to `temperature`, `top_p` and penalties; from GPT-5.1 on the first two are taken
 * while no effort is made.
 */
export function takesSampling(target: Target, effort: Effort | null): boolean {
  if (!isReasoningModel(target) || isOpenRouter(target)) return true;
  return versionOf(target) > 5 && effort === 'none';
}

export const takesStop = (target: Target): boolean => !isReasoningModel(target) || isOpenRouter(target);

export const takesParallelSwitch = (target: Target): boolean =>
  target.chat.parallelToolCalls && !isOldReasoner(target);

export const takesVerbosity = (target: Target): boolean => versionOf(target) >= 5;

/** Newer models want tools with an effort on Responses only ("Please use /v1/responses instead"). */
export const takesEffortWithTools = (target: Target): boolean => versionOf(target) < 5.4 || !isOpenAi(target);

/** Levels an OpenAI model takes, from least to most. */
function levelsOf(target: Target): readonly string[] {
  const version = versionOf(target);
  if (version < 5) return ['low', 'medium', 'high'];
  if (version === 5) return ['minimal', 'low', 'medium', 'high'];
  const most = version >= 5.2 || /codex-max/.test(bareName(target)) ? ['xhigh'] : [];
  return ['none', 'low', 'medium', 'high', ...most];
}

/**
 * The nearest effort that the model takes; of one that cannot but think, the least. What others than OpenAI's own
 * models take is the business of their providers.
 */
export function fittingEffort(effort: Effort, target: Target): string | undefined {
  if (!isReasoningModel(target) || isOpenRouter(target)) return effort;
  const levels = levelsOf(target);
  return nearestEffort(effort, levels) ?? levels[0];
}
