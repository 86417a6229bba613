/** A gateway made for one command: it listens nowhere, and only the answer is printed. */
import { checkConfigFile, createGateway, readEnvironment } from '../../gateway/index.ts';
import type { Gateway, GatewayPorts, Logger } from '../../gateway/index.ts';
import { WORKERS, type Surroundings } from '../host.ts';

export const SILENT: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/** @throws StartProblem for a broken configuration: what goes by another one would be wrong */
export async function withQuietGateway<T>(
  own: Pick<GatewayPorts, 'configFile' | 'secrets' | 'dataFolder' | 'tools'>,
  { version, clock, environment }: Surroundings,
  act: (gateway: Gateway) => Promise<T>,
): Promise<T> {
  const overrides = readEnvironment(environment);
  await checkConfigFile(own.configFile, { environment, overrides });
  const gateway = await createGateway({
    version,
    clock,
    random: Math.random,
    logger: SILENT,
    overrides,
    environment,
    workers: WORKERS,
    routes: () => [],
    sessionOf: () => null,
    demoUpstream: null,
    ...own,
  });
  try {
    return await act(gateway);
  } finally {
    await gateway.drain(0);
  }
}
