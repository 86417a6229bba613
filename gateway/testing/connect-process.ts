/** A process that connects a tool and takes it out again without end until it is killed. Prints a line for each turn. */
import { createConnector, type ClientChange } from '../connect/connector.ts';
import { DEFINITIONS } from '../connect/definitions.ts';
import { diskFiles } from '../connect/files.ts';
import { FORMATS } from '../connect/formats/index.ts';
import type { ConnectOrder } from '../../contract/rpc/procedures/connect.ts';

const [homeFolder = '', folder = ''] = process.argv.slice(2);
const connector = createConnector({
  files: diskFiles,
  around: { homeFolder, environment: {}, platform: 'linux' },
  folder,
  definitions: DEFINITIONS,
  formats: FORMATS,
  now: () => Date.now(),
  listens: () => Promise.resolve(false),
  knowsKey: () => false,
});
const noClient: ClientChange = {
  client: null,
  before: () => Promise.resolve(() => Promise.resolve()),
  after: () => Promise.resolve(),
};

const orders = (turn: number): readonly ConnectOrder[] => [
  { does: 'connect', models: { main: `model-${turn}` }, ownKey: true },
  { does: 'connect', models: { main: `another-${turn}` }, ownKey: true },
  { does: 'remove' },
];

for (let turn = 1; ; turn += 1) {
  for (const order of orders(turn)) {
    const models = order.does === 'connect' ? order.models : {};
    const wiring = { address: 'http://127.0.0.1:8000', key: 'sy-of-the-tool-000001', models };
    const input = { tool: 'claude-code', order, wiring } as const;
    const { version } = await connector.plan(input);
    process.stdout.write(`${turn} ${order.does}\n`);
    await connector.apply(input, version, () => noClient);
  }
}
