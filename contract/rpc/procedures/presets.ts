/** Presets of the playground: what a chat begins with, under a name. The gateway keeps them. */
import * as z from 'zod/mini';
import { define, nothing } from '../define.ts';
import { answerFormat, toolChoice } from './chat-content.ts';
import { conversationSchema } from './conversations.ts';
import { chatParameters } from './playground.ts';

/** One preset; also the form it is stored in. */
export const presetSchema = z.strictObject({
  id: z.string().check(z.regex(/^[a-z0-9-]{8,64}$/, 'a preset id has 8 to 64 of a-z, 0-9 and -')),
  name: z.string().check(z.minLength(1), z.maxLength(80)),
  system: z.string().check(z.maxLength(400_000)),
  parameters: chatParameters,
  tools: conversationSchema.shape.tools,
  toolChoice,
  autoContinue: z.boolean(),
  format: answerFormat,
});
export type Preset = z.output<typeof presetSchema>;

export interface PresetList {
  /** In the order in which they were first saved. At most 100, of 500 kB each. */
  readonly presets: readonly Preset[];
}

export const presetProcedures = {
  'presets.list': define(nothing).returns<PresetList>(),
  /** Adds a preset, or replaces the one of this id. */
  'presets.save': define(presetSchema).returns<PresetList>(),
  /** Removing what is not there is no error. */
  'presets.remove': define(z.strictObject({ id: z.string().check(z.maxLength(64)) })).returns<PresetList>(),
};
