/** Errors of the control plane, alike over every transport. */
import type { Told } from './connect-sayings.ts';

export const RPC_ERROR_CODES = [
  'invalid_input',
  'not_found',
  'conflict',
  'unauthenticated',
  'forbidden',
  'locked',
  'unavailable',
  'internal',
] as const;
export type RpcErrorCode = (typeof RPC_ERROR_CODES)[number];

/** What a failed call tells: a stable code, a sentence for a person, and the field at fault if there is one. */
export interface RpcFailure {
  readonly code: RpcErrorCode;
  readonly message: string;
  readonly field?: string | undefined;
  /** The sentence as data, where user interfaces have words for it in each language. */
  readonly told?: Told | undefined;
}

/** What every call answers; errors cross process borders as data. */
export type RpcResult<T> =
  { readonly ok: true; readonly data: T } | { readonly ok: false; readonly error: RpcFailure };

/** Thrown by handlers and by clients of the control plane. */
export class RpcError extends Error {
  readonly code: RpcErrorCode;
  readonly field: string | undefined;
  readonly told: Told | undefined;

  constructor(code: RpcErrorCode, message: string, field?: string, told?: Told) {
    super(message);
    this.name = 'RpcError';
    this.code = code;
    this.field = field;
    this.told = told;
  }
}

/** A refusal that is told as data. */
export const refusal = (code: RpcErrorCode, told: Told, field?: string): RpcError =>
  new RpcError(code, told.text, field, told);

/** The other way round, for clients. */
export const errorOf = ({ code, message, field, told }: RpcFailure): RpcError =>
  new RpcError(code, message, field, told);
