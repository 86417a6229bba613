/** The same acts as a line for a terminal. Pure. */
import type { ToolId } from '../../../contract/rpc/procedures/connect.ts';
import type { Order } from '../../shared/utils/tool-wiring.ts';

/** Names of models come from providers; a shell must not read more into them. */
const quoted = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** Flags of the models that the command line knows. */
const FLAGS: Readonly<Record<string, string>> = { main: '--model', small: '--small-model' };

/**
 * @param dryRun shows the change and writes nothing
 * @returns null where the command line has no words for it
 */
export function connectCommand(tool: ToolId, order: Order, dryRun: boolean): string | null {
  const flags = flagsOf(order);
  if (flags === null) return null;
  return ['switchyard', 'connect', tool, ...flags, ...(dryRun ? ['--dry-run'] : [])].join(' ');
}

function flagsOf(order: Order): readonly string[] | null {
  switch (order.does) {
    case 'connect': {
      const models = Object.entries(order.models ?? {});
      if (models.some(([slot]) => FLAGS[slot] === undefined)) return null;
      return [
        ...models.map(([slot, model]) => `${FLAGS[slot]} ${quoted(model)}`),
        ...(order.ownKey === false ? ['--no-own-key'] : []),
      ];
    }
    case 'remove':
      return ['--remove'];
    case 'restore':
      return [`--restore ${quoted(order.backup)}`];
    case 'keep':
    case 'silence':
      return null;
  }
}
