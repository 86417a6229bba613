/** Presets as files of the user: written out, and read back in, which can be taken back. */
import { useI18n } from 'vue-i18n';
import type { Preset, PresetImport } from '../../../contract/rpc/procedures/presets.ts';
import { useAct } from '../../shared/composables/useAct.ts';
import { useFailureText } from '../../shared/composables/useFailureText.ts';
import { useToasts } from '../../shared/composables/useToasts.ts';
import { saveFile } from '../../shared/utils/save-file.ts';
import { fileNameOf } from './conversation-file.ts';
import { usePresets } from './presets.ts';

/** The gateway takes no more, bytes. */
const MOST = 30_000_000;

export interface PresetFiles {
  /** @param preset this one alone; all by default */
  readonly save: (preset?: Preset) => Promise<void>;
  readonly read: (file: File) => Promise<void>;
}

export function usePresetFiles(): PresetFiles {
  const { t } = useI18n();
  const presets = usePresets();
  const toasts = useToasts();
  const acting = useAct();
  const failureText = useFailureText();

  function tell({ added, known }: PresetImport): void {
    const renamed = added.flatMap(({ name, renamedFrom }) =>
      renamedFrom === null ? [] : [t('playground.preset.renamed', { from: renamedFrom, name })],
    );
    const words = [...renamed, ...(known === 0 ? [] : [t('playground.preset.known', known)])].join(' ');
    toasts.add({
      kind: 'ok',
      title: t('playground.preset.imported', added.length),
      ...(words !== '' && { text: words }),
      ...(added.length > 0 && {
        undo: () =>
          void acting.run(async () => {
            for (const { id } of added) await presets.remove(id);
          }, t('playground.preset.notDeleted')),
      }),
    });
  }

  return {
    async save(preset) {
      await acting.run(async () => {
        const text = await presets.write(preset === undefined ? undefined : [preset.id]);
        const name = preset === undefined ? 'switchyard-presets.json' : fileNameOf(preset.name, 'json');
        saveFile([text], name, 'application/json');
      }, t('playground.preset.notExported'));
    },
    async read(file) {
      try {
        if (file.size > MOST) throw new Error(t('playground.preset.tooLarge'));
        tell(await presets.take(await file.text()));
      } catch (error) {
        const title = t('playground.list.notImported', { name: file.name });
        toasts.add({ kind: 'failed', title, text: failureText(error) });
      }
    },
  };
}
