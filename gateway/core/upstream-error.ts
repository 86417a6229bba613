import type { Told } from '../../contract/rpc/connect-sayings.ts';
import { remark } from '../../contract/rpc/remarks/remark.ts';

/** An error as an upstream told it, whatever its shape was. Texts are bounded, not yet redacted. */
export interface UpstreamError {
  readonly status: number;
  /** Code or machine-readable reason in the body, empty when there was none. */
  readonly code: string;
  readonly type: string;
  readonly message: string;
  /** Title or beginning of the HTML page that came instead of an error; `message` holds it in a clause of ours. */
  readonly page?: string | undefined;
  /** Further machine-readable details: reasons, quota ids, provider names. Lower-cased keys. */
  readonly details: Readonly<Record<string, string>>;
}

/** @param page empty where it holds no text */
export const saidOfPage = (page: string): Told =>
  page === '' ? remark('html-page-wordless') : remark('html-page', { message: page });

/** What an upstream said: a quotation, or in words of ours what came instead of any. */
export function saidBy({ status, message, page }: UpstreamError): Told {
  if (page !== undefined) return saidOfPage(page);
  return message === '' ? remark('upstream-status', { status }) : remark('upstream-words', { message });
}
