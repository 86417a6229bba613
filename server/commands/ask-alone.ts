/** Calls a procedure of a gateway made for the purpose: it listens nowhere and leaves nothing behind. */
import type { RpcResult } from '../../contract/rpc/errors.ts';
import type { PlaceOptions } from '../command-line.ts';
import { askedConfig } from '../config-place.ts';
import type { Surroundings } from '../host.ts';
import { withLookingGateway } from './with-looking-gateway.ts';

/** Longest wait for the providers' lists, ms; what has not come is taken for unknown. */
const PATIENCE = 5_000;

/**
 * @param folder of data, which need not be there
 * @throws StartProblem for a broken configuration: an answer by another one would be wrong
 */
export async function askAlone(
  name: string,
  input: unknown,
  folder: string,
  options: PlaceOptions,
  surroundings: Surroundings,
): Promise<RpcResult<unknown>> {
  const { clock, workingFolder } = surroundings;
  const path = await askedConfig(options, workingFolder, folder);
  return withLookingGateway({ folder, path, demo: options.demo }, surroundings, async (gateway) => {
    await gateway.readSecrets();
    await Promise.race([gateway.control.call('models.refresh', {}), until(clock, PATIENCE)]);
    return gateway.control.call(name, input);
  });
}

const until = (clock: Surroundings['clock'], wait: number): Promise<void> =>
  new Promise((resolve) => {
    clock.after(wait, resolve);
  });
