/** What the menu of the desktop app asks the page to do. */
import { onScopeDispose } from 'vue';
import type { CommandId } from '../../../contract/rpc/commands.ts';
import { useDesktop } from '../../shared/rpc/desktop.ts';

/** @param run runs a command by its name */
export function useMenuCommands(run: (id: CommandId) => void): void {
  const desktop = useDesktop();
  if (desktop === null) return;
  const leaving = new AbortController();
  onScopeDispose(() => leaving.abort());
  // It ends when the page goes; where it cannot begin, the menu merely opens the window.
  desktop.follow('desktop.commands', {}, ({ id }) => run(id), leaving.signal).catch(() => undefined);
}
