/** Puts entries back that an edit took out of a list of the configuration file. */
import type { EditPath, EntryText } from '../config/edit.ts';
import type { ControlPorts } from './ports.ts';

/**
 * @param entries as the edit told them
 * @returns null where one of them cannot be put back as it was
 */
export function restoreEntries(
  ports: Pick<ControlPorts, 'edit'>,
  path: EditPath,
  entries: readonly (EntryText | undefined)[],
): (() => Promise<void>) | null {
  const known = entries.filter((entry) => entry !== undefined);
  if (known.length < entries.length) return null;
  // From the first place on, so that each finds those before it where they were.
  const inOrder = known.toSorted((left, right) => left.at - right.at);
  return async () => {
    if (inOrder.length > 0) await ports.edit(inOrder.map((entry) => ({ op: 'restore', path, entry })));
  };
}
