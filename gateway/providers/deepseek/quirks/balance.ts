/** `GET /user/balance`: DeepSeek tells whether the balance suffices for calls, and how much there is. */
import type { KeyAccount } from '../../../core/provider.ts';

/** @returns undefined when it is not such an answer */
export function readBalance(answer: unknown): KeyAccount | undefined {
  if (typeof answer !== 'object' || answer === null || !('is_available' in answer)) return undefined;
  const balances =
    'balance_infos' in answer && Array.isArray(answer.balance_infos) ? answer.balance_infos : [];
  const words = balances.map(wordsOf).filter((text) => text !== '');
  return {
    exhausted: answer.is_available === false,
    message: words.length === 0 ? null : `total_balance ${words.join(', ')}`,
  };
}

/** `110.00 CNY` */
function wordsOf(info: unknown): string {
  if (typeof info !== 'object' || info === null) return '';
  const total = 'total_balance' in info ? info.total_balance : undefined;
  const currency = 'currency' in info ? info.currency : undefined;
  return typeof total === 'string' && typeof currency === 'string' ? `${total} ${currency}` : '';
}
