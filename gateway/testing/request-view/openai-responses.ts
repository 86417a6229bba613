/** Reads a request of this format for comparison; see view.ts. */
import { isArray, type JsonObject } from '../../core/json.ts';
import {
  joined,
  listIn,
  numberIn,
  objectIn,
  plainSchema,
  resultText,
  splitSystem,
  textIn,
  type RequestView,
  type Said,
  type ViewPart,
} from './view.ts';

export function viewResponses(body: JsonObject): RequestView {
  const { input, tool_choice: choice } = body;
  const items = typeof input === 'string' ? [{ role: 'user', content: input }] : listIn(body, 'input');
  const { system, rest } = splitSystem(items);
  const format = objectIn(objectIn(body, 'text'), 'format');
  return {
    system: [textIn(body, 'instructions'), ...system.map((item) => contentText(item['content']))]
      .filter((text) => text !== '')
      .join('\n'),
    turns: joined(rest.flatMap(saidIn)),
    tools: listIn(body, 'tools').map((tool) => ({
      name: textIn(tool, 'name'),
      description: textIn(tool, 'description'),
      schema: plainSchema(tool['parameters']),
    })),
    choice: typeof choice === 'string' ? choice : textIn(choice, 'name') || null,
    answerSchema: plainSchema(format['schema']),
    maxTokens: numberIn(body, 'max_output_tokens'),
    stop: [],
    reasoning: textIn(objectIn(body, 'reasoning'), 'effort') || null,
  };
}

function contentText(content: unknown): string {
  if (typeof content === 'string') return content;
  return isArray(content) ? content.map((part) => textIn(part, 'text')).join('\n') : '';
}

function saidIn(item: JsonObject): readonly Said[] {
  switch (item['type']) {
    case 'function_call':
      return [
        {
          role: 'assistant',
          parts: [{ call: textIn(item, 'name'), input: JSON.parse(textIn(item, 'arguments')) }],
        },
      ];
    case 'function_call_output':
      return [{ role: 'user', parts: [{ result: resultText(contentText(item['output'])) }] }];
    case undefined:
    case 'message':
      break;
    default:
      return [];
  }
  const { content } = item;
  const role = item['role'] === 'assistant' ? 'assistant' : 'user';
  if (!isArray(content)) return [{ role, parts: [{ text: contentText(content) }] }];
  const parts = content.map((part): ViewPart => {
    const media = textIn(part, 'image_url') || textIn(part, 'file_data') || textIn(part, 'file_url');
    return media === '' ? { text: textIn(part, 'text') } : { media };
  });
  return [{ role, parts }];
}
