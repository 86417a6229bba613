/** What passes between the app and the helper process that alone speaks to the system's keychain. */
import * as z from 'zod/mini';

const requestSchema = z.strictObject({
  id: z.int(),
  /**
   * `check` tells whether the keychain is open and marked, `mark` puts the mark there. `mark` alone may
   * make the system ask the user to unlock; every other act is refused where the keychain is not open.
   */
  act: z.enum(['check', 'mark', 'get', 'set', 'delete']),
  /** Under which all items of this data folder stand. */
  service: z.string(),
  /** Of the item; empty for `check` and `mark`. */
  name: z.string(),
  /** For `set`, else empty. */
  value: z.string(),
});
export type HelperRequest = z.output<typeof requestSchema>;
export type KeychainAct = Omit<HelperRequest, 'id' | 'service'>;

const answerSchema = z.discriminatedUnion('kind', [
  /** `value` of a `get`; null where there is no such item, and for every other act. */
  z.strictObject({ id: z.int(), kind: z.literal('done'), value: z.nullable(z.string()) }),
  /** The keychain answers and does not hold the mark: nothing of ours was ever in it, or it is another one. */
  z.strictObject({ id: z.int(), kind: z.literal('unmarked') }),
  /** In the words of the system. */
  z.strictObject({ id: z.int(), kind: z.literal('failed'), message: z.string() }),
]);
export type HelperAnswer = z.output<typeof answerSchema>;

/** @returns undefined for what is no request */
export function readRequest(message: unknown): HelperRequest | undefined {
  const parsed = requestSchema.safeParse(message);
  return parsed.success ? parsed.data : undefined;
}

/** @returns undefined for what is no answer */
export function readAnswer(message: unknown): HelperAnswer | undefined {
  const parsed = answerSchema.safeParse(message);
  return parsed.success ? parsed.data : undefined;
}
