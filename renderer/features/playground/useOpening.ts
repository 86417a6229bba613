/** What the address asks the playground to show: a conversation, a request of the log, or models to begin with. */
import { ref, watch, type Ref } from 'vue';
import { useRoute, useRouter, type LocationQueryValue } from 'vue-router';
import { useFailureText } from '../../shared/composables/useFailureText.ts';
import { useConversations } from './conversations.ts';
import { useModelChoices } from './model-choices.ts';
import { usePlayground } from './store.ts';
import { useLoggedRequest } from './useLoggedRequest.ts';

export interface Opening {
  /** What could not be taken over. */
  readonly hint: Ref<string | null>;
  readonly show: (id: string) => void;
  /** One is gone: the address names it no longer. */
  readonly leave: (id: string) => void;
  readonly create: (temporary: boolean) => void;
  /** The address says which conversation is on screen, once it is worth coming back to. */
  readonly settle: () => void;
}

type Asked = LocationQueryValue | LocationQueryValue[] | undefined;
const textOf = (value: Asked | string[]): string => (typeof value === 'string' ? value : '');
/** Names with commas between them, or each given for itself. */
const namesOf = (value: Asked): readonly string[] =>
  [value].flat().flatMap((name) => (name ?? '').split(','));

export function useOpening(): Opening {
  const route = useRoute();
  const router = useRouter();
  const store = usePlayground();
  const saved = useConversations();
  const models = useModelChoices();
  const failureText = useFailureText();
  const readLogged = useLoggedRequest();
  const hint = ref<string | null>(null);

  const showAddress = (id: string | null): void => void router.push({ name: 'playground', params: { id } });

  /** Where nothing is asked for: what was on screen before another page was. */
  async function comeBack(): Promise<void> {
    const shown = store.current;
    if (shown === null) store.startNew();
    else if (saved.list?.conversations.some(({ id }) => id === shown.id) === true) {
      await router.replace({ name: 'playground', params: { id: shown.id } });
    }
  }
  /** Reads a request of the log. @returns what shows it, and then returns what could not be taken over */
  const logged = (id: string): Promise<() => string | null> =>
    readLogged(id).catch((error: unknown) => () => {
      store.startNew();
      return failureText(error);
    });
  async function follow(): Promise<void> {
    if (route.name !== 'playground') return;
    const wanted = store.seek();
    const id = textOf(route.params['id']);
    const { request, model, models: several, q } = route.query;
    const temporary = textOf(route.query['temporary-chat']) === 'true';
    const named = [textOf(model), ...namesOf(several)].filter((name) => name !== '');
    const asked = textOf(request) !== '' || named.length > 0 || textOf(q) !== '' || temporary;
    if (textOf(request) !== '') {
      const showLogged = await logged(textOf(request));
      if (!wanted()) return;
      hint.value = showLogged();
    } else if (id !== '') {
      if (!(await store.open(id))) return;
    } else if (asked) {
      const begun = store.startNew(named, { temporary });
      store.drafts.write(begun.id, textOf(q));
    } else await comeBack();
    // Taken over: coming back to this address must not do it again.
    if (asked) await router.replace({ name: 'playground', params: { id: null } });
  }
  watch(() => [route.params['id'], route.query], follow, { immediate: true });

  // Nobody has chosen yet: the first that can be used.
  watch(
    [() => models.choices, () => store.current],
    ([choices, shown]) => {
      const first = choices.find(({ usable }) => usable);
      if (shown === null || first === undefined) return;
      for (const { id, model } of shown.columns) {
        if (model === '') store.changeColumn(id, { model: first.id });
      }
    },
    { immediate: true },
  );

  return {
    hint,
    show(id) {
      hint.value = null;
      showAddress(id);
    },
    leave(id) {
      if (textOf(route.params['id']) !== id) return;
      hint.value = null;
      showAddress(null);
    },
    create(temporary) {
      hint.value = null;
      store.startNew([], { temporary });
      showAddress(null);
    },
    settle() {
      hint.value = null;
      const id = store.current?.id;
      if (id !== undefined && !store.isTemporary) {
        void router.replace({ name: 'playground', params: { id } });
      }
    },
  };
}
