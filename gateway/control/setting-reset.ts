/** What a reset of one setting leaves of the file. Pure. */
import type { SettingPath } from '../../contract/rpc/procedures/settings.ts';
import { applyEdits } from '../config/edit.ts';

/** The file before and after a reset that changed nothing else: with secrets, so in memory alone. */
export interface SettingReset {
  readonly path: SettingPath;
  readonly before: string;
  readonly after: string;
}

/**
 * @param before the file when the reset was asked for; somebody else may have changed it until the reset was written,
 *   which then is not in `after`, and the file no longer what the reset left
 * @returns null where the setting did not stand in it, or it cannot be read
 */
export function resetOf(path: SettingPath, before: string): SettingReset | null {
  try {
    return { path, before, after: applyEdits(before, [{ op: 'delete', path: path.split('.') }]) };
  } catch {
    return null;
  }
}
