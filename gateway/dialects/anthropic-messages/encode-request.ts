/** Writes a request for an upstream of this dialect. */
import { remark } from '../../../contract/rpc/remarks/remark.ts';
import type { CanonicalRequest, Settings, Warn } from '../../core/canonical/request.ts';
import type { Target } from '../../core/dialect.ts';
import type { JsonObject } from '../../core/json.ts';
import { createMarker } from './cache-marks.ts';
import { encodeFormat } from './encode-format.ts';
import { text, type Block, type Writing } from './encode-parts.ts';
import { encodeSampling } from './encode-sampling.ts';
import { planThinking, type Obstacle } from './encode-thinking.ts';
import { calledTools, demand, encodeToolChoice, encodeTools } from './encode-tools.ts';
import {
  continuesWithoutThought,
  encodeInstructions,
  encodeTurns,
  endWithUser,
  type Message,
} from './encode-turns.ts';
import { rulesFor, signsThoughts } from './model-rules.ts';
import { tellUnknownSettings, writeTier } from './other-settings.ts';
import { onceEach } from './warnings.ts';

export function encodeRequest(request: CanonicalRequest, target: Target, warn: Warn): JsonObject {
  const { settings, streamed } = request;
  const writing: Writing = {
    mark: createMarker(request),
    warn: onceEach(warn),
    signs: signsThoughts(target),
  };
  const tell = writing.warn;
  const rules = rulesFor(target);
  tellUnknownSettings(settings, tell);

  // In the order of the prefix, for the marks of the cache are counted.
  const offered = encodeTools(request.tools, settings.toolChoice, rules, writing.mark, tell);
  const { format, instruction } = encodeFormat(settings.format, rules, tell);
  const system = [...encodeInstructions(request.system, writing), ...text(instruction)];
  const turns = encodeTurns(request.turns, rules, writing);

  const tools = offered.length === 0 ? calledTools(turns) : offered;
  const plan = planThinking(settings, target, rules, obstacleOf(settings, turns), tell);
  const thinks = plan.thinking !== null && plan.thinking['type'] !== 'disabled';
  const messages = endWithUser(turns, rules.prefill && !thinks, writing);
  const choice = offered.length === 0 ? { type: 'none' } : encodeToolChoice(settings, rules, tell);
  const config = {
    ...(plan.effort === null ? {} : { effort: plan.effort }),
    ...(format === null ? {} : { format }),
  };
  const tier = writeTier(settings.serviceTier, tell);
  const stop = settings.stop.filter((sequence) => sequence.trim() !== '');
  if (stop.length < settings.stop.length) tell(remark('blank-stops'));

  return {
    model: target.model,
    max_tokens: plan.maxTokens,
    ...conversation(system, messages, tell),
    ...(tools.length === 0 ? {} : { tools }),
    ...(tools.length === 0 || choice === null ? {} : { tool_choice: choice }),
    ...(plan.thinking === null ? {} : { thinking: plan.thinking }),
    ...(Object.keys(config).length === 0 ? {} : { output_config: config }),
    ...encodeSampling(settings, rules, thinks, tell),
    ...(stop.length === 0 ? {} : { stop_sequences: stop }),
    ...(settings.user === null ? {} : { metadata: { user_id: settings.user } }),
    ...(tier === null ? {} : { service_tier: tier }),
    ...(streamed ? { stream: true } : {}),
  };
}

/** Instructions alone are no conversation here, so they are what the user says. */
function conversation(system: readonly Block[], messages: readonly Message[], warn: Warn): JsonObject {
  if (messages.length > 0) return { ...(system.length === 0 ? {} : { system: shortened(system) }), messages };
  warn(remark('instructions-alone', { provider: 'Anthropic' }));
  return { messages: system.length === 0 ? [] : [{ role: 'user', content: system }] };
}

/** One plain block is written as a text, which every compatible server reads. */
function shortened(system: readonly Block[]): unknown {
  const [first] = system;
  return system.length === 1 && first?.['cache_control'] === undefined ? first?.['text'] : system;
}

/** Thinking with a budget is refused in these cases. */
function obstacleOf({ toolChoice }: Settings, messages: readonly Message[]): Obstacle {
  if (demand(toolChoice) !== null) return remark('tool-demanded');
  return continuesWithoutThought(messages) ? remark('thoughts-gone') : null;
}
