/** Every procedure a page may call: the engine's, and those only the desktop has. */
import { desktopProcedures, type DesktopHandlers } from '../../contract/rpc/procedures/desktop.ts';
import { createDispatch, type ControlPlane, type Logger } from '../../gateway/index.ts';
import type { RunProcedure } from './rpc/following.ts';

/** @param redact takes secrets out of what is logged */
export function createProcedures(options: {
  readonly control: Pick<ControlPlane, 'call'>;
  readonly desktop: DesktopHandlers;
  readonly logger: Logger;
  readonly redact: (text: string) => string;
}): RunProcedure {
  const { control, desktop, logger, redact } = options;
  const runDesktop = createDispatch(desktopProcedures, desktop, logger, redact);
  return (name, input, caller) =>
    Object.hasOwn(desktopProcedures, name)
      ? runDesktop(name, input, caller)
      : control.call(name, input, caller);
}
