/** The same acts as a line for a terminal. Pure. */
import type { ToolId } from '../../../contract/rpc/procedures/connect.ts';
import type { Order } from '../../shared/utils/tool-wiring.ts';

/** Names of models come from providers; a shell must not read more into them. */
const quoted = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** @param dryRun shows the change and writes nothing */
export function connectCommand(tool: ToolId, order: Order, dryRun: boolean): string {
  const words = ['switchyard', 'connect', tool, ...flags(order), ...(dryRun ? ['--dry-run'] : [])];
  return words.join(' ');
}

function flags(order: Order): readonly string[] {
  switch (order.does) {
    case 'connect':
      return [
        ...Object.entries(order.models ?? {}).map(([slot, model]) => `--model ${quoted(`${slot}=${model}`)}`),
        ...(order.ownKey === false ? ['--common-key'] : []),
      ];
    case 'remove':
      return ['--remove'];
    case 'restore':
      return [`--restore ${quoted(order.backup)}`];
    case 'silence':
      return [`--silence ${order.variable}`];
  }
}
