/** Calls of the control plane: name and input checked, errors turned into data. */
import type { ZodMiniType } from 'zod/mini';
import type { Call, HandlersOf, Procedure } from '../../contract/rpc/define.ts';
import { refusal, RpcError, type RpcResult } from '../../contract/rpc/errors.ts';
import { issueSayings } from '../config/issue-sayings.ts';
import type { Logger } from '../core/ports.ts';
import { refused } from '../core/refusals.ts';

/** For callers that do not listen: nothing is told, nothing is taken back. */
const SILENT: Call<unknown> = { cancelled: false, onCancel: () => undefined, tell: () => undefined };

/**
 * @param procedures what can be called; each name has its handler
 * @param redact takes secrets out of what is logged
 * @returns a function that never rejects
 */
export function createDispatch<
  Table extends Readonly<Record<string, Procedure<ZodMiniType, unknown, unknown>>>,
>(
  procedures: Table,
  handlers: HandlersOf<Table>,
  logger: Logger,
  redact: (text: string) => string,
): (name: string, input: unknown, caller?: Call<unknown>) => Promise<RpcResult<unknown>> {
  // One handler's input type cannot be told from another's by a name known only at run time; the schema
  // of the same name has just produced the value, which is what makes this map sound.
  const untyped: Readonly<Record<string, (input: never, call: Call<unknown>) => Promise<unknown>>> = handlers;

  return async (name, input, caller = SILENT) => {
    const procedure = Object.hasOwn(procedures, name) ? procedures[name] : undefined;
    if (procedure === undefined) {
      return failure(refused('no-procedure', { name: JSON.stringify(name.slice(0, 80)) }));
    }
    const sayings = issueSayings();
    const parsed = procedure.input.safeParse(input ?? {}, { error: sayings.error });
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      const field = issue?.path.map(String).join('.') ?? '';
      const what = sayings.told(issue?.message ?? '');
      return failure(
        field === ''
          ? refusal('invalid_input', what)
          : refused('input-refused', { field, words: what.text }, field, what),
      );
    }
    const handler = untyped[name];
    if (handler === undefined) return failure(refused('no-procedure', { name }));
    try {
      return { ok: true, data: await run(handler, parsed.data, caller) };
    } catch (error) {
      if (error instanceof RpcError) return failure(error);
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      logger.error('a procedure failed', { procedure: name, error: redact(text) });
      return failure(refused('failed'));
    }
  };
}

async function run(
  handler: (input: never, call: Call<unknown>) => Promise<unknown>,
  input: unknown,
  caller: Call<unknown>,
): Promise<unknown> {
  const result: unknown = await Reflect.apply(handler, undefined, [input, caller]);
  return result;
}

function failure({ code, message, field, told }: RpcError): RpcResult<never> {
  return {
    ok: false,
    error: { code, message, ...(field ? { field } : {}), ...(told === undefined ? {} : { told }) },
  };
}
