/** Errors whose sentence is data: clients of the API get it in English, pages word it in their own language. */
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import { remark } from '../../contract/rpc/remarks/remark.ts';
import { GatewayError, type ErrorCode } from './errors.ts';

type Options = Omit<NonNullable<ConstructorParameters<typeof GatewayError>[2]>, 'told'>;

/** @param options as `GatewayError` has them */
export const failed = (code: ErrorCode, told: Told, options: Options = {}): GatewayError =>
  new GatewayError(code, told.text, { ...options, told });

/** What an error says, for pages: of one that is not ours in its own words. */
export const toldOfError = (error: unknown): Told => {
  if (error instanceof GatewayError && error.told !== undefined) return error.told;
  return remark('upstream-words', { message: error instanceof Error ? error.message : String(error) });
};
