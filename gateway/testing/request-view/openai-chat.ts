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
  stringsIn,
  textIn,
  type RequestView,
  type Said,
  type ViewPart,
} from './view.ts';

export function viewChat(body: JsonObject): RequestView {
  const { system, rest } = splitSystem(listIn(body, 'messages'));
  const format = objectIn(objectIn(body, 'response_format'), 'json_schema');
  const choice = body['tool_choice'];
  return {
    system: system.map((message) => contentText(message['content'])).join('\n'),
    turns: joined(rest.map(saidIn)),
    tools: listIn(body, 'tools').map((tool) => {
      const described = objectIn(tool, 'function');
      return {
        name: textIn(described, 'name'),
        description: textIn(described, 'description'),
        schema: plainSchema(described['parameters']),
      };
    }),
    choice: typeof choice === 'string' ? choice : textIn(objectIn(choice, 'function'), 'name') || null,
    answerSchema: plainSchema(format['schema']),
    maxTokens: numberIn(body, 'max_completion_tokens') ?? numberIn(body, 'max_tokens'),
    stop: stringsIn(body, 'stop'),
    reasoning: textIn(body, 'reasoning_effort') || null,
  };
}

function contentText(content: unknown): string {
  if (typeof content === 'string') return content;
  return isArray(content) ? content.map((part) => textIn(part, 'text')).join('\n') : '';
}

function saidIn(message: JsonObject): Said {
  const { content } = message;
  const role = textIn(message, 'role');
  if (role === 'tool') return { role: 'user', parts: [{ result: resultText(contentText(content)) }] };
  const parts: ViewPart[] = isArray(content)
    ? content.map((part) => {
        const url = textIn(objectIn(part, 'image_url'), 'url');
        const file = objectIn(part, 'file')['file_data'];
        if (url !== '') return { media: url };
        return typeof file === 'string' ? { media: file } : { text: textIn(part, 'text') };
      })
    : [{ text: contentText(content) }];
  const calls = listIn(message, 'tool_calls').map((call): ViewPart => {
    const { name, arguments: input } = objectIn(call, 'function');
    return { call: String(name), input: JSON.parse(String(input)) };
  });
  return { role: role === 'assistant' ? 'assistant' : 'user', parts: [...parts, ...calls] };
}
