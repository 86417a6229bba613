/** Everything that can be asked for on every page, put where keys, palette and cheat sheet find it. */
import { useRouter } from 'vue-router';
import { COMMANDS, type CommandId } from '../../../contract/rpc/commands.ts';
import { PAGE_KEYS } from '../../../contract/rpc/pages.ts';
import { useShortcuts } from '../../shared/composables/useShortcuts.ts';
import { PAGES } from '../shell/pages.ts';
import { COMMAND_ICONS } from './command-icons.ts';
import type { CommandAct } from './command-act.ts';
import { useGatewayCommands } from './useGatewayCommands.ts';
import { useInterfaceCommands } from './useInterfaceCommands.ts';

/** @returns what runs a command by its name, for the menu of the desktop app */
export function useCommands(): (id: CommandId) => void {
  const router = useRouter();
  const acts: Readonly<Record<CommandId, CommandAct>> = {
    ...useGatewayCommands(),
    ...useInterfaceCommands(),
  };
  useShortcuts([
    ...PAGES.map(({ name, icon, words }) => ({
      keys: [PAGE_KEYS[name]],
      label: `pages.${name}`,
      words,
      icon,
      everywhere: true,
      act: () => void router.push({ name }),
    })),
    ...COMMANDS.map(({ id, label, keys, words }) => ({
      ...acts[id],
      keys,
      label,
      words,
      icon: COMMAND_ICONS[id],
      everywhere: true,
    })),
  ]);
  return (id) => {
    const { act, available } = acts[id];
    if (available?.() !== false) act();
  };
}
