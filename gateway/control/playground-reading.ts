/** Requests of every format as the beginning of a chat: words, files, tools and their results. */
import { LONGEST_SCHEMA, MOST_FILES, MOST_TOOLS } from '../../contract/rpc/chat-limits.ts';
import { remark } from '../../contract/rpc/remarks/remark.ts';
import type { ChatMessage } from '../../contract/rpc/chat-body.ts';
import type { AnswerFormat, ChatFile, ChatTool } from '../../contract/rpc/procedures/chat-content.ts';
import type { ReadChat } from '../../contract/rpc/procedures/playground.ts';
import type { MediaSource, ToolResultPart, Turn, UserPart } from '../core/canonical/parts.ts';
import type { CanonicalRequest, OutputFormat, Tool, ToolChoice, Warn } from '../core/canonical/request.ts';
import { readSettings } from './playground-settings.ts';

/** Keeps a file. @returns null where it is too large, or there is no room */
export type KeepFile = (base64: string, file: Omit<ChatFile, 'hash' | 'size'>) => Promise<ChatFile | null>;

export interface Reading {
  readonly keep: KeepFile;
  /** Told of what has no place in a chat here. */
  readonly leave: Warn;
}

const NAME = /^[a-zA-Z0-9_-]{1,64}$/;

/** Parts of answers that a chat here does not hold. */
const UNKEPT = {
  reasoning: 'chat-reasoning',
  image: 'chat-answer-images',
  audio: 'chat-answer-audio',
} as const;
/** Parts of messages, where they cannot be kept. */
const ELSEWHERE = {
  image: 'chat-images-elsewhere',
  file: 'chat-files-elsewhere',
  audio: 'chat-sound',
} as const;

export async function readChat(
  request: CanonicalRequest,
  reading: Reading,
): Promise<Omit<ReadChat, 'leftOut'>> {
  const system = request.system.map(({ text }) => text);
  const messages: ChatMessage[] = [];
  for (const turn of request.turns) {
    if (turn.role === 'system') system.push(...turn.parts.map(({ text }) => text));
    else messages.push(...(await messagesOf(turn, reading)));
  }
  const known = request.tools.flatMap((tool) => toolOf(tool, reading.leave));
  if (known.length > MOST_TOOLS) reading.leave(remark('chat-tools-after', { most: MOST_TOOLS }));
  const tools = known.slice(0, MOST_TOOLS);
  return {
    model: request.model.slice(0, 200),
    system: joined(system),
    messages,
    parameters: readSettings(request.settings, reading.leave),
    tools,
    toolChoice: choiceOf(request.settings.toolChoice, tools, reading.leave),
    format: formatOf(request.settings.format, reading.leave),
  };
}

const joined = (texts: readonly string[]): string => texts.filter((text) => text !== '').join('\n\n');

async function messagesOf(
  turn: Exclude<Turn, { readonly role: 'system' }>,
  reading: Reading,
): Promise<readonly ChatMessage[]> {
  if (turn.role === 'assistant') return answerOf(turn.parts, reading.leave);
  const results: ChatMessage[] = [];
  const texts: string[] = [];
  const files: ChatFile[] = [];
  for (const part of turn.parts) {
    if (part.kind === 'tool-result') results.push(resultOf(part, reading.leave));
    else if (part.kind === 'text') texts.push(part.text);
    else if (files.length < MOST_FILES) files.push(...(await fileOf(part, reading)));
    else reading.leave(remark('chat-files-after', { most: MOST_FILES }));
  }
  const text = joined(texts);
  if (text === '' && files.length === 0) return results;
  return [...results, { role: 'user', text, ...(files.length > 0 && { files }) }];
}

function answerOf(
  parts: Extract<Turn, { readonly role: 'assistant' }>['parts'],
  leave: Reading['leave'],
): readonly ChatMessage[] {
  const texts: string[] = [];
  const calls: { id: string; name: string; arguments: string }[] = [];
  for (const part of parts) {
    if (part.kind === 'text' || part.kind === 'refusal') texts.push(part.text);
    else if (part.kind === 'tool-call') calls.push({ id: part.id, name: part.name, arguments: part.input });
    else leave(remark(UNKEPT[part.kind]));
  }
  const text = joined(texts);
  if (text === '' && calls.length === 0) return [];
  return [{ role: 'assistant', text, ...(calls.length > 0 && { calls }) }];
}

function resultOf({ id, content }: ToolResultPart, leave: Reading['leave']): ChatMessage {
  if (content.some(({ kind }) => kind !== 'text')) leave(remark('chat-result-files'));
  return {
    role: 'tool',
    callId: id,
    text: joined(content.flatMap((part) => (part.kind === 'text' ? [part.text] : []))),
  };
}

async function fileOf(
  part: Exclude<UserPart, ToolResultPart | { readonly kind: 'text' }>,
  { keep, leave }: Reading,
): Promise<readonly ChatFile[]> {
  const data = part.kind === 'audio' ? null : dataOf(part.source);
  const kind = part.kind === 'image' ? 'image' : data === null ? null : fileKind(data.mediaType);
  if (data === null || kind === null) {
    leave(remark(ELSEWHERE[part.kind]));
    return [];
  }
  const name = part.kind === 'file' ? (part.name ?? '') : '';
  const fallback = `${kind}.${kind === 'text' ? 'txt' : (data.mediaType.split('/')[1] ?? kind)}`;
  const kept = await keep(data.base64, {
    kind,
    name: (name || fallback).slice(0, 200),
    mime: data.mediaType.slice(0, 100),
  });
  if (kept === null) leave(remark('chat-file', { name: name || fallback }));
  return kept === null ? [] : [kept];
}

/** A log that shortens what it keeps may have cut it. */
function dataOf(source: MediaSource): { readonly mediaType: string; readonly base64: string } | null {
  if (source.kind !== 'data') return null;
  const { base64 } = source;
  return base64 !== '' && base64.length % 4 === 0 && /^[\w+/-]+={0,2}$/.test(base64) ? source : null;
}

function fileKind(mime: string): ChatFile['kind'] | null {
  if (mime === 'application/pdf') return 'pdf';
  return mime.startsWith('text/') || mime === 'application/json' ? 'text' : null;
}

function toolOf(tool: Tool, leave: Reading['leave']): readonly ChatTool[] {
  const schema = tool.kind !== 'function' || tool.schema === null ? '' : JSON.stringify(tool.schema, null, 2);
  if (tool.kind !== 'function' || !NAME.test(tool.name) || schema.length > LONGEST_SCHEMA) {
    leave(remark('chat-tool', { name: tool.name }));
    return [];
  }
  return [{ name: tool.name, description: tool.description.slice(0, 10_000), schema }];
}

function choiceOf(choice: ToolChoice | null, tools: readonly ChatTool[], leave: Reading['leave']): string {
  if (choice === null) return 'auto';
  if (choice.kind === 'tool' && tools.some(({ name }) => name === choice.name)) return `tool:${choice.name}`;
  if (choice.kind !== 'tool' && choice.kind !== 'subset') return choice.kind;
  leave(remark('chat-tool-choice'));
  return choice.kind === 'subset' && choice.required ? 'required' : 'auto';
}

function formatOf(format: OutputFormat, leave: Reading['leave']): AnswerFormat {
  if (format.kind !== 'schema') return { kind: format.kind };
  if (!NAME.test(format.name)) leave(remark('chat-format-name'));
  const name = NAME.test(format.name) ? format.name : 'answer';
  return {
    kind: 'schema',
    name,
    strict: format.strict ?? false,
    schema: JSON.stringify(format.schema, null, 2),
  };
}
