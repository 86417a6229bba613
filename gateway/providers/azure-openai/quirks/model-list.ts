/** `GET /models`: what the resource could deploy. It names no deployment, but only a good key may read it. */
import { isArray, isObject } from '../../../core/json.ts';
import type { KeyAccount } from '../../../core/provider.ts';

/** @returns undefined when it is not such an answer */
export function readModelList(answer: unknown): KeyAccount | undefined {
  return isObject(answer) && isArray(answer['data']) ? { exhausted: false, message: null } : undefined;
}
