/** Puts entries back that an edit took out of a list of the configuration file. */
import type { ConfigEdit, EditPath, EntryText } from '../config/edit.ts';
import type { ControlPorts } from './ports.ts';

type Taken = readonly (EntryText | undefined)[];

/**
 * @param entries as the edit told them
 * @returns null where one of them cannot be put back as it was
 */
export function restoreEntries(
  ports: Pick<ControlPorts, 'edit'>,
  path: EditPath,
  entries: Taken,
): (() => Promise<void>) | null {
  const edits = restoring(path, entries);
  if (edits === null) return null;
  return async () => {
    if (edits.length > 0) await ports.edit(edits);
  };
}

/** The edits that do it. @returns null where one of them cannot be put back as it was */
export function restoring(path: EditPath, entries: Taken): readonly ConfigEdit[] | null {
  const known = entries.filter((entry) => entry !== undefined);
  if (known.length < entries.length) return null;
  // From the first place on, so that each finds those before it where they were.
  const inOrder = known.toSorted((left, right) => left.at - right.at);
  return inOrder.map((entry) => ({ op: 'restore', path, entry }));
}
