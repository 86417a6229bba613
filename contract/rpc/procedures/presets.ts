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

/** What a file brought. */
export interface PresetImport extends PresetList {
  readonly added: readonly {
    readonly id: string;
    readonly name: string;
    /** Its name in the file, where somebody had it; null where it kept its own. */
    readonly renamedFrom: string | null;
  }[];
  /** Presets that were here already, word for word. */
  readonly known: number;
}

const presetId = z.string().check(z.maxLength(64));

export const presetProcedures = {
  'presets.list': define(nothing).returns<PresetList>(),
  /** Adds a preset, or replaces the one of this id. */
  'presets.save': define(presetSchema).returns<PresetList>(),
  /** Removing what is not there is no error. */
  'presets.remove': define(z.strictObject({ id: presetId })).returns<PresetList>(),
  /** Presets as a text to be kept as a file: these, or all. */
  'presets.export': define(
    z.strictObject({ ids: z.optional(z.array(presetId).check(z.maxLength(100))) }),
  ).returns<{ readonly text: string }>(),
  /** Takes all presets of such a text or none; one that is broken is refused with the place. */
  'presets.import': define(
    z.strictObject({ text: z.string().check(z.maxLength(30_000_000)) }),
  ).returns<PresetImport>(),
};
