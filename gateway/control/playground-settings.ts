/** Settings of a request that a chat of the playground has, and the names of those it has not. Pure. */
import { chatParameters, type ChatParameters } from '../../contract/rpc/procedures/playground.ts';
import type { Settings } from '../core/canonical/request.ts';

export function readSettings(settings: Settings, leave: (what: string) => void): ChatParameters {
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
    if (!fits) leave(`${name} ${JSON.stringify(value)}`);
    return fits;
  });
  for (const [name, value] of othersOf(settings)) if (value !== null) leave(name);
  if (reasoning !== null && effort === null) leave('the budget for reasoning');
  return chatParameters.parse(Object.fromEntries(taken));
}

const othersOf = (settings: Settings): readonly (readonly [string, unknown])[] => [
  ['top_k', settings.topK],
  ['the number of answers', settings.candidates === 1 ? null : settings.candidates],
  ['verbosity', settings.verbosity],
];
