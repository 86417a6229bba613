/** Settings of a request that a chat of the playground has, and the names of those it has not. Pure. */
import { remark } from '../../contract/rpc/remarks/remark.ts';
import { chatParameters, type ChatParameters } from '../../contract/rpc/procedures/playground.ts';
import type { Settings, Warn } from '../core/canonical/request.ts';

export function readSettings(settings: Settings, leave: Warn): ChatParameters {
  const { reasoning, stop } = settings;
  const effort = reasoning?.effort ?? null;
  const wanted: Readonly<Record<keyof ChatParameters, unknown>> = {
    temperature: settings.temperature,
    topP: settings.topP,
    maxTokens: settings.maxTokens,
    frequencyPenalty: settings.frequencyPenalty,
    presencePenalty: settings.presencePenalty,
    seed: settings.seed,
    stop: stop.length === 0 ? null : stop.filter((text) => text !== ''),
    reasoningEffort: effort === 'max' ? 'xhigh' : effort,
  };
  const given = Object.entries(wanted).filter(([, value]) => value !== null);
  // One at a time: a value beyond what is allowed here does not take the others with it.
  const taken = given.filter(([name, value]) => {
    const fits = chatParameters.safeParse({ [name]: value }).success;
    if (!fits) leave(remark('chat-value', { name, value: JSON.stringify(value) }));
    return fits;
  });
  if (settings.topK !== null) leave(remark('chat-setting', { name: 'top_k' }));
  if (settings.candidates !== null && settings.candidates !== 1) leave(remark('chat-candidates'));
  if (settings.verbosity !== null) leave(remark('chat-setting', { name: 'verbosity' }));
  if (reasoning !== null && effort === null) leave(remark('chat-reasoning-budget'));
  return chatParameters.parse(Object.fromEntries(taken));
}
