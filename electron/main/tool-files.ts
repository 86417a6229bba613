/** Opens settings of other programs for the user: none but the files that connecting tools knows, as it shows them. */
import { extname, join } from 'node:path';
import { refusal } from '../../contract/rpc/errors.ts';
import type { DesktopHandlers } from '../../contract/rpc/procedures/desktop.ts';
import type { ControlPlane } from '../../gateway/index.ts';
import { say } from '../../gateway/index.ts';

export interface ToolFilePorts {
  readonly control: Pick<ControlPlane['handlers'], 'connect.list'>;
  /** `~` of a path that is shown. */
  readonly homeFolder: string;
  /** @returns where a file really lies, links followed; null where there is none */
  readonly realPath: (path: string) => Promise<string | null>;
  /** @throws RpcError with the system's reason */
  readonly open: (path: string) => Promise<void>;
}

export function toolFileHandlers(ports: ToolFilePorts): Pick<DesktopHandlers, 'desktop.openToolFile'> {
  return {
    async 'desktop.openToolFile'({ tool, file }) {
      const { tools } = await ports.control['connect.list']({});
      const known = tools.some(({ id, files }) => id === tool && files.includes(file));
      if (!known) throw refusal('forbidden', say('tool-file-foreign', { path: file }));
      const path = /^~[\\/]/.test(file) ? join(ports.homeFolder, file.slice(1)) : file;
      const real = await ports.realPath(path);
      if (real === null) throw refusal('not_found', say('tool-file-missing', { path: file }));
      // What is called settings and leads to a program would be run.
      if (extname(real) !== extname(path)) {
        throw refusal('forbidden', say('tool-file-link', { path: file, target: real }));
      }
      await ports.open(real);
      return null;
    },
  };
}
