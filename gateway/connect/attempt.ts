/** Faults in a file of settings, told with their line. */
import { RpcError, refusal } from '../../contract/rpc/errors.ts';
import { faultTold, type LookPorts } from './look.ts';
import { shownPath } from './place.ts';
import { told } from './sayings.ts';

/** @throws RpcError with a sentence about what is wrong with the file at `path` */
export function attempt<T>(path: string, { around }: Pick<LookPorts, 'around'>, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (error instanceof RpcError) throw error;
    throw refusal('unavailable', told('unchanged', {}, faultTold(error, shownPath(path, around))));
  }
}
