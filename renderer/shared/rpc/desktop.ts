/** What only the desktop app can do, for pages that also run in a browser. */
import { inject, type InjectionKey } from 'vue';
import type { OutputOf, ProgressOf, RawInputOf } from '../../../contract/rpc/define.ts';
import type {
  DesktopProcedureName,
  DesktopProcedures,
  TellingDesktopProcedureName,
} from '../../../contract/rpc/procedures/desktop.ts';

export interface Desktop {
  /** @throws RpcError as the host said it */
  call<Name extends DesktopProcedureName>(
    name: Name,
    input: RawInputOf<DesktopProcedures[Name]>,
  ): Promise<OutputOf<DesktopProcedures[Name]>>;
  /**
   * Calls a procedure that tells something on the way. Aborting takes the call back.
   * @throws RpcError as the host said it; `Cancelled` when it was taken back
   */
  follow<Name extends TellingDesktopProcedureName>(
    name: Name,
    input: RawInputOf<DesktopProcedures[Name]>,
    tell: (progress: ProgressOf<DesktopProcedures[Name]>) => void,
    signal?: AbortSignal,
  ): Promise<OutputOf<DesktopProcedures[Name]>>;
}

export const desktopKey: InjectionKey<Desktop> = Symbol('desktop');

/** @returns null in a browser: what needs the desktop is then hidden, or explained */
export function useDesktop(): Desktop | null {
  return inject(desktopKey, null);
}
