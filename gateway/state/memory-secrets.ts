/** Secrets that live as long as the process: for the headless host without a master key, the demo, and tests. */
import { SecretStoreError } from '../core/ports.ts';
import type { SecretStore } from '../core/ports.ts';

/** An empty store; what is set is gone with the process. */
export function createMemorySecrets(): SecretStore {
  const values = new Map<string, string>();
  return {
    kind: 'memory',
    get(name) {
      const value = values.get(name);
      return value === undefined
        ? Promise.reject(new SecretStoreError('not-found', `There is no secret named ${name}.`))
        : Promise.resolve(value);
    },
    set(name, value) {
      values.set(name, value);
      return Promise.resolve();
    },
    delete(name) {
      values.delete(name);
      return Promise.resolve();
    },
  };
}
