/** What a chat of the playground is made of besides words: files, tools and their calls, the form of the answer. */
import * as z from 'zod/mini';
import { LONGEST_SCHEMA } from '../chat-limits.ts';
import { SAID } from '../schema-sayings.ts';

/** How a file is sent: as an image, as a PDF, or as text among the words. */
const fileKinds = z.enum(['image', 'pdf', 'text']);
export type FileKind = z.output<typeof fileKinds>;

/** SHA-256 of a file's bytes, under which the gateway keeps them. */
export const fileHash = z
  .string()
  .check(z.regex(/^[0-9a-f]{64}$/, 'a file is named by 64 hexadecimal digits'));

/** A file of a message. Its bytes are kept apart, once, however many messages have it. */
export const chatFile = z.strictObject({
  hash: fileHash,
  kind: fileKinds,
  name: z.string().check(z.maxLength(200)),
  /** As `image/png`. */
  mime: z.string().check(z.maxLength(100)),
  /** Bytes. */
  size: z.int().check(z.minimum(0)),
});
export type ChatFile = z.output<typeof chatFile>;

/** A model wants a tool to be run. */
export const toolCall = z.strictObject({
  id: z.string().check(z.maxLength(200)),
  name: z.string().check(z.maxLength(200)),
  /** JSON as the model wrote it, which need not be JSON. */
  arguments: z.string().check(z.maxLength(4_000_000)),
});
export type ToolCall = z.output<typeof toolCall>;

/** What a tool is said to have answered. */
export const toolResult = z.strictObject({
  /** Id of the call. */
  callId: z.string().check(z.maxLength(200)),
  text: z.string().check(z.maxLength(1_000_000)),
  /** Typed by a person, the tool's canned answer, or a failure the person chose. */
  origin: z.enum(['manual', 'canned', 'failed']),
});
export type ToolResult = z.output<typeof toolResult>;

export const chatTool = z.strictObject({
  name: z.string().check(z.regex(/^[a-zA-Z0-9_-]{1,64}$/, SAID.toolName.text)),
  description: z.string().check(z.maxLength(10_000)),
  /** JSON schema of its arguments as text; empty for none. */
  schema: z.string().check(z.maxLength(LONGEST_SCHEMA)),
});
export type ChatTool = z.output<typeof chatTool>;

/** `tool:<name>` asks for that one. */
export const toolChoice = z
  .string()
  .check(z.regex(/^(auto|none|required|tool:[a-zA-Z0-9_-]{1,64})$/, 'auto, none, required or tool:<name>'));

/** The form the answer is asked to have. */
export const answerFormat = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('text') }),
  z.strictObject({ kind: z.literal('json') }),
  z.strictObject({
    kind: z.literal('schema'),
    name: z.string().check(z.regex(/^[a-zA-Z0-9_-]{1,64}$/, SAID.schemaName.text)),
    strict: z.boolean(),
    /** JSON schema as text. */
    schema: z.string().check(z.maxLength(LONGEST_SCHEMA)),
  }),
]);
export type AnswerFormat = z.output<typeof answerFormat>;
