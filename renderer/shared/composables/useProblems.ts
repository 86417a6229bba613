/** What is wrong with the gateway and its providers for longer than a moment: its own words, and the act that helps. */
import { defineStore } from 'pinia';
import { computed, shallowRef, watch, type ComputedRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRouter } from 'vue-router';
import type { Told } from '../../../contract/rpc/connect-sayings.ts';
import type { ToldBlock } from '../../../contract/rpc/told-words.ts';
import { attentionsOf, type Attention } from '../utils/attention.ts';
import { requestsLink } from '../utils/requests-link.ts';
import { actOf, isFault, type ProblemAct, type ProblemCode } from './problem-acts.ts';
import { useAct, type Act } from './useAct.ts';
import { useDesktopHost } from './useDesktopHost.ts';
import { useFailed } from './useFailed.ts';
import { useGateway } from './useGateway.ts';
import { useProviderStates } from './useProviderStates.ts';
import { useTold, useToldBlocks } from './useTold.ts';

export interface ShownProblem {
  /** The same while it lasts, whatever figures its text tells. */
  readonly id: string;
  readonly title: string;
  readonly text: string;
  /** The same in paragraphs and lists. */
  readonly blocks: readonly ToldBlock[];
  /** It keeps the gateway from doing its work in full. */
  readonly fault: boolean;
  readonly act: { readonly label: string; readonly does: ProblemAct } | null;
}

export interface Problems {
  readonly problems: ComputedRef<readonly ShownProblem[]>;
  /** Those that nobody has put aside. */
  readonly pressing: ComputedRef<readonly ShownProblem[]>;
  /** Puts a warning aside until it happens again; faults stay. */
  readonly putAside: (problem: ShownProblem) => void;
  /** True while an act is under way. */
  readonly busy: Act['busy'];
  /** Does what helps. @returns true when it led to another page */
  readonly help: (act: ProblemAct) => Promise<boolean>;
}

const plain = (text: string): Pick<ShownProblem, 'text' | 'blocks'> => ({ text, blocks: [text] });

/** Ids of problems that somebody has seen and put aside; as long as this page lives. */
const useProblemsAside = defineStore('problems-aside', () => {
  const ids = shallowRef<readonly string[]>([]);
  return {
    ids,
    add(id: string): void {
      ids.value = [...ids.value, id];
    },
    /** Forgets those that are no more. */
    keep(present: readonly string[]): void {
      if (ids.value.some((id) => !present.includes(id))) {
        ids.value = ids.value.filter((id) => present.includes(id));
      }
    },
  };
});

export function useProblems(): Problems {
  const gateway = useGateway();
  const states = useProviderStates();
  const desktop = useDesktopHost();
  const router = useRouter();
  const aside = useProblemsAside();
  const { busy, run } = useAct();
  const { t } = useI18n();
  const words = useTold();
  const failed = useFailed();
  const inBlocks = useToldBlocks();

  function shown(code: ProblemCode, told: Told): ShownProblem {
    const text = words(told);
    const does = actOf(code, desktop.present);
    return {
      id: `${code} ${text.replaceAll(/\d[\d.,]*/g, '#')}`,
      title: t(`problems.${code}`),
      text,
      blocks: inBlocks(told),
      fault: isFault(code),
      act: does === null ? null : { label: t(`problems.acts.${code}`), does },
    };
  }

  function ofProvider({ code, fault, provider, key }: Attention): ShownProblem {
    const to =
      code === 'failing'
        ? requestsLink({ provider: provider.id, is: 'failed' })
        : { name: 'providers', params: { id: provider.id } };
    const text = t(`problems.attention.${code}.text`, {
      status: key?.status ?? '',
      words: key === null ? '' : failed({ message: key.message ?? '', told: key.told }),
      fingerprint: key?.fingerprint ?? '',
    });
    return {
      id: [code, provider.id, key?.id].join('/'),
      title: t(`problems.attention.${code}.title`, { name: provider.name }),
      ...plain(text),
      fault,
      act: { label: t(`problems.attention.${code}.act`), does: { kind: 'go', to } },
    };
  }

  const problems = computed(() => {
    const { status } = gateway;
    const lost = gateway.away
      ? [{ id: 'away', title: t('problems.away'), ...plain(t('problems.awayHelp')), fault: true, act: null }]
      : [];
    if (status === null) return lost;
    const all = status.problems.map(({ code, told }) => shown(code, told));
    // Keys that are forgotten at the next start are worth knowing of as long as it is so; the desktop asks
    // the user where keys go, in a banner.
    const forgetful = status.secretStore === 'memory' && !status.demo && !desktop.present;
    const memory = {
      id: 'memory',
      title: t('problems.memory'),
      ...plain(t('problems.memoryHelp')),
      fault: false,
      act: null,
    };
    const ofProviders = attentionsOf(states.providers ?? [], states.failing).map(ofProvider);
    return [...lost, ...all, ...ofProviders, ...(forgetful ? [memory] : [])];
  });
  // What is over may be put aside anew when it comes back.
  watch(problems, (now) => aside.keep(now.map(({ id }) => id)));

  return {
    busy,
    problems,
    pressing: computed(() => problems.value.filter(({ id }) => !aside.ids.includes(id))),
    putAside: ({ id, fault }) => {
      if (!fault) aside.add(id);
    },
    async help(act) {
      if (act.kind === 'retry-secrets') {
        await run(() => desktop.retrySecrets(), t('keyPlace.stillNot'));
        return false;
      }
      await router.push(act.to);
      return true;
    },
  };
}
