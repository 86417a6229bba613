/** Flags of the command line over variables. Pure. */
import type { Overrides } from '../../config/overrides.ts';

/** @returns what variables decide, but for what a flag decides */
export function withFlags(
  overrides: Overrides,
  { host, port }: { readonly host?: string | undefined; readonly port?: number | undefined },
): Overrides {
  const flags = [
    { path: 'server.host', value: host, origin: '--host' },
    { path: 'server.port', value: port, origin: '--port' },
  ].filter(({ value }) => value !== undefined);
  const decided = new Set(flags.map(({ path }) => path));
  return {
    ...overrides,
    settings: [...overrides.settings.filter(({ path }) => !decided.has(path)), ...flags],
  };
}
