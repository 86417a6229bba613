/** What a request is called by: the model it asked for, and what served it where that is another. Pure. */
import type { RequestSummary } from '../../../contract/log/row.ts';
import { NONE } from '../../shared/utils/format.ts';

/** @example `fast → openai/gpt-5-mini` */
export function titleOf({
  modelAsked,
  modelServed,
  provider,
}: Pick<RequestSummary, 'modelAsked' | 'modelServed' | 'provider'>): string {
  if (modelServed === null) return modelAsked ?? NONE;
  const served = provider === null ? modelServed : `${provider}/${modelServed}`;
  if (modelAsked === null || modelAsked === served || modelAsked === modelServed) return served;
  return `${modelAsked} → ${served}`;
}
