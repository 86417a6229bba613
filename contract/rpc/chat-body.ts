/** The request that a chat of the playground becomes: the gateway sends it, the page shows it. Pure. */
import type { AnswerFormat, ChatFile, ChatTool, ToolCall } from './procedures/chat-content.ts';
import type { ChatParameters } from './procedures/playground.ts';

/** Newer models of OpenAI refuse the first name, most other providers do not know the second. */
export type TokenLimitName = 'max_tokens' | 'max_completion_tokens';

export interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant' | 'tool';
  readonly text: string;
  readonly files?: readonly ChatFile[] | undefined;
  readonly calls?: readonly ToolCall[] | undefined;
  readonly callId?: string | undefined;
}

export interface Chat {
  readonly model: string;
  readonly messages: readonly ChatMessage[];
  readonly parameters: ChatParameters;
  readonly tools?: readonly ChatTool[] | undefined;
  /** `auto`, `none`, `required` or `tool:<name>`. */
  readonly toolChoice?: string | undefined;
  readonly format?: AnswerFormat | undefined;
}

/** The contents of a file: base64 of an image or a PDF, the words of a text. */
export type FileContents = (file: ChatFile) => string;

type Body = Readonly<Record<string, unknown>>;

/** A body in OpenAI's chat dialect. What is not set is not in it. */
export function chatBody(chat: Chat, tokenLimit: TokenLimitName, contentsOf: FileContents): Body {
  const { temperature, topP, maxTokens, frequencyPenalty, presencePenalty, seed, stop, reasoningEffort } =
    chat.parameters;
  const tools = chat.tools ?? [];
  return withoutAbsent({
    model: chat.model,
    messages: chat.messages.map((message) => wireMessage(message, contentsOf)),
    temperature,
    top_p: topP,
    [tokenLimit]: maxTokens,
    frequency_penalty: frequencyPenalty,
    presence_penalty: presencePenalty,
    seed,
    stop,
    reasoning_effort: reasoningEffort,
    tools: tools.length === 0 ? undefined : tools.map(wireTool),
    tool_choice: tools.length === 0 ? undefined : wireChoice(chat.toolChoice ?? 'auto'),
    response_format: wireFormat(chat.format ?? { kind: 'text' }),
    stream: true,
  });
}

function wireMessage(
  { role, text, files = [], calls = [], callId }: ChatMessage,
  contentsOf: FileContents,
): Body {
  if (role === 'tool') return { role, tool_call_id: callId ?? '', content: text };
  if (calls.length > 0) return { role, content: text === '' ? null : text, tool_calls: calls.map(wireCall) };
  if (files.length === 0) return { role, content: text };
  const parts = files.map((file) => wireFile(file, contentsOf(file)));
  return { role, content: text === '' ? parts : [...parts, { type: 'text', text }] };
}

const wireCall = ({ id, name, arguments: text }: ToolCall): Body => ({
  id,
  type: 'function',
  function: { name, arguments: text },
});

function wireFile({ kind, name, mime }: ChatFile, contents: string): Body {
  switch (kind) {
    case 'image':
      return { type: 'image_url', image_url: { url: `data:${mime};base64,${contents}` } };
    case 'pdf':
      return { type: 'file', file: { filename: name, file_data: `data:${mime};base64,${contents}` } };
    case 'text':
      return { type: 'text', text: `${name}:\n\n${contents}` };
  }
}

function wireTool({ name, description, schema }: ChatTool): Body {
  const parameters = parsed(schema) ?? { type: 'object', properties: {} };
  return {
    type: 'function',
    function: withoutAbsent({ name, description: description === '' ? undefined : description, parameters }),
  };
}

const wireChoice = (choice: string): unknown =>
  choice.startsWith('tool:') ? { type: 'function', function: { name: choice.slice(5) } } : choice;

function wireFormat(format: AnswerFormat): unknown {
  if (format.kind === 'text') return undefined;
  if (format.kind === 'json') return { type: 'json_object' };
  const { name, strict, schema } = format;
  return { type: 'json_schema', json_schema: { name, strict, schema: parsed(schema) ?? {} } };
}

/** Undefined for what is no JSON: whoever writes it is told where it is written. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const withoutAbsent = (body: Body): Body =>
  Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
