/** Procedures on settings: what is in force, and changes of it that reach the file as small edits. */
import type { Handlers } from '../../contract/rpc/procedures.ts';
import {
  FILE_PATHS,
  SETTING_PATHS,
  type SettingPath,
  type SettingsView,
} from '../../contract/rpc/procedures/settings.ts';
import type { ParsedConfig } from '../config/parse.ts';
import type { ConfigEdit } from '../config/store.ts';
import type { ControlPorts } from './ports.ts';
import { hidePassword, isHidden } from '../transport/proxy-password.ts';
import { refuseLogOutside } from './log-file-from-outside.ts';
import { asWritten, faultOf } from './settings-text.ts';
import { resetOf, type SettingReset } from './setting-reset.ts';
import { createSettingChanges, type SettingState } from './setting-changes.ts';
import { defaultOf, fileSetting, settingView, valueAt } from './settings-view.ts';
import { refused } from '../core/refusals.ts';

type Names = 'settings.list' | 'settings.set' | 'settings.reset' | 'settings.undo' | 'settings.freePort';

export function settingHandlers(ports: ControlPorts): Pick<Handlers, Names> {
  const changes = createSettingChanges((path) => ({
    written: ports.settings.writtenValue(path),
    inForce: valueAt(ports.config(), path),
  }));

  const list = async (): Promise<SettingsView> => ({
    settings: SETTING_PATHS.map((path) => ({
      ...settingView(path, ports.config(), ports.settings.isWritten(path)),
      undoable: changes.undoable(path),
    })),
    inFile: FILE_PATHS.map((path) => fileSetting(path, ports.config())),
    configFile: ports.settings.configFile,
    dataFolder: ports.settings.dataFolder,
    logBytes: await ports.settings.logBytes(),
  });

  /** @throws RpcError `locked`; said before anything is bound */
  function refuseLocked(path: SettingPath): void {
    const origin = ports.config().locked[path];
    if (origin !== undefined) {
      throw refused('set-elsewhere', { path, origin }, path);
    }
  }

  /** The address as it was shown: it stays. @throws RpcError for another one, whose password nobody gave */
  function keepPassword(proxy: string): void {
    if (proxy === hidePassword(ports.config().network.proxy)) return;
    throw refused('proxy-password', {}, 'network.proxy');
  }

  /** Binds first and writes then: a file that names a taken port would fail the next start. */
  async function whereBound(path: SettingPath, value: unknown, write: () => Promise<unknown>): Promise<void> {
    const { host, port } = ports.config().server;
    const wished =
      path === 'server.port' && typeof value === 'number'
        ? { host, port: value }
        : path === 'server.host' && typeof value === 'string'
          ? { host: value, port }
          : null;
    if (wished === null) {
      await write();
      return;
    }
    const refusal = await ports.settings.moveTo(wished);
    if (refusal !== null) throw refused('address-refused', { words: refusal.text }, path, refusal);
    try {
      await write();
    } catch (error) {
      await ports.settings.moveTo({ host, port });
      throw error;
    }
  }

  /** @param next undefined as what is written takes the setting out of the file */
  async function put(
    path: SettingPath,
    { written, inForce }: SettingState,
    op: 'set' | 'put-back',
  ): Promise<void> {
    const steps = path.split('.');
    const plan = (now: ParsedConfig): readonly ConfigEdit[] => {
      if (written !== undefined) return [{ op, path: steps, value: written }];
      return now.written.has(path) ? [{ op: 'delete', path: steps }] : [];
    };
    await changes.make(path, () => whereBound(path, inForce, () => ports.edit(plan)));
  }

  let reset: SettingReset | null = null;

  /** To the byte, where the file is still as a reset left it. @returns false where it is not */
  async function putBackWhole(path: SettingPath, { inForce }: SettingState): Promise<boolean> {
    const last = reset;
    const { file } = ports.settings;
    if (last?.path !== path || (await file.text()) !== last.after) return false;
    await changes.make(path, () =>
      whereBound(path, inForce, () => file.replace(last.before, last.after, false)),
    );
    reset = null;
    return true;
  }

  return {
    'settings.list': list,

    async 'settings.set'({ path, value }) {
      refuseLocked(path);
      if (path === 'network.proxy' && typeof value === 'string' && isHidden(value)) {
        keepPassword(value);
        return list();
      }
      if (path === 'logging.file') await refuseLogOutside(String(value), ports);
      const written = asWritten(path, value);
      const fault = faultOf(path, written);
      if (fault !== null) throw refused('setting-refused', { path, words: fault.text }, path, fault);
      await put(path, { written, inForce: written }, 'set');
      return list();
    },

    async 'settings.reset'({ path }) {
      refuseLocked(path);
      const before = await ports.settings.file.text();
      await put(path, { written: undefined, inForce: defaultOf(path) }, 'set');
      reset = resetOf(path, before) ?? reset;
      return list();
    },

    async 'settings.undo'({ path }) {
      refuseLocked(path);
      const before = changes.before(path);
      if (!(await putBackWhole(path, before))) await put(path, before, 'put-back');
      return list();
    },

    async 'settings.freePort'({ from }) {
      const [port, holder] = await Promise.all([
        ports.settings.freePort(from),
        ports.settings.portHolder(from),
      ]);
      return { port, holder };
    },
  };
}
