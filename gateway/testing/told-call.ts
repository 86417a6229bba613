/** A caller of a procedure that tells: writes down what it hears and can take the call back. */
import type { Call } from '../../contract/rpc/define.ts';

export interface ToldCall<Progress> extends Call<Progress> {
  readonly told: readonly Progress[];
  /** Resolves once something told fits. */
  until(fits: (progress: Progress) => boolean): Promise<Progress>;
  cancel(): void;
}

export function createToldCall<Progress>(): ToldCall<Progress> {
  const told: Progress[] = [];
  const acts: (() => void)[] = [];
  const looks = new Set<(progress: Progress) => void>();
  let cancelled = false;
  return {
    told,
    get cancelled() {
      return cancelled;
    },
    onCancel(act) {
      if (cancelled) act();
      else acts.push(act);
    },
    tell(progress) {
      told.push(progress);
      for (const look of looks) look(progress);
    },
    until(fits) {
      const { promise, resolve } = Promise.withResolvers<Progress>();
      const look = (progress: Progress): void => {
        if (!fits(progress)) return;
        looks.delete(look);
        resolve(progress);
      };
      looks.add(look);
      for (const progress of told) look(progress);
      return promise;
    },
    cancel() {
      cancelled = true;
      for (const act of acts) act();
    },
  };
}
