/** How a procedure of the control plane is declared: input checked at run time, output by type. */
import * as z from 'zod/mini';

/** One procedure: the schema of its input and the type of its output. */
export interface Procedure<Input extends z.ZodMiniType = z.ZodMiniType, Output = unknown> {
  readonly input: Input;
  /** Never read; carries the output type. */
  readonly output?: Output;
}

/**
 * Declares a procedure. Output is trusted (it comes from our own process), input never is.
 * @example define(z.strictObject({ id: z.string() })).returns<RequestRow>()
 */
export function define<Input extends z.ZodMiniType>(input: Input) {
  return { returns: <Output>(): Procedure<Input, Output> => ({ input }) };
}

/** For procedures without input. */
export const nothing = z.strictObject({});

export type InputOf<P> = P extends Procedure<infer Input> ? z.output<Input> : never;
export type RawInputOf<P> = P extends Procedure<infer Input> ? z.input<Input> : never;
export type OutputOf<P> = P extends Procedure<z.ZodMiniType, infer Output> ? Output : never;
