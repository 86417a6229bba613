/** Which parameters models were found not to take. State lives in `state/`. */
import type { ParameterRepair } from './unsupported-parameter.ts';

export interface RefusedParameters {
  of(provider: string, model: string): readonly ParameterRepair[];
  learn(provider: string, model: string, repair: ParameterRepair): void;
}
