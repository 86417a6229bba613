/**
 * Makes a list of items one that the API takes: every call has its result, every result its call, and no two calls
 * have one id. Histories of other dialects may be cut, or count their calls anew in every answer.
 *
 * Results stand right behind the calls that were made together, before anything else is said: DeepSeek takes no
 * other order (recorded: "No tool output found for tool call").
 */
import { remark } from '../../../contract/rpc/remarks/remark.ts';
import type { Warn } from '../../core/canonical/request.ts';
import { isArray, type JsonObject } from '../../core/json.ts';

const CALLS: readonly unknown[] = ['function_call', 'custom_tool_call'];
const RESULTS: readonly unknown[] = ['function_call_output', 'custom_tool_call_output'];

interface OpenCall {
  readonly call: JsonObject;
  /** As its result names it. */
  readonly id: unknown;
}

export function pairResults(items: readonly JsonObject[], warn: Warn): readonly JsonObject[] {
  const results = resultsById(items);
  const taken = new Set<JsonObject>();
  const used = new Set<unknown>();
  const paired: JsonObject[] = [];
  /** Calls made together that have no result yet. */
  let open: OpenCall[] = [];
  /** Reasoning goes with the item behind it. */
  let thoughts: JsonObject[] = [];

  function answerCalls(): void {
    for (const { call, id } of open) {
      const result = results.get(id)?.find((one) => !taken.has(one));
      if (result !== undefined) taken.add(result);
      else warn(remark('result-added'));
      const answer = result ?? { output: 'This call was not answered.' };
      paired.push({ ...answer, type: `${String(call['type'])}_output`, call_id: call['call_id'] });
    }
    open = [];
  }

  for (const item of items) {
    if (item['type'] === 'reasoning') thoughts.push(item);
    else if (CALLS.includes(item['type'])) {
      const id = item['call_id'];
      const call = { ...item, call_id: unused(String(id), used) };
      used.add(call.call_id);
      open.push({ call, id });
      paired.push(...thoughts, call);
      thoughts = [];
    } else {
      answerCalls();
      paired.push(...thoughts);
      thoughts = [];
      if (!RESULTS.includes(item['type'])) paired.push(item);
      else if (!taken.has(item)) paired.push(asText(item, warn));
    }
  }
  answerCalls();
  return [...paired, ...thoughts];
}

function resultsById(items: readonly JsonObject[]): ReadonlyMap<unknown, readonly JsonObject[]> {
  return Map.groupBy(
    items.filter(({ type }) => RESULTS.includes(type)),
    ({ call_id: id }) => id,
  );
}

/** Characters an id may have. */
const LONGEST_ID = 64;

function unused(id: string, used: ReadonlySet<unknown>): string {
  let candidate = id;
  for (let number = 2; used.has(candidate); number += 1) {
    const suffix = `_${number}`;
    candidate = id.slice(0, LONGEST_ID - suffix.length) + suffix;
  }
  return candidate;
}

/** A result whose call is gone still tells the model something. */
function asText({ output }: JsonObject, warn: Warn): JsonObject {
  warn(remark('result-as-text'));
  const parts = isArray(output) ? output : [{ type: 'input_text', text: output }];
  return {
    type: 'message',
    role: 'user',
    content: [{ type: 'input_text', text: 'Result of a tool:' }, ...parts],
  };
}
