/** A gateway with a provider of each dialect behind it, and every cell of some clients against all of them. */
import { afterAll, beforeAll, describe, it } from 'vitest';
import { DIALECTS } from '../../../contract/config/provider.ts';
import type { RequestRow } from '../../../contract/log/row.ts';
import { MODELS } from '../dialect-upstreams/start.ts';
import type { SdkClient } from '../sdk-clients/client.ts';
import { finishedRow } from '../test-gateway.ts';
import { startBench, stopBench, type Bench } from './bench.ts';
import { printed, CELLS, type Outcome } from './matrix.ts';

/** The client's own; no upstream may see it. */
const CLIENT_KEY = 'sk-client-000000000000000000005678';

export function describeMatrix(clients: readonly SdkClient[]): void {
  let bench: Bench;
  const outcomes = new Map<string, Outcome[]>();
  const suffixOf = (client: number, cell: number): string => `-${client}-${cell}`;

  beforeAll(async () => {
    const own = clients.flatMap((_client, client) =>
      CELLS.flatMap((cell, number) => (cell.own ? [suffixOf(client, number)] : [])),
    );
    bench = await startBench(own);
  });
  afterAll(async () => {
    for (const [client, table] of outcomes)
      process.stdout.write(
        printed(
          client,
          table,
          CELLS.map(({ name }) => name),
          DIALECTS,
        ),
      );
    await stopBench(bench);
  });

  for (const [index, client] of clients.entries()) {
    const table: Outcome[] = [];
    outcomes.set(`Client ${client.id}, by the upstream's dialect`, table);
    describe.each(DIALECTS)(`${client.id} to %s`, (to) => {
      it.concurrent.each(CELLS.map((cell, number) => ({ cell, number, name: cell.name })))(
        '$name',
        async ({ cell, number }) => {
          const provider = `${to}${cell.own ? suffixOf(index, number) : ''}`;
          let note: string | null | undefined;
          try {
            note = await cell.run({
              client,
              place: { root: bench.gateway.url, key: CLIENT_KEY },
              upstream: bench.upstreams[to],
              to,
              model: `${provider}/${MODELS[to]}`,
              gateway: true,
              streamed: cell.streamed,
              argument: `${index}-${number}`,
              row: (): Promise<RequestRow> => finishedRow(bench.gateway, provider),
            });
          } finally {
            table.push({ row: cell.name, column: to, note });
          }
        },
      );
    });
  }
}
