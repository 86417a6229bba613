/** How the control plane answers over HTTP: the result as JSON, its status from the error's code, never cached. */
import type { Context } from 'koa';
import type { RpcErrorCode, RpcResult } from '../../contract/rpc/errors.ts';

const STATUS: Readonly<Record<RpcErrorCode, number>> = {
  invalid_input: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  locked: 423,
  internal: 500,
  unavailable: 503,
};

/** HTTP status of a result. */
export function statusOf(result: RpcResult<unknown>): number {
  return result.ok ? 200 : STATUS[result.error.code];
}

/** Answers with `{ok: true, data}` or `{ok: false, error: {code, message, field?}}`. */
export function answer(ctx: Context, result: RpcResult<unknown>, status = statusOf(result)): void {
  answerJson(ctx, status, result);
}

/** Answers with any JSON; for the source documents' own shapes. */
export function answerJson(ctx: Context, status: number, value: unknown): void {
  ctx.status = status;
  ctx.set('cache-control', 'no-store');
  ctx.set('x-content-type-options', 'nosniff');
  ctx.type = 'application/json';
  ctx.body = JSON.stringify(value);
}

/** A failed result in one line. */
export function failure(code: RpcErrorCode, message: string, field?: string): RpcResult<never> {
  return { ok: false, error: { code, message, ...(field === undefined ? {} : { field }) } };
}
