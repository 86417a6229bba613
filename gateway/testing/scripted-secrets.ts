/** A secret store that works, fails or hangs as a test tells it, and counts what it was asked. */
import { createMemorySecrets } from '../state/memory-secrets.ts';
import { SecretStoreError, type SecretProblem, type SecretStore } from '../core/ports.ts';

export interface ScriptedSecrets extends SecretStore {
  /** Names that were read, in order. */
  readonly asked: readonly string[];
  /** From now on every act fails so. */
  fail(problem: Exclude<SecretProblem, 'not-found'>, message: string): void;
  /** From now on every act waits until `work` or `fail` is called. */
  hang(): void;
  /** Works again; acts that hang go on. */
  work(): void;
}

export function createScriptedSecrets(values: Readonly<Record<string, string>> = {}): ScriptedSecrets {
  const inner = createMemorySecrets();
  for (const [name, value] of Object.entries(values)) void inner.set(name, value);
  const asked: string[] = [];
  let failure: SecretStoreError | undefined;
  let gate: Promise<unknown> = Promise.resolve();
  let open: () => void = () => undefined;

  async function act<Answer>(run: () => Promise<Answer>): Promise<Answer> {
    await gate;
    if (failure !== undefined) throw failure;
    return run();
  }

  return {
    kind: 'sealed',
    asked,
    get(name) {
      asked.push(name);
      return act(() => inner.get(name));
    },
    set: (name, value) => act(() => inner.set(name, value)),
    delete: (name) => act(() => inner.delete(name)),
    fail(problem, message) {
      failure = new SecretStoreError(problem, message);
      open();
    },
    hang() {
      const { promise, resolve } = Promise.withResolvers<null>();
      gate = promise;
      open = () => resolve(null);
    },
    work() {
      failure = undefined;
      open();
    },
  };
}
