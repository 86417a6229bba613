/** Attaching files to the next message: each is looked at, handed to the gateway, and told of where it cannot be sent. */
import { computed, ref, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { MOST_FILES } from '../../../contract/rpc/chat-limits.ts';
import type { ChatFile } from '../../../contract/rpc/procedures/chat-content.ts';
import { useFailureText } from '../../shared/composables/useFailureText.ts';
import { useRpc } from '../../shared/rpc/rpc.ts';
import { formatBytes } from '../../shared/utils/format.ts';
import { base64OfFile } from './file-bytes.ts';
import { kindOf, MOST_BYTES } from './file-kind.ts';
import { usePendingFiles } from './pending-files.ts';

export interface Attaching {
  readonly files: Readonly<Ref<readonly ChatFile[]>>;
  /** Files that are on their way to the gateway. */
  readonly reading: Readonly<Ref<number>>;
  /** Sentences on files that were not taken, until the next are attached. */
  readonly problems: Readonly<Ref<readonly string[]>>;
  /** @returns those that were taken */
  readonly add: (files: readonly File[]) => Promise<readonly ChatFile[]>;
  readonly remove: (file: ChatFile) => void;
  readonly clear: () => void;
}

const LARGEST = Math.max(...Object.values(MOST_BYTES));

/** @param place what the files are attached to */
export function useAttaching(place: () => string): Attaching {
  const { t, locale } = useI18n();
  const rpc = useRpc();
  const failureText = useFailureText();
  const pending = usePendingFiles();
  const reading = ref(0);
  const problems = ref<readonly string[]>([]);

  const complain = (problem: string): null => {
    problems.value = [...problems.value, problem];
    return null;
  };
  const tooLarge = (file: File, most: number): string =>
    t('playground.attach.tooLarge', {
      name: file.name,
      size: formatBytes(file.size, locale.value),
      most: formatBytes(most, locale.value),
    });

  async function take(file: File, target: string): Promise<ChatFile | null> {
    // Never read into memory whole only to be refused.
    if (file.size > LARGEST) return complain(tooLarge(file, LARGEST));
    const bytes = new Uint8Array(await file.arrayBuffer());
    const known = kindOf(bytes, file.type);
    if (known === null) return complain(t('playground.attach.unknown', { name: file.name }));
    if (file.size > MOST_BYTES[known.kind]) return complain(tooLarge(file, MOST_BYTES[known.kind]));
    const kept = await rpc.call('chatFiles.put', { base64: await base64OfFile(file) });
    const before = pending.of(target);
    const same = before.find(({ hash }) => hash === kept.hash);
    if (same !== undefined) return same;
    if (before.length >= MOST_FILES) return complain(t('playground.attach.tooMany', { most: MOST_FILES }));
    const name = (file.name || t('playground.attach.pasted')).slice(0, 200);
    const taken = { ...known, name, hash: kept.hash, size: kept.size };
    pending.set(target, [...before, taken]);
    return taken;
  }

  return {
    files: computed(() => pending.of(place())),
    reading,
    problems,
    async add(files) {
      const target = place();
      problems.value = [];
      reading.value += files.length;
      const all: ChatFile[] = [];
      // One after the other: twenty pictures at once would fill the connection.
      for (const file of files) {
        try {
          const taken = await take(file, target);
          if (taken !== null) all.push(taken);
        } catch (error) {
          complain(t('playground.attach.notTaken', { name: file.name, why: failureText(error) }));
        }
        reading.value -= 1;
      }
      return all;
    },
    remove(file) {
      const target = place();
      pending.set(
        target,
        pending.of(target).filter(({ hash }) => hash !== file.hash),
      );
    },
    clear() {
      pending.set(place(), []);
      problems.value = [];
    },
  };
}
