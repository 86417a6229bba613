/** `GET /users/me/balance`: what may still be spent; nothing is answered where it is used up. */
import type { KeyAccount } from '../../../core/provider.ts';
import { isObject } from '../../../core/json.ts';

/** @returns undefined when it is not such an answer */
export function readBalance(answer: unknown): KeyAccount | undefined {
  const data = isObject(answer) ? answer['data'] : undefined;
  const left = isObject(data) ? data['available_balance'] : undefined;
  return typeof left === 'number'
    ? {
        exhausted: left <= 0,
        message: `available_balance ${left}`,
        left: { name: 'credit', limit: null, remaining: left },
      }
    : undefined;
}
