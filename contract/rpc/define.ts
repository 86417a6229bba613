/** How a procedure of the control plane is declared: input checked at run time, output by type. */
import * as z from 'zod/mini';

/** One procedure: the schema of its input, the type of its output and of what it tells on the way. */
export interface Procedure<Input extends z.ZodMiniType = z.ZodMiniType, Output = unknown, Progress = never> {
  readonly input: Input;
  /** Never read; carries the output type. */
  readonly output?: Output;
  /** Never read; carries the type of what the caller hears before the output. */
  readonly progress?: Progress;
}

/** The caller of a running procedure. */
export interface Call<Progress = never> {
  /** True once the caller has taken the call back or has left. */
  readonly cancelled: boolean;
  /** Runs `act` when the caller takes the call back or leaves; at once when it has already. */
  onCancel(act: () => void): void;
  /** Tells the caller, and nobody else, how far it is. Does nothing once the caller has left. */
  tell(progress: Progress): void;
}

/**
 * Declares a procedure. Output is trusted (it comes from our own process), input never is.
 * @example define(z.strictObject({ id: z.string() })).returns<RequestRow>()
 * @example define(chat).tells<ChatPart>().returns<ChatEnd>()
 */
export function define<Input extends z.ZodMiniType>(input: Input) {
  return {
    returns: <Output>(): Procedure<Input, Output> => ({ input }),
    tells: <Progress>() => ({
      returns: <Output>(): Procedure<Input, Output, Progress> => ({ input }),
    }),
  };
}

/** For procedures without input. */
export const nothing = z.strictObject({});

export type InputOf<P> = P extends { readonly input: infer Input extends z.ZodMiniType }
  ? z.output<Input>
  : never;
export type RawInputOf<P> = P extends { readonly input: infer Input extends z.ZodMiniType }
  ? z.input<Input>
  : never;
export type OutputOf<P> = P extends { readonly output?: infer Output } ? Exclude<Output, undefined> : never;
export type ProgressOf<P> = P extends { readonly progress?: infer Progress }
  ? Exclude<Progress, undefined>
  : never;

/** One handler for each procedure of a table; one that tells nothing on the way needs no caller. */
export type HandlersOf<Table> = {
  readonly [Name in keyof Table]: [ProgressOf<Table[Name]>] extends [never]
    ? (input: InputOf<Table[Name]>) => Promise<OutputOf<Table[Name]>>
    : (input: InputOf<Table[Name]>, call: Call<ProgressOf<Table[Name]>>) => Promise<OutputOf<Table[Name]>>;
};
