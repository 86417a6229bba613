/** Reads a request of this format for comparison; see view.ts. */
import { isArray, type JsonObject } from '../../core/json.ts';
import {
  joined,
  listIn,
  numberIn,
  objectIn,
  plainSchema,
  resultText,
  stringsIn,
  textIn,
  type RequestView,
  type Said,
  type ViewPart,
} from './view.ts';

const CHOICES: Readonly<Record<string, string>> = { auto: 'auto', any: 'required', none: 'none' };

export function viewMessages(body: JsonObject): RequestView {
  const choice = objectIn(body, 'tool_choice');
  const output = objectIn(body, 'output_config');
  const thinking = objectIn(body, 'thinking');
  const budget = numberIn(thinking, 'budget_tokens');
  return {
    system: contentText(body['system']),
    turns: joined(listIn(body, 'messages').map(saidIn)),
    tools: listIn(body, 'tools').map((tool) => ({
      name: textIn(tool, 'name'),
      description: textIn(tool, 'description'),
      schema: plainSchema(tool['input_schema']),
    })),
    choice: textIn(choice, 'name') || (CHOICES[textIn(choice, 'type')] ?? null),
    answerSchema: plainSchema(objectIn(output, 'format')['schema']),
    maxTokens: numberIn(body, 'max_tokens'),
    stop: stringsIn(body, 'stop_sequences'),
    reasoning: textIn(output, 'effort') || (budget === null ? textIn(thinking, 'type') || null : `${budget}`),
  };
}

function contentText(content: unknown): string {
  if (typeof content === 'string') return content;
  return isArray(content) ? content.map((part) => textIn(part, 'text')).join('\n') : '';
}

function saidIn(message: JsonObject): Said {
  const role = message['role'] === 'assistant' ? 'assistant' : 'user';
  const { content } = message;
  if (!isArray(content)) return { role, parts: [{ text: contentText(content) }] };
  const parts = listIn(message, 'content').flatMap((block): readonly ViewPart[] => {
    const source = objectIn(block, 'source');
    switch (block['type']) {
      case 'text':
        return [{ text: textIn(block, 'text') }];
      case 'image':
      case 'document':
        return [{ media: mediaOf(source) }];
      case 'tool_use':
        return [{ call: textIn(block, 'name'), input: block['input'] }];
      case 'tool_result':
        return [{ result: resultText(contentText(block['content'])) }];
      default:
        return [];
    }
  });
  return { role, parts };
}

function mediaOf(source: JsonObject): string {
  const data = textIn(source, 'data');
  if (source['type'] === 'text') return `data:text/plain;base64,${Buffer.from(data).toString('base64')}`;
  return textIn(source, 'url') || `data:${textIn(source, 'media_type')};base64,${data}`;
}
