/** A model to begin with. Pure. */
import type { ModelView } from '../../../contract/rpc/procedures/models.ts';

/** Lists of providers hold models that do not chat; their names tell. */
const NO_CHAT =
  /embed|whisper|tts|audio|speech|image|dall-e|moderation|realtime|transcribe|rerank|guard|sora|veo/i;

/**
 * @param provider whose models come first
 * @returns names of usable models that chat: the cheapest first where prices are known, then as listed
 */
export function chatModels(models: readonly ModelView[], provider: string | null): readonly string[] {
  const rank = (model: ModelView): number => (model.provider === provider ? 0 : 1);
  const price = ({ price: known }: ModelView): number => known?.output ?? Infinity;
  return models
    .filter(({ usable, model }) => usable && !NO_CHAT.test(model))
    .toSorted((one, other) => rank(one) - rank(other) || compare(price(one), price(other)))
    .map(({ id }) => id);
}

/** Two unknown prices are alike; their difference would be no number. */
const compare = (one: number, other: number): number => (one === other ? 0 : one - other);
