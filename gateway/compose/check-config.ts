/** Whether a configuration can be used as it is: for hosts where nothing may stand in for a broken one. */
import { parseConfig } from '../config/parse.ts';
import { addressedProviders, builtInProviders } from '../providers/registry.ts';
import { StartProblem } from '../hosting/start-problem.ts';
import type { GatewayPorts } from '../index.ts';

/** @throws StartProblem naming the file, and what is wrong with it in which line */
export async function checkConfigFile(
  file: GatewayPorts['configFile'],
  { environment, overrides }: Pick<GatewayPorts, 'environment' | 'overrides'>,
): Promise<void> {
  try {
    const context = { environment, overrides, builtIn: builtInProviders, addressed: addressedProviders };
    parseConfig((await file.read()) ?? '', context);
  } catch (error) {
    const reason = (error instanceof Error ? error.message : String(error)).replace(/\.?$/, '.');
    throw new StartProblem(
      `${file.location} cannot be used: ${reason} Nothing was done; repair the file first.`,
      error,
    );
  }
}
