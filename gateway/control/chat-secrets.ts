/** What chats and presets share, without secrets: tools, formats, parameters. Pure. */
import type { AnswerFormat } from '../../contract/rpc/procedures/chat-content.ts';
import type { ConversationTool } from '../../contract/rpc/procedures/conversations.ts';
import type { ChatParameters } from '../../contract/rpc/procedures/playground.ts';

type Clean = (text: string) => string;
/** A text without secrets, no longer than this: what stands for a secret may be longer than it. */
export type Cut = (most: number, text: string) => string;

/** What is longer than allowed is not read again. */
export const cutting =
  (clean: Clean): Cut =>
  (most, text) =>
    clean(text).slice(0, most);

export function cleanAsk<
  Part extends {
    readonly tools: ConversationTool[];
    readonly toolChoice: string;
    readonly format: AnswerFormat;
  },
>(part: Part, clean: Clean): Part {
  const at = cutting(clean);
  const { format, toolChoice } = part;
  return {
    ...part,
    toolChoice: toolChoice.startsWith('tool:') ? `tool:${nameOf(toolChoice.slice(5), clean)}` : toolChoice,
    tools: part.tools.map((tool) => ({
      name: nameOf(tool.name, clean),
      description: at(10_000, tool.description),
      schema: at(200_000, tool.schema),
      canned: tool.canned === null ? null : at(1_000_000, tool.canned),
    })),
    format:
      format.kind === 'schema'
        ? { ...format, name: nameOf(format.name, clean), schema: at(200_000, format.schema) }
        : format,
  };
}

export function cleanParameters(parameters: ChatParameters, clean: Clean): ChatParameters {
  const { stop } = parameters;
  return stop === undefined
    ? parameters
    : { ...parameters, stop: stop.map((word) => cutting(clean)(200, word)) };
}

/** A name has so few kinds of characters that what stands for a secret is no name. */
const nameOf = (name: string, clean: Clean): string =>
  clean(name)
    .replaceAll(/[^\w-]/g, '')
    .slice(0, 64) || 'name';
