/** Fetches what the gateway serves of the interface, on demand: its absence is waited for. */

/** Whether somebody serves. */
export interface Server {
  /** Asks. */
  readonly answers: () => Promise<boolean>;
  /** Resolves as soon as it answers again. */
  readonly back: () => Promise<void>;
}

/**
 * @param load an import; browsers fetch one that failed anew
 * @param onWait told once, when it has to be waited for
 * @throws the failure of an import that is not there although somebody serves: the files are of a newer version
 */
export async function insist<T>(load: () => Promise<T>, server: Server, onWait?: () => void): Promise<T> {
  let waited = false;
  let present = false;
  for (;;) {
    try {
      return await load();
    } catch (error) {
      if (present) throw error;
      present = await server.answers();
      if (present) continue;
      if (!waited) onWait?.();
      waited = true;
      await server.back();
    }
  }
}

/** A style that did not come is taken out: it would count as there, and what it is for be drawn without it. */
export function forgetLostStyles(target: Window): void {
  target.addEventListener(
    'error',
    ({ target: lost }) => {
      if (lost instanceof HTMLLinkElement && lost.rel === 'stylesheet') lost.remove();
    },
    true,
  );
}
