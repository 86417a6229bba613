/** Counting tokens with `:countTokens`. */
import type { TokenCounting } from '../../core/dialect.ts';
import { bareModel, modelUrl } from './address.ts';

export const counting: TokenCounting = {
  url: (baseUrl, model) => modelUrl(baseUrl, model, 'countTokens'),
  // Only in this form instructions and tools are counted too; its `model` is required and must be the address's.
  body: (chat, model) => ({ generateContentRequest: { ...chat, model: `models/${bareModel(model)}` } }),
  read({ totalTokens }) {
    return typeof totalTokens === 'number' && Number.isInteger(totalTokens) ? totalTokens : undefined;
  },
};
