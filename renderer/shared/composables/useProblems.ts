/** What is wrong with the gateway for longer than a moment: its own words, and the act that helps. */
import { computed, type ComputedRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRouter } from 'vue-router';
import { actOf, isFault, type ProblemAct, type ProblemCode } from './problem-acts.ts';
import { useAct, type Act } from './useAct.ts';
import { useDesktopHost } from './useDesktopHost.ts';
import { useGateway } from './useGateway.ts';

export interface ShownProblem {
  readonly title: string;
  readonly text: string;
  /** It keeps the gateway from doing its work in full. */
  readonly fault: boolean;
  readonly act: { readonly label: string; readonly does: ProblemAct } | null;
}

export interface Problems {
  readonly problems: ComputedRef<readonly ShownProblem[]>;
  /** True while an act is under way. */
  readonly busy: Act['busy'];
  /** Does what helps. @returns true when it led to another page */
  readonly help: (act: ProblemAct) => Promise<boolean>;
}

export function useProblems(): Problems {
  const gateway = useGateway();
  const desktop = useDesktopHost();
  const router = useRouter();
  const { busy, run } = useAct();
  const { t } = useI18n();

  function shown(code: ProblemCode, text: string): ShownProblem {
    const does = actOf(code, desktop.present);
    return {
      title: t(`problems.${code}`),
      text,
      fault: isFault(code),
      act: does === null ? null : { label: t(`problems.acts.${code}`), does },
    };
  }

  return {
    busy,
    problems: computed(() => {
      const { status } = gateway;
      if (status === null) return [];
      const told = status.problems.map(({ code, message }) => shown(code, message));
      // Keys that are forgotten at the next start are worth knowing of as long as it is so; the desktop asks
      // the user where keys go, in a banner.
      const forgetful = status.secretStore === 'memory' && !status.demo && !desktop.present;
      if (!forgetful) return told;
      return [
        ...told,
        { title: t('problems.memory'), text: t('problems.memoryHelp'), fault: false, act: null },
      ];
    }),
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
