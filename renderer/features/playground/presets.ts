/** Presets that the gateway keeps, and what one changes where it is taken over. */
import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type { Conversation, ConversationColumn } from '../../../contract/rpc/procedures/conversations.ts';
import type { Preset, PresetImport } from '../../../contract/rpc/procedures/presets.ts';
import { useRpc } from '../../shared/rpc/rpc.ts';
import { makeId } from './conversation.ts';

export const usePresets = defineStore('playground-presets', () => {
  const rpc = useRpc();
  const presets = shallowRef<readonly Preset[]>([]);
  const failure = shallowRef<unknown>(null);

  return {
    presets,
    failure,
    async read(): Promise<void> {
      try {
        ({ presets: presets.value } = await rpc.call('presets.list', {}));
        failure.value = null;
      } catch (error) {
        failure.value = error;
      }
    },
    async save(preset: Preset): Promise<void> {
      ({ presets: presets.value } = await rpc.call('presets.save', preset));
    },
    async remove(id: string): Promise<void> {
      ({ presets: presets.value } = await rpc.call('presets.remove', { id }));
    },
    /** @param only these; all by default */
    async write(only?: readonly string[]): Promise<string> {
      const { text } = await rpc.call('presets.export', only === undefined ? {} : { ids: [...only] });
      return text;
    },
    /** All of a file or none. @throws RpcError that says where it is broken */
    async take(text: string): Promise<PresetImport> {
      const taken = await rpc.call('presets.import', { text });
      presets.value = taken.presets;
      return taken;
    },
  };
});

/** What a column and its conversation have now, under a name. */
export function presetOf(conversation: Conversation, column: ConversationColumn, name: string): Preset {
  const { system, tools, toolChoice, autoContinue, format } = conversation;
  const { parameters } = column;
  return { id: makeId(), name, system, parameters, tools, toolChoice, autoContinue, format };
}

/** The preset whose values are in use: it says so only while all of them are. */
export function appliedPreset(
  presets: readonly Preset[],
  conversation: Conversation,
  column: ConversationColumn,
): Preset | undefined {
  const sorted = (values: object): unknown =>
    Object.entries(values).toSorted(([left], [right]) => left.localeCompare(right));
  const wordsOf = ({ parameters, ...shared }: Preset): string =>
    JSON.stringify([sorted({ ...shared, id: '', name: '' }), sorted(parameters)]);
  const now = wordsOf(presetOf(conversation, column, ''));
  return presets.find((preset) => wordsOf(preset) === now);
}
