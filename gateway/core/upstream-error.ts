/** An error as an upstream told it, whatever its shape was. Texts are bounded, not yet redacted. */
export interface UpstreamError {
  readonly status: number;
  /** Code or machine-readable reason in the body, empty when there was none. */
  readonly code: string;
  readonly type: string;
  readonly message: string;
  /** Further machine-readable details: reasons, quota ids, provider names. Lower-cased keys. */
  readonly details: Readonly<Record<string, string>>;
}
