/** A long text that is pasted becomes a file of the message: a field of a million characters is no place to write in. */
import { computed, shallowRef, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import type { ChatFile } from '../../../contract/rpc/procedures/chat-content.ts';
import type { Attaching } from './useAttaching.ts';

/** From so many characters on; some hundred lines. */
const LONG = 20_000;
/** So many can still stand in the field, should the user want that. */
const MOST_IN_FIELD = 400_000;

export interface LongPaste {
  /** Whether the text was taken aside, and must not go into the field. */
  readonly take: (text: string) => boolean;
  /** The newest one can go into the field after all. */
  readonly offered: Readonly<Ref<boolean>>;
  /** Takes it out of the files. @returns what belongs into the field */
  readonly putIn: () => string;
}

export function useLongPaste(attaching: Attaching): LongPaste {
  const { t } = useI18n();
  const newest = shallowRef<{ readonly text: string; readonly file: ChatFile } | null>(null);

  /** Two texts of one message can be told apart. */
  function freeName(): string {
    const taken = new Set(attaching.files.value.map(({ name }) => name));
    const name = t('playground.attach.pastedText');
    for (let number = 2, next = `${name}.txt`; ; number += 1) {
      if (!taken.has(next)) return next;
      next = `${name} ${number}.txt`;
    }
  }
  async function attach(text: string): Promise<void> {
    const [file] = await attaching.add([new File([text], freeName(), { type: 'text/plain' })]);
    newest.value = file === undefined || text.length > MOST_IN_FIELD ? null : { text, file };
  }
  return {
    take(text) {
      if (text.length < LONG) return false;
      void attach(text);
      return true;
    },
    offered: computed(() => attaching.files.value.some(({ hash }) => hash === newest.value?.file.hash)),
    putIn() {
      if (newest.value === null) return '';
      const { text, file } = newest.value;
      attaching.remove(file);
      newest.value = null;
      return text;
    },
  };
}
