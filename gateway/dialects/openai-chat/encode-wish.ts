/** How much the model should think, in the words of its server. */
import { remark } from '../../../contract/rpc/remarks/remark.ts';
import type { CanonicalRequest, Effort, ReasoningWish, Warn } from '../../core/canonical/request.ts';
import type { Target } from '../../core/dialect.ts';
import type { JsonObject } from '../../core/json.ts';
import { isOpenAi, isReasoningModel, fittingEffort, takesEffortWithTools } from './model-rules.ts';

/** Budgets up to so many tokens are of that effort; beyond the last it is high. */
const EFFORT_OF_BUDGET: readonly (readonly [most: number, effort: Effort])[] = [
  [0, 'none'],
  [2_048, 'low'],
  [8_192, 'medium'],
];

/** Null: the client did not say how much. */
export function effortOf(wish: ReasoningWish | null): Effort | null {
  if (wish === null || wish.effort !== null || wish.budget === null) return wish?.effort ?? null;
  const { budget } = wish;
  return EFFORT_OF_BUDGET.find(([most]) => budget <= most)?.[1] ?? 'high';
}

export function encodeWish({ settings, tools }: CanonicalRequest, target: Target, warn: Warn): JsonObject {
  const { reasoning: wish } = settings;
  const effort = effortOf(wish);
  switch (target.chat.reasoningWish) {
    case 'reasoning_effort':
      return effort === null ? {} : effortMember(effort, tools.length > 0, target, warn);
    case 'reasoning':
      return wish === null ? {} : openRouterWish(wish);
    case 'thinking':
      return effort === null ? {} : { thinking: { type: effort === 'none' ? 'disabled' : 'enabled' } };
    case 'enable_thinking':
      return effort === null ? {} : { enable_thinking: effort !== 'none', ...budgetOf(wish) };
    case 'none':
      if (effort !== null && effort !== 'none') {
        warn(remark('effort-untold', { provider: target.name }));
      }
      return {};
  }
}

function effortMember(effort: Effort, withTools: boolean, target: Target, warn: Warn): JsonObject {
  if (!isKnownToReason(effort, target)) {
    if (effort !== 'none') warn(remark('no-reasoner', { model: target.model }));
    return {};
  }
  const nearest = fittingEffort(effort, target);
  if (withTools && nearest !== 'none' && !takesEffortWithTools(target)) {
    warn(remark('effort-with-tools', { model: target.model }));
    return {};
  }
  if (nearest !== effort) {
    const { model } = target;
    warn(
      nearest === undefined
        ? remark('effort-default', { effort, model })
        : remark('effort-replaced', { effort, model, used: nearest }),
    );
  }
  return { reasoning_effort: nearest };
}

/**
 * Models that do not reason refuse the member. Of those nobody knows anything about, a wish for thoughts is tried;
 * one for none is not, as there is nothing to win.
 */
function isKnownToReason(effort: Effort, target: Target): boolean {
  const { capabilities } = target.facts;
  if (isReasoningModel(target)) return true;
  if (Array.isArray(capabilities)) return capabilities.includes('reasoning');
  if (isOpenAi(target)) return false;
  return target.provider !== 'custom' || effort !== 'none';
}

function openRouterWish({ effort, budget, visible }: ReasoningWish): JsonObject {
  const hidden = visible === false ? { exclude: true } : {};
  if (effort === 'none' || budget === 0) return { reasoning: { enabled: false } };
  if (budget !== null) return { reasoning: { max_tokens: budget, ...hidden } };
  if (effort !== null) return { reasoning: { effort, ...hidden } };
  return visible === null ? {} : { reasoning: visible ? { enabled: true } : hidden };
}

const budgetOf = (wish: ReasoningWish | null): JsonObject =>
  wish?.budget === null || wish?.budget === undefined || wish.budget === 0
    ? {}
    : { thinking_budget: wish.budget };
