/** A gateway with a stand-in of each API behind it. */
import type { DialectId } from '../../../contract/config/provider.ts';
import { MODELS, startAllUpstreams, type DialectUpstream } from '../dialect-upstreams/start.ts';
import { startTestGateway, type TestGateway } from '../test-gateway.ts';

const UPSTREAM_KEY = 'sk-upstream-00000000000000001234';

export interface Bench {
  readonly gateway: TestGateway;
  readonly upstreams: Readonly<Record<DialectId, DialectUpstream>>;
}

function oneProvider(id: string, { dialect, baseUrl }: DialectUpstream): string {
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
