/** What settings were before they were last changed here, as the file had it. In memory alone: it may be a secret. */
import { isDeepStrictEqual } from 'node:util';
import type { SettingPath, SettingValue } from '../../contract/rpc/procedures/settings.ts';
import { refused } from '../core/refusals.ts';

/** A setting at one moment. */
export interface SettingState {
  /** What the file has; undefined for nothing. */
  readonly written: unknown;
  readonly inForce: SettingValue;
}

export interface SettingChanges {
  /** Makes a change, one after the other; one that fails is none. */
  make(path: SettingPath, change: () => Promise<void>): Promise<void>;
  /** True while the file still has what the last change put there. */
  undoable(path: SettingPath): boolean;
  /** @throws RpcError `conflict` where nothing was changed here, or something else since */
  before(path: SettingPath): SettingState;
}

export function createSettingChanges(look: (path: SettingPath) => SettingState): SettingChanges {
  const changes = new Map<SettingPath, { readonly before: SettingState; readonly after: unknown }>();

  function last(path: SettingPath): SettingState | null {
    const change = changes.get(path);
    return change !== undefined && isDeepStrictEqual(look(path).written, change.after) ? change.before : null;
  }

  let queue: Promise<unknown> = Promise.resolve();

  async function make(path: SettingPath, change: () => Promise<void>): Promise<void> {
    const before = look(path);
    await change();
    const after = look(path).written;
    if (!isDeepStrictEqual(before.written, after)) changes.set(path, { before, after });
  }

  return {
    make(path, change) {
      // What was before is known once the change before is through.
      const made = queue.then(() => make(path, change));
      queue = made.catch(() => undefined);
      return made;
    },
    undoable: (path) => last(path) !== null,
    before(path) {
      const before = last(path);
      if (before !== null) return before;
      throw refused('changed-since', { path }, path);
    },
  };
}
