/** The flags of `switchyard connect`. */
import { Argument, Option, type Command } from 'commander';
import * as z from 'zod/mini';
import { TOOL_IDS, type ConnectOrder, type ToolId } from '../../contract/rpc/procedures/connect.ts';

const schema = z.object({
  dryRun: z._default(z.boolean(), false),
  remove: z._default(z.boolean(), false),
  restore: z.optional(z.string()),
  model: z.optional(z.string()),
  smallModel: z.optional(z.string()),
  ownKey: z._default(z.boolean(), true),
  yes: z._default(z.boolean(), false),
  config: z.optional(z.string()),
  dataDir: z.optional(z.string()),
  demo: z._default(z.boolean(), false),
});

/** Argument and flags; without a tool all of them are listed. */
export type ConnectOptions = z.output<typeof schema> & { readonly tool?: ToolId };

export function connectCommand(program: Command, asked: (options: ConnectOptions) => void): void {
  const command = program
    .command('connect')
    .addArgument(new Argument('[tool]', 'which tool').choices(TOOL_IDS))
    .description('point a tool of this machine at the gateway; without a tool, list how they stand')
    .helpOption('--help', 'print this help')
    .option('--dry-run', 'show what would be written, and write nothing')
    .addOption(
      new Option('--remove', 'take out what connecting wrote').conflicts(['restore', 'model', 'smallModel']),
    )
    .addOption(new Option('--restore <copy>', 'back to a copy of before').conflicts(['model', 'smallModel']))
    .option('--model <id>', 'model or alias it asks for; an empty one takes it out')
    .option('--small-model <id>', 'the same for its small tasks')
    .option('--no-own-key', "the gateway's common key, or none, instead of one of its own")
    .option('--yes', 'do not ask')
    .option('--config <file>', 'configuration, where no gateway runs on the data folder')
    .option('--data-dir <folder>', 'data folder of the gateway')
    .option('--demo', "the demo's gateway")
    .allowExcessArguments(false);
  command.action((tool: unknown, given: unknown) => {
    const options = schema.parse(given);
    const found = TOOL_IDS.find((id) => id === tool);
    if (found === undefined && acts(options)) command.error('error: name the tool', { exitCode: 2 });
    asked({ ...options, ...(found === undefined ? {} : { tool: found }) });
  });
}

const acts = ({ remove, restore, model, smallModel, ownKey }: ConnectOptions): boolean =>
  remove || !ownKey || [restore, model, smallModel].some((value) => value !== undefined);

/** What the flags ask for. */
export function orderOf({ remove, restore, model, smallModel, ownKey }: ConnectOptions): ConnectOrder {
  if (remove) return { does: 'remove' };
  if (restore !== undefined) return { does: 'restore', backup: restore };
  const models = {
    ...(model === undefined ? {} : { main: model }),
    ...(smallModel === undefined ? {} : { small: smallModel }),
  };
  return { does: 'connect', models, ownKey };
}
