/** What may stand behind `switchyard`. Further commands become further entries here. */
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import * as z from 'zod/mini';
import { connectCommand, type ConnectOptions } from './commands/connect-options.ts';
import { REQUEST_FORMATS } from '../contract/rpc/request-formats.ts';

const serveSchema = z.object({
  config: z.optional(z.string()),
  dataDir: z.optional(z.string()),
  host: z.optional(z.string()),
  port: z.optional(z.int()),
  demo: z._default(z.boolean(), false),
  open: z._default(z.boolean(), false),
});

const explainSchema = z.object({
  request: z.string(),
  config: z.optional(z.string()),
  dataDir: z.optional(z.string()),
  format: z.optional(z.enum(REQUEST_FORMATS)),
  model: z.optional(z.string()),
  client: z.optional(z.string()),
  json: z._default(z.boolean(), false),
  demo: z._default(z.boolean(), false),
});

/** The flags of `switchyard explain`; what is not given is undefined. */
export type ExplainOptions = z.output<typeof explainSchema>;

const backupSchema = z.object({
  to: z.optional(z.string()),
  withSecrets: z._default(z.boolean(), false),
  history: z._default(z.boolean(), true),
  config: z.optional(z.string()),
  dataDir: z.optional(z.string()),
  demo: z._default(z.boolean(), false),
});

/** The flags of `switchyard backup`; what is not given is undefined. */
export type BackupOptions = z.output<typeof backupSchema>;

const restoreSchema = z.object({
  yes: z._default(z.boolean(), false),
  secrets: z._default(z.boolean(), true),
  config: z.optional(z.string()),
  dataDir: z.optional(z.string()),
  demo: z._default(z.boolean(), false),
});

/** Argument and flags of `switchyard restore`. */
export type RestoreOptions = z.output<typeof restoreSchema> & { readonly file: string };

/** Flags that say where things lie. */
export type PlaceOptions = Pick<ServeOptions, 'config' | 'dataDir' | 'demo'>;

/** The flags of `switchyard serve`; what is not given is undefined. */
export type ServeOptions = z.output<typeof serveSchema>;

/** What to do: serve, or end at once because help was shown or the flags were wrong. */
export type CommandLine =
  | { readonly command: 'serve'; readonly options: ServeOptions }
  | { readonly command: 'explain'; readonly options: ExplainOptions }
  | { readonly command: 'backup'; readonly options: BackupOptions }
  | { readonly command: 'restore'; readonly options: RestoreOptions }
  | { readonly command: 'connect'; readonly options: ConnectOptions }
  | { readonly command: 'exit'; readonly code: 0 | 2 };

/**
 * Reads the arguments after the program's name.
 * @param output where help and errors are written
 */
export function parseCommandLine(
  argv: readonly string[],
  version: string,
  output: { readonly out: (text: string) => void; readonly error: (text: string) => void },
): CommandLine {
  let asked: CommandLine | undefined;
  const program = new Command('switchyard')
    .description('One local port for every model.')
    .version(version, '--version', 'print the version')
    .helpOption('--help', 'print this help')
    .helpCommand('help [command]', 'print this help, or that of a command')
    .showHelpAfterError('Run `switchyard --help` to see what there is.')
    .exitOverride()
    .configureOutput({ writeOut: output.out, writeErr: output.error });
  const serve = program
    // A word that is no command is not one for it either: what was meant is named.
    .command('serve', { isDefault: argv[0]?.startsWith('-') ?? true })
    .description('run the gateway with its pages; what is done without a command')
    .helpOption('--help', 'print this help')
    .option('--config <file>', 'configuration (default: ./config.yaml, else the one in the data folder)')
    .option('--data-dir <folder>', 'where log, secrets and state live')
    .option('--host <name>', 'address to listen on (default: localhost, this machine only)')
    .option('--port <number>', 'port to listen on, 0 for a free one (default: 8000)', parsePort)
    .option('--demo', 'a provider that needs no key, on a data folder of its own')
    .option('--open', 'open the page in the browser')
    .allowExcessArguments(false)
    .action((given: unknown) => {
      asked = { command: 'serve', options: serveSchema.parse(given) };
    });
  program
    .command('explain')
    .description('tell where a request would go and why, without sending it')
    .helpOption('--help', 'print this help')
    .requiredOption(
      '--request <file>',
      'the body of a request, as a client would send it; - for standard input',
    )
    .addOption(new Option('--format <name>', 'its format (default: as it looks)').choices(REQUEST_FORMATS))
    .option('--model <name>', 'in place of the model it names')
    .option('--client <id>', 'the client that would ask')
    .option('--config <file>', 'configuration, where no gateway runs on the data folder')
    .option('--data-dir <folder>', 'data folder of the gateway')
    .option('--demo', "the demo's gateway")
    .option('--json', 'the whole explanation as JSON')
    .allowExcessArguments(false)
    .action((given: unknown) => {
      asked = { command: 'explain', options: explainSchema.parse(given) };
    });
  program
    .command('backup')
    .description('write configuration, history and state into one file')
    .helpOption('--help', 'print this help')
    .option('--to <file>', 'file or folder (default: the folder of back-ups)')
    .option('--with-secrets', 'the keys too; everything is sealed under a passphrase then')
    .option('--without-history', 'without requests and conversations')
    .option('--config <file>', 'configuration, where no gateway runs on the data folder')
    .option('--data-dir <folder>', 'data folder of the gateway')
    .allowExcessArguments(false)
    .action(({ withoutHistory, ...given }: Readonly<Record<string, unknown>>) => {
      asked = {
        command: 'backup',
        options: backupSchema.parse({ ...given, history: withoutHistory === undefined }),
      };
    });
  program
    .command('restore')
    .argument('<file>', 'a back-up')
    .description('put a back-up in the place of what is there; the gateway must not run')
    .helpOption('--help', 'print this help')
    .option('--yes', 'do not ask')
    .option('--without-secrets', 'leave its keys out')
    .option('--config <file>', 'where the configuration goes')
    .option('--data-dir <folder>', 'where everything else goes')
    .allowExcessArguments(false)
    .action((file: string, { withoutSecrets, ...given }: Readonly<Record<string, unknown>>) => {
      const options = restoreSchema.parse({ ...given, secrets: withoutSecrets === undefined });
      asked = { command: 'restore', options: { ...options, file } };
    });
  connectCommand(program, (options) => {
    asked = { command: 'connect', options };
  });
  program.addHelpText('after', () => `\nOptions of serve:\n${optionsOf(serve)}`);
  try {
    program.parse([...argv], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return { command: 'exit', code: error.exitCode === 0 ? 0 : 2 };
    throw error;
  }
  return asked ?? { command: 'exit', code: 2 };
}

function parsePort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Infinity;
  if (port <= 65_535) return port;
  throw new InvalidArgumentError('A port is a whole number from 0 to 65535.');
}

const optionsOf = (command: Command): string =>
  command.options.map(({ flags, description }) => `  ${flags.padEnd(24)}${description}\n`).join('');
