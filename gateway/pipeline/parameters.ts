/** A call without the parameters that its model does not take. What may go: `routing/unsupported-parameter.ts`. Pure. */
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import { remark } from '../../contract/rpc/remarks/remark.ts';
import { decodeText, isObject, parseArguments, type JsonObject } from '../core/json.ts';
import { plainName, type ParameterRepair } from '../routing/unsupported-parameter.ts';
import { whole, type PreparedCall } from './prepare.ts';

/** Objects of settings within a request, in whatever dialect. */
const SETTINGS: ReadonlySet<string> = new Set([
  ...['generationConfig', 'generation_config', 'reasoning', 'text', 'output_config'],
]);
/** What means nothing without the other. */
const DEPENDENT: ReadonlyMap<string, readonly string[]> = new Map([
  ['logprobs', ['top_logprobs', 'response_logprobs']],
  ['response_logprobs', ['logprobs']],
]);

type Fittable = Pick<PreparedCall, 'body' | 'contentType' | 'dropped'>;

export interface Fitted<Call extends Fittable = PreparedCall> {
  readonly call: Call;
  /** Those of the repairs that had something to change. */
  readonly made: readonly ParameterRepair[];
}

export function fitParameters<Call extends Fittable>(
  call: Call,
  repairs: readonly ParameterRepair[],
): Fitted<Call> {
  if (repairs.length === 0 || call.contentType !== undefined) return { call, made: [] };
  const body = parseArguments(decodeText(Buffer.concat(call.body.chunks)));
  if (!isObject(body)) return { call, made: [] };
  const made: ParameterRepair[] = [];
  let fitted = body;
  for (const repair of repairs) {
    const next = repaired(fitted, repair);
    if (next !== fitted) made.push(repair);
    fitted = next;
  }
  if (made.length === 0) return { call, made };
  const dropped = [...(call.dropped ?? []), ...made.map(({ parameter }) => parameter)];
  return { call: { ...call, body: whole(fitted), dropped }, made };
}

function repaired(body: JsonObject, repair: ParameterRepair): JsonObject {
  const fitted = Object.entries(body).map(([name, value]): readonly [string, unknown] => [
    name,
    SETTINGS.has(name) && isObject(value) ? without(value, repair) : value,
  ]);
  const inside = fitted.some(([name, value]) => value !== body[name]);
  return without(inside ? Object.fromEntries(fitted) : body, repair);
}

function without(settings: JsonObject, repair: ParameterRepair): JsonObject {
  const { parameter } = repair;
  const names = Object.keys(settings);
  const found = names.find((name) => plainName(name) === parameter);
  if (found === undefined) return settings;
  const gone = new Set([parameter, ...(DEPENDENT.get(parameter) ?? [])]);
  const { to } = repair.kind === 'rename' ? repair : { to: undefined };
  return Object.fromEntries(
    Object.entries(settings).flatMap(([name, value]): (readonly [string, unknown])[] => {
      if (!gone.has(plainName(name))) return [[name, value]];
      return to === undefined || name !== found || names.includes(to) ? [] : [[to, value]];
    }),
  );
}

/** For the log row. */
export function repairRemark(provider: string, model: string, repair: ParameterRepair): Told {
  const about = { provider, model, name: repair.parameter };
  return repair.kind === 'rename'
    ? remark('parameter-renamed', { ...about, to: repair.to })
    : remark('parameter-refused', about);
}
