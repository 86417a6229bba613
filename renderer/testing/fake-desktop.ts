/** A desktop host in memory: answers as a test says. */
import type { OutputOf, ProgressOf, RawInputOf } from '../../contract/rpc/define.ts';
import { RpcError } from '../../contract/rpc/errors.ts';
import type {
  DesktopInfo,
  DesktopProcedureName,
  DesktopProcedures,
  SecretPlace,
} from '../../contract/rpc/procedures/desktop.ts';
import type { Desktop } from '../shared/rpc/desktop.ts';

export type DesktopAnswers = {
  readonly [Name in DesktopProcedureName]?: (
    input: RawInputOf<DesktopProcedures[Name]>,
    tell: (progress: ProgressOf<DesktopProcedures[Name]>) => void,
  ) => OutputOf<DesktopProcedures[Name]> | Promise<OutputOf<DesktopProcedures[Name]>>;
};

export interface FakeDesktop extends Desktop {
  /** Every call so far, in order. */
  readonly calls: readonly { readonly name: DesktopProcedureName; readonly input: unknown }[];
}

export function createFakeDesktop(answers: DesktopAnswers): FakeDesktop {
  const calls: { name: DesktopProcedureName; input: unknown }[] = [];
  return {
    calls,
    async call(name, input) {
      calls.push({ name, input });
      const answer = answers[name];
      if (answer === undefined) throw new RpcError('not_found', `The test has no answer for ${name}.`);
      return answer(input, () => undefined);
    },
    async follow(name, input, tell) {
      calls.push({ name, input });
      const answer = answers[name];
      if (answer === undefined) throw new RpcError('not_found', `The test has no answer for ${name}.`);
      return answer(input, tell);
    },
  };
}

/** The place of keys, in order unless changed. */
export function samplePlace(changes: Partial<SecretPlace> = {}): SecretPlace {
  return { kind: 'keychain', state: 'ready', message: null, told: null, name: 'Secret Service', ...changes };
}

export function sampleDesktop(changes: Partial<DesktopInfo> = {}): DesktopInfo {
  return {
    platform: 'linux',
    version: '0.1.0',
    electron: '45.5.0',
    dataFolder: '/home/me/.config/Switchyard',
    configFile: '/home/me/.config/Switchyard/config.yaml',
    secrets: samplePlace(),
    openAtLogin: false,
    closeToTray: true,
    freeWindow: true,
    startHidden: false,
    notifications: true,
    quiet: [],
    updates: 'off',
    language: null,
    theme: 'system',
    ...changes,
  };
}
