/** How much a model is to think: effort, level and budget in terms of each other. */
import { remark } from '../../../contract/rpc/remarks/remark.ts';
import type { Effort, ReasoningWish, Warn } from '../../core/canonical/request.ts';
import { nearestEffort } from '../../core/effort.ts';
import type { JsonObject } from '../../core/json.ts';
import { generationOf } from './generation.ts';

/** Tokens; low to high as Google's own OpenAI-compatible endpoint maps them. */
const BUDGETS: Readonly<Record<Effort, number>> = {
  none: 0,
  minimal: 512,
  low: 1_024,
  medium: 8_192,
  high: 24_576,
  xhigh: 32_768,
  max: 32_768,
};

/** What a `thinkingConfig` of a model is for a wish; undefined where there is nothing to say. */
export function writeThinking(
  { effort, budget, visible }: ReasoningWish,
  model: string,
  warn: Warn,
): JsonObject | undefined {
  const { thinking } = generationOf(model);
  const wanted = effort !== null || budget !== null;
  if (thinking === 'none') {
    if (wanted && effort !== 'none') warn(remark('no-thinker', { model }));
    return undefined;
  }
  const config = {
    ...(wanted && thinking === 'level' ? levelOf(effort ?? effortOf(budget ?? 0), model, warn) : {}),
    ...(wanted && thinking === 'budget' ? budgetOf(budget ?? BUDGETS[effort ?? 'medium'], model, warn) : {}),
    ...(visible === true && effort !== 'none' ? { includeThoughts: true } : {}),
  };
  return Object.keys(config).length === 0 ? undefined : config;
}

/** The effort a budget stands for: the smallest whose own budget is not below it. */
export function effortOf(budget: number): Effort {
  if (budget === 0) return 'none';
  const efforts = ['low', 'medium', 'high'] as const;
  return efforts.find((effort) => budget <= BUDGETS[effort]) ?? 'high';
}

/** Pro models and the flash models from 3.7 on think at least a little. */
function levelOf(effort: Effort, model: string, warn: Warn): JsonObject {
  const known = thinksAlways(model) ? ['low', 'medium', 'high'] : ['minimal', 'low', 'medium', 'high'];
  const level = nearestEffort(effort === 'none' ? 'minimal' : effort, known) ?? 'high';
  if (effort === 'none') warn(remark('thinks-anyway', { model }));
  return { thinkingLevel: level.toUpperCase() };
}

function thinksAlways(model: string): boolean {
  if (/-pro(?:-|$)|gemini-flash-latest/.test(model)) return true;
  const [, major = '0', minor = '0'] = /gemini-(\d+)(?:\.(\d+))?-flash(?!-lite)/.exec(model) ?? [];
  return Number(major) > 3 || (Number(major) === 3 && Number(minor) >= 7);
}

/** The bounds of each model of 2.5 [ai.google.dev/gemini-api/docs/thinking]. */
function budgetOf(wanted: number, model: string, warn: Warn): JsonObject {
  const pro = /2\.5-pro/.test(model);
  const lite = /2\.5-flash-lite/.test(model);
  const [least, most] = pro ? [128, 32_768] : [lite ? 512 : 1, 24_576];
  if (wanted === 0 && !pro) return { thinkingBudget: 0 };
  if (wanted === 0) warn(remark('thinks-anyway', { model }));
  return { thinkingBudget: Math.min(most, Math.max(least, wanted)) };
}
