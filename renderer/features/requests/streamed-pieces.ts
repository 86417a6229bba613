/** What one event of a streamed answer adds to it. Formats are told apart by members only one of them has. Pure. */

export type Piece =
  | { readonly kind: 'text' | 'reasoning'; readonly text: string }
  | {
      readonly kind: 'call';
      /** Where the call stands among all; null: behind those before it. */
      readonly place: number | null;
      /** Empty where it was told before. */
      readonly name: string;
      readonly arguments: string;
    };

type Json = Readonly<Record<string, unknown>>;

export function piecesOf(event: unknown): readonly Piece[] {
  if (!isObject(event)) return [];
  if (Array.isArray(event['choices'])) return openai(objectsIn(event, 'choices')[0] ?? {});
  if (Array.isArray(event['candidates'])) return gemini(objectsIn(event, 'candidates')[0] ?? {});
  const type = textIn(event, 'type');
  if (type.startsWith('response.')) return responses(type, event);
  if (type.startsWith('content_block')) return anthropic(event);
  return ollama(event);
}

/** Chat, and the old completions whose choices hold the text themselves. */
function openai(choice: Json): readonly Piece[] {
  const delta = objectIn(choice, 'delta');
  const calls = objectsIn(delta, 'tool_calls').map((call) => {
    const asked = objectIn(call, 'function');
    return called(call['index'], textIn(asked, 'name'), textIn(asked, 'arguments'));
  });
  return [
    thought(textIn(delta, 'reasoning_content') || textIn(delta, 'reasoning')),
    said(textIn(delta, 'content') || textIn(choice, 'text') || textIn(delta, 'refusal')),
    ...calls,
  ];
}

function responses(type: string, event: Json): readonly Piece[] {
  const delta = textIn(event, 'delta');
  const place = event['output_index'];
  switch (type.slice('response.'.length)) {
    case 'output_text.delta':
    case 'refusal.delta':
      return [said(delta)];
    case 'reasoning_summary_text.delta':
    case 'reasoning_text.delta':
      return [thought(delta)];
    case 'function_call_arguments.delta':
    case 'custom_tool_call_input.delta':
      return [called(place, '', delta)];
    case 'output_item.added': {
      const item = objectIn(event, 'item');
      const name = textIn(item, 'name');
      return name === '' ? [] : [called(place, name, '')];
    }
    default:
      return [];
  }
}

function anthropic(event: Json): readonly Piece[] {
  const block = objectIn(event, 'content_block');
  const delta = objectIn(event, 'delta');
  const place = event['index'];
  const name = textIn(block, 'name');
  const json = textIn(delta, 'partial_json');
  return [
    thought(textIn(block, 'thinking') + textIn(delta, 'thinking')),
    said(textIn(block, 'text') + textIn(delta, 'text')),
    ...(name === '' && json === '' ? [] : [called(place, name, json)]),
  ];
}

function gemini(candidate: Json): readonly Piece[] {
  return objectsIn(objectIn(candidate, 'content'), 'parts').map((part) => {
    const call = part['functionCall'];
    if (isObject(call)) return called(null, textIn(call, 'name'), written(call['args']));
    const text = textIn(part, 'text');
    return part['thought'] === true ? thought(text) : said(text);
  });
}

/** Chat answers in `message`, generation in `response`. */
function ollama(event: Json): readonly Piece[] {
  const message = objectIn(event, 'message');
  const calls = objectsIn(message, 'tool_calls').map((call) => {
    const asked = objectIn(call, 'function');
    return called(null, textIn(asked, 'name'), written(asked['arguments']));
  });
  return [
    thought(textIn(message, 'thinking') || textIn(event, 'thinking')),
    said(textIn(message, 'content') || textIn(event, 'response')),
    ...calls,
  ];
}

const said = (text: string): Piece => ({ kind: 'text', text });
const thought = (text: string): Piece => ({ kind: 'reasoning', text });
const called = (place: unknown, name: string, input: string): Piece => ({
  kind: 'call',
  place: typeof place === 'number' ? place : null,
  name,
  arguments: input,
});
const written = (input: unknown): string => (input === undefined ? '' : JSON.stringify(input));

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const textIn = (from: Json, name: string): string => {
  const value = from[name];
  return typeof value === 'string' ? value : '';
};
const objectIn = (from: Json, name: string): Json => {
  const value = from[name];
  return isObject(value) ? value : {};
};
const objectsIn = (from: Json, name: string): readonly Json[] => {
  const value = from[name];
  return Array.isArray(value) ? value.filter(isObject) : [];
};
