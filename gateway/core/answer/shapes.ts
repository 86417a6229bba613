/**
 * How each format says text, reasoning and calls, whole or as events. The formats are told apart by the members
 * they alone have, since an answer may also come from a cache or an import. Pure.
 */
import { isArray, isObject, type JsonObject } from '../json.ts';
import type { CallPiece, Gatherer } from './gather.ts';

const objects = (value: unknown): readonly JsonObject[] => (isArray(value) ? value.filter(isObject) : []);
const object = (value: unknown): JsonObject => (isObject(value) ? value : {});

export function gatherValue(value: JsonObject, into: Gatherer): void {
  if (isArray(value['choices'])) return gatherChoices(value, into);
  if (isArray(value['candidates'])) return gatherCandidates(value, into);
  if (isArray(value['output'])) return gatherOutput(value, into);
  if (typeof value['type'] === 'string') return gatherEvent(value['type'], value, into);
  gatherOllama(value, into);
}

/** OpenAI's chat and old completions. Of several choices the first is the answer. */
function gatherChoices({ choices }: JsonObject, into: Gatherer): void {
  for (const choice of objects(choices)) {
    if (typeof choice['index'] === 'number' && choice['index'] > 0) continue;
    into.text(choice['text']);
    const said = object(choice['delta'] ?? choice['message']);
    into.reasoning(said['reasoning_content'] ?? said['reasoning']);
    into.text(said['content']);
    for (const part of objects(said['content'])) gatherBlock(part, undefined, into);
    into.text(said['refusal']);
    for (const call of objects(said['tool_calls'])) {
      const { name, arguments: written } = object(call['function'] ?? call['custom']);
      const input = written ?? object(call['custom'])['input'];
      const piece = { id: call['id'], name, arguments: input };
      if (typeof call['index'] === 'number') into.more(piece, `${call['index']}`);
      else into.begin(piece);
    }
    const old = said['function_call'];
    if (isObject(old)) into.more({ name: old['name'], arguments: old['arguments'] }, 'function');
  }
}

function gatherCandidates({ candidates }: JsonObject, into: Gatherer): void {
  const [first = {}] = objects(candidates);
  for (const part of objects(object(first['content'])['parts'])) {
    if (part['thought'] === true) into.reasoning(part['text']);
    else into.text(part['text']);
    gatherCode(part, into);
    const call = part['functionCall'];
    if (!isObject(call)) continue;
    const piece = { id: call['id'], name: call['name'], arguments: call['args'], texts: textsOf(call) };
    if (typeof call['name'] === 'string') into.begin(piece);
    else into.more(piece, undefined);
  }
}

/** Texts among arguments that come piece by piece: `{"jsonPath": "$.city", "stringValue": "Bo"}`. */
const textsOf = (call: JsonObject): readonly (readonly [string, string])[] =>
  objects(call['partialArgs']).map((piece) => [
    String(piece['jsonPath']).replace(/^\$\./, ''),
    typeof piece['stringValue'] === 'string' ? piece['stringValue'] : '',
  ]);

/** Code that Gemini ran, and what came of it, in fences as in other texts. */
function gatherCode(part: JsonObject, into: Gatherer): void {
  const code = part['executableCode'];
  if (isObject(code)) into.text(fenced(String(code['language']).toLowerCase(), code['code']));
  const result = part['codeExecutionResult'];
  if (isObject(result)) into.text(fenced('', result['output']));
}

const fenced = (language: string, text: unknown): string =>
  typeof text === 'string' ? `\n\`\`\`${language}\n${text.replace(/\n$/, '')}\n\`\`\`\n` : '';

/** A whole answer of OpenAI's Responses. */
function gatherOutput({ output }: JsonObject, into: Gatherer): void {
  for (const item of objects(output)) {
    for (const part of [...objects(item['summary']), ...objects(item['content'])]) {
      if (item['type'] === 'reasoning') into.reasoning(part['text']);
      else into.text(part['text'] ?? part['refusal']);
    }
    if (isCall(item)) into.begin(callOf(item));
  }
}

/** Calls of the client's own tools have an id to answer to; searches that OpenAI runs itself have none. */
const isCall = ({ type, call_id: id }: JsonObject): boolean =>
  typeof type === 'string' && type.endsWith('_call') && typeof id === 'string';

/** Tools that OpenAI defines (`apply_patch_call`, `local_shell_call`) have no name of their own. */
const callOf = (item: JsonObject): CallPiece => ({
  id: item['call_id'],
  name: item['name'] ?? String(item['type']).replace(/_call$/, ''),
  arguments: item['arguments'] ?? item['input'] ?? item['operation'] ?? item['action'],
});

/** Events of Anthropic and of OpenAI's Responses, and a whole message of Anthropic. */
function gatherEvent(type: string, value: JsonObject, into: Gatherer): void {
  const place = String(value['output_index'] ?? value['index']);
  switch (type) {
    case 'message':
      for (const block of objects(value['content'])) gatherBlock(block, undefined, into);
      return;
    case 'content_block_start':
      return gatherBlock(object(value['content_block']), place, into);
    case 'content_block_delta': {
      const delta = object(value['delta']);
      into.text(delta['text']);
      into.reasoning(delta['thinking']);
      if (delta['type'] === 'input_json_delta') into.more({ arguments: delta['partial_json'] }, place);
      return;
    }
    case 'message_delta':
      // Why it was refused stands in no block.
      return into.text(object(object(value['delta'])['stop_details'])['explanation']);
    case 'response.output_text.delta':
    case 'response.refusal.delta':
      return into.text(value['delta']);
    case 'response.reasoning_summary_text.delta':
    case 'response.reasoning_text.delta':
      return into.reasoning(value['delta']);
    case 'response.output_item.added': {
      const item = object(value['item']);
      if (isCall(item)) into.begin({ ...callOf(item), arguments: undefined }, place);
      return;
    }
    case 'response.function_call_arguments.delta':
    case 'response.custom_tool_call_input.delta':
      return into.more({ arguments: value['delta'] }, place);
    case 'response.completed':
    case 'response.incomplete': {
      const whole = object(value['response']);
      if (objects(whole['output']).length === 0) return;
      into.restart();
      return gatherOutput(whole, into);
    }
  }
}

/** A block of Anthropic. @param place where its arguments follow in events */
function gatherBlock(block: JsonObject, place: string | undefined, into: Gatherer): void {
  into.text(block['text']);
  if (typeof block['thinking'] === 'string') into.reasoning(block['thinking']);
  for (const thought of objects(block['thinking'])) into.reasoning(thought['text']);
  if (block['type'] !== 'tool_use' && block['type'] !== 'server_tool_use') return;
  const { id, name, input } = block;
  into.begin({ id, name, arguments: place === undefined ? input : undefined }, place);
}

/** Answers of `/api/chat` and `/api/generate`. */
function gatherOllama(value: JsonObject, into: Gatherer): void {
  const said = object(value['message']);
  into.reasoning(said['thinking'] ?? value['thinking']);
  into.text(said['content'] ?? value['response']);
  for (const call of objects(said['tool_calls'])) {
    const { name, arguments: written } = object(call['function']);
    into.begin({ id: call['id'], name, arguments: written });
  }
}
