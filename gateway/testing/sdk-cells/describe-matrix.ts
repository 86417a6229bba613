/** A gateway with a provider of each dialect behind it, and every cell of some clients against all of them. */
import { afterAll, beforeAll, describe, it } from 'vitest';
import { DIALECTS, type DialectId } from '../../../contract/config/provider.ts';
import type { RequestRow } from '../../../contract/log/row.ts';
import { MODELS, startAllUpstreams, type DialectUpstream } from '../dialect-upstreams/start.ts';
import type { SdkClient } from '../sdk-clients/client.ts';
import { finishedRow, startTestGateway, type TestGateway } from '../test-gateway.ts';
import { printed, CELLS, type Outcome } from './matrix.ts';

const UPSTREAM_KEY = 'sk-upstream-00000000000000001234';
/** The client's own; no upstream may see it. */
const CLIENT_KEY = 'sk-client-000000000000000000005678';

export interface Bench {
  readonly gateway: TestGateway;
  readonly upstreams: Readonly<Record<DialectId, DialectUpstream>>;
}

export function oneProvider(id: string, { dialect, baseUrl }: DialectUpstream): string {
  return `  - { id: ${id}, dialect: ${dialect}, base_url: "${baseUrl}", allow_private_network: true, models: [${MODELS[dialect]}], keys: [{ id: k1, value: ${UPSTREAM_KEY} }] }\n`;
}

/** @param more ids of further providers of each dialect */
export async function startBench(more: readonly string[] = []): Promise<Bench> {
  const upstreams = await startAllUpstreams(UPSTREAM_KEY);
  const providers = Object.values(upstreams).flatMap((upstream) =>
    ['', ...more].map((suffix) => oneProvider(`${upstream.dialect}${suffix}`, upstream)),
  );
  const gateway = await startTestGateway(`providers:\n${providers.join('')}`);
  return { gateway, upstreams };
}

export async function stopBench({ gateway, upstreams }: Bench): Promise<void> {
  await gateway.stop();
  await Promise.all(Object.values(upstreams).map((upstream) => upstream.close()));
}

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
    outcomes.set(`${client.id} (rows) against each upstream (columns)`, table);
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
