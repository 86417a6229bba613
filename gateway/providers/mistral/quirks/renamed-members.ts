/** Members that Mistral knows by other names. */
import type { JsonObject } from '../../../core/json.ts';
import type { Quirk } from '../../../core/provider.ts';

const NAMES: Readonly<Record<string, string>> = { seed: 'random_seed', max_completion_tokens: 'max_tokens' };

export const renamedMembers: Quirk = {
  reason: 'Mistral calls the seed `random_seed`, knows only `max_tokens`, and answers 422 to other names.',
  dialect: 'openai-chat',
  relayedWith: ['"seed"', '"max_completion_tokens"'],
  request: (body) => Object.keys(NAMES).reduce(renamed, body),
};

function renamed(body: JsonObject, name: string): JsonObject {
  const { [name]: value, ...rest } = body;
  const ours = NAMES[name];
  if (value === undefined || ours === undefined) return body;
  // Who gives both means the one that Mistral knows.
  return ours in rest ? rest : { ...rest, [ours]: value };
}
