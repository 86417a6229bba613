/** Writes how much a model may think and how much it may write, in the words its generation knows. */
import type { Told } from '../../../contract/rpc/connect-sayings.ts';
import { remark } from '../../../contract/rpc/remarks/remark.ts';
import type { Effort, ReasoningWish, Settings, Warn } from '../../core/canonical/request.ts';
import type { Target } from '../../core/dialect.ts';
import type { JsonObject } from '../../core/json.ts';
import type { ModelRules } from './model-rules.ts';

/** Tokens an answer may have where neither the client nor the catalogue says anything. */
const USUAL_ANSWER = 8_192;
/** The API's own least. */
const LEAST_BUDGET = 1_024;
/** Shares are taken of no more than this; the API asks for batches above. */
const LARGEST_BASE = 32_000;
/** Visible answer that must fit beside a budget. */
const LEAST_ANSWER = 1_024;

/** Part of the answer's tokens that may be thoughts; the shares OpenRouter publishes. */
const SHARES: Readonly<Record<Exclude<Effort, 'none'>, number>> = {
  minimal: 0.1,
  low: 0.2,
  medium: 0.5,
  high: 0.8,
  xhigh: 0.95,
  max: 0.95,
};

export interface ThinkingPlan {
  readonly maxTokens: number;
  /** The `thinking` member; null: it is not sent. */
  readonly thinking: JsonObject | null;
  /** `output_config.effort`; null: it is not sent. */
  readonly effort: string | null;
}

/** What stands against thinking with a budget in this request; null where nothing does. */
export type Obstacle = Told | null;

export function planThinking(
  settings: Settings,
  target: Target,
  rules: ModelRules,
  obstacle: Obstacle,
  warn: Warn,
): ThinkingPlan {
  const most = target.facts.maxOutputTokens ?? rules.maxOutput;
  const asked = limit(settings.maxTokens, most, warn);
  const plain: ThinkingPlan = { maxTokens: asked ?? most ?? USUAL_ANSWER, thinking: null, effort: null };
  const wish = settings.reasoning;
  if (wish === null || !asksToThink(wish)) return plain;
  if (rules.thinking === 'none') {
    if (wish.effort !== 'none') warn(remark('cannot-think'));
    return plain;
  }
  if (wish.effort === 'none') return { ...plain, ...thinkingOff(rules, warn) };
  const byBudget = rules.thinking === 'budget' || (rules.thinking === 'both' && wish.budget !== null);
  if (!byBudget) return { ...plain, ...thinkingAdaptive(wish, rules, warn) };
  if (obstacle !== null) {
    warn(obstacle);
    return plain;
  }
  return { ...plain, ...thinkingByBudget(wish, asked, most, rules, warn) };
}

/** Members that say nothing, and a wish not to see thoughts, turn nothing on: the model would not think without them. */
function asksToThink({ effort, budget, visible, thinks }: ReasoningWish): boolean {
  return effort !== null || budget !== null || visible === true || thinks === true;
}

function limit(asked: number | null, most: number | null, warn: Warn): number | null {
  if (asked === null || most === null || asked <= most) return asked;
  warn(remark('limit-lowered', { most, asked }));
  return most;
}

function thinkingOff(
  { thinkingOff: off }: ModelRules,
  warn: Warn,
): Pick<ThinkingPlan, 'thinking' | 'effort'> {
  if (off === 'yes') return { thinking: { type: 'disabled' }, effort: null };
  if (off === 'between-tools') return { thinking: { type: 'between_tools' }, effort: null };
  warn(remark('always-thinks'));
  return { thinking: null, effort: 'low' };
}

function thinkingAdaptive(
  wish: ReasoningWish,
  rules: ModelRules,
  warn: Warn,
): Pick<ThinkingPlan, 'thinking' | 'effort'> {
  const { budget } = wish;
  const effort = wish.effort ?? (budget === null ? null : effortOf(budget));
  if (wish.effort === null && budget !== null && effort !== null) {
    warn(remark('budget-as-effort', { budget, effort }));
  }
  return {
    thinking: { type: 'adaptive', ...display(wish, rules) },
    effort: effort === null ? null : effortWord(effort, rules, warn),
  };
}

const effortOf = (budget: number): Effort => (budget <= 4_096 ? 'low' : budget <= 16_384 ? 'medium' : 'high');

function effortWord(effort: Effort, { xhigh }: ModelRules, warn: Warn): string {
  if (effort === 'minimal') return 'low';
  if (effort !== 'xhigh' || xhigh) return effort;
  warn(remark('effort-xhigh'));
  return 'high';
}

/** The budget must leave room for the answer, so the limit grows where it is too small. */
function thinkingByBudget(
  wish: ReasoningWish,
  asked: number | null,
  most: number | null,
  rules: ModelRules,
  warn: Warn,
): Partial<ThinkingPlan> {
  const base = Math.min(asked ?? most ?? USUAL_ANSWER, LARGEST_BASE);
  const share = SHARES[wish.effort === null || wish.effort === 'none' ? 'medium' : wish.effort];
  const wanted = Math.max(LEAST_BUDGET, wish.budget ?? Math.floor(base * share));
  const answer = Math.max(1, asked ?? LEAST_ANSWER);
  const room = (asked ?? most ?? USUAL_ANSWER) - wanted;
  const enough = room >= Math.min(answer, LEAST_ANSWER);
  const needed = enough ? wanted + room : wanted + answer;
  const maxTokens = most === null ? needed : Math.min(needed, most);
  const budget = Math.min(wanted, maxTokens - Math.min(answer, LEAST_ANSWER));
  if (budget < LEAST_BUDGET) {
    warn(remark('no-room-to-think'));
    return {};
  }
  return { maxTokens, thinking: { type: 'enabled', budget_tokens: budget, ...display(wish, rules) } };
}

function display({ visible }: ReasoningWish, rules: ModelRules): JsonObject {
  if (visible === null || !rules.display) return {};
  return { display: visible ? 'summarized' : 'omitted' };
}
