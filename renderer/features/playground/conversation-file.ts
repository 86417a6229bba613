/** A conversation as a file: JSON that can be read back whole, Markdown for people. Pure. */
import type { ChatFile } from '../../../contract/rpc/procedures/chat-content.ts';
import type { Conversation, ConversationTurn } from '../../../contract/rpc/procedures/conversations.ts';
import { pathOf } from './tree.ts';

/** Says in every file what it is. */
const FORMAT = 'switchyard-chat';

/** Contents by hash, base64. */
type Contents = Readonly<Record<string, string>>;

export interface ConversationFile {
  readonly conversation: Conversation;
  readonly files: Contents;
}

export function writeJson({ conversation, files }: ConversationFile): string {
  return `${JSON.stringify({ format: FORMAT, version: 1, conversation, files }, null, 2)}\n`;
}

/**
 * Whether it holds what a conversation may hold, the gateway decides when it is put there.
 * @returns null where it is no such file
 */
export function readJson(text: string): ConversationFile | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isObject(value) || value['format'] !== FORMAT || value['version'] !== 1) return null;
  const { conversation, files } = value;
  if (!isConversation(conversation)) return null;
  return { conversation, files: isContents(files) ? files : {} };
}

/** @returns a request in OpenAI's chat format: as it stands, or made of a plain list of messages; null for anything else */
export function requestOf(text: string): string | null {
  try {
    const value: unknown = JSON.parse(text);
    if (Array.isArray(value)) return JSON.stringify({ messages: value });
    return isObject(value) && Array.isArray(value['messages']) ? text : null;
  } catch {
    return null;
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isConversation = (value: unknown): value is Conversation =>
  isObject(value) && Array.isArray(value['turns']) && Array.isArray(value['columns']);
const isContents = (value: unknown): value is Contents =>
  isObject(value) && Object.values(value).every((content) => typeof content === 'string');

/** Each file of a conversation once. */
export function filesOf({ turns }: Conversation): readonly ChatFile[] {
  return [...new Map(turns.flatMap(({ files }) => files).map((file) => [file.hash, file])).values()];
}

/** Headings in the reader's language. */
export interface Words {
  readonly untitled: string;
  readonly system: string;
  readonly you: string;
  readonly answer: string;
  readonly reasoning: string;
  readonly call: string;
  readonly result: string;
}

/** The paths that the columns show, one below the other. */
export function writeMarkdown(conversation: Conversation, words: Words): string {
  const { title, system, columns } = conversation;
  const parts = [`# ${oneLine(title) || words.untitled}`];
  if (system.trim() !== '') parts.push(`## ${words.system}`, system);
  for (const column of columns) {
    if (columns.length > 1) parts.push(`# ${oneLine(column.model)}`);
    for (const turn of pathOf(conversation, column.id)) parts.push(...markdownOf(turn, words));
  }
  return `${parts.join('\n\n')}\n`;
}

function markdownOf(turn: ConversationTurn, words: Words): readonly string[] {
  const { role, text, reasoning, refusal, files, calls, results, model } = turn;
  if (role === 'tool') return results.map((result) => `**${words.result}**\n\n${fenced(result.text)}`);
  const said = [
    ...files.map(({ name, mime }) => `- \`${name.replaceAll('`', "'")}\` (${mime})`),
    ...(reasoning === '' ? [] : [`> **${words.reasoning}**\n>\n${quoted(reasoning)}`]),
    text || refusal,
    ...calls.map((call) => `**${words.call} \`${call.name}\`**\n\n${fenced(call.arguments, 'json')}`),
  ];
  const heading =
    role === 'user' ? words.you : `${words.answer}${model === '' ? '' : ` · ${oneLine(model)}`}`;
  return [`## ${heading}`, ...said.filter((part) => part !== '')];
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();
const quoted = (text: string): string => text.replaceAll(/^/gm, '> ');

/** Behind a fence that is longer than any inside. */
function fenced(text: string, language = ''): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}

/** A name that every file system takes. */
export function fileNameOf(title: string, extension: string): string {
  // oxlint-disable-next-line no-control-regex -- they are what must not be in a name
  const plain = title.replaceAll(/[\u0000-\u001f\u007f\\/:*?"<>|]+/g, ' ').trim();
  return `${
    plain
      .slice(0, 80)
      .toWellFormed()
      .replaceAll(/^[. ]+|[. ]+$/g, '') || 'chat'
  }.${extension}`;
}
