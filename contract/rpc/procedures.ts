/** Every procedure of the control plane, by name. A handler map that misses one, or has one more, does not compile. */
import type { InputOf, OutputOf } from './define.ts';
import { gatewayProcedures } from './procedures/gateway.ts';
import { providerProcedures } from './procedures/providers.ts';
import { requestProcedures } from './procedures/requests.ts';

export const procedures = {
  ...gatewayProcedures,
  ...providerProcedures,
  ...requestProcedures,
};

export type Procedures = typeof procedures;
export type ProcedureName = keyof Procedures;

/** One handler for each procedure. */
export type Handlers = {
  readonly [Name in ProcedureName]: (input: InputOf<Procedures[Name]>) => Promise<OutputOf<Procedures[Name]>>;
};
