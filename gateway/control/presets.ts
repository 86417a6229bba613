/** Procedures on the playground's presets. What is kept holds no registered secret. */
import { RpcError } from '../../contract/rpc/errors.ts';
import type { Handlers } from '../../contract/rpc/procedures.ts';
import type { Preset, PresetList } from '../../contract/rpc/procedures/presets.ts';
import { KeptListError } from '../state/kept-list.ts';
import { cleanAsk, cleanParameters, cutting } from './chat-secrets.ts';
import type { ControlPorts } from './ports.ts';

type Names = 'presets.list' | 'presets.save' | 'presets.remove';

export function presetHandlers({ playground }: ControlPorts): Pick<Handlers, Names> {
  const { presets, values } = playground;
  return {
    'presets.list': () => told(presets.list()),
    'presets.save': (preset) => told(presets.save(withoutSecrets(preset, values))),
    'presets.remove': ({ id }) => told(presets.remove(id)),
  };
}

function withoutSecrets(preset: Preset, clean: (text: string) => string): Preset {
  const at = cutting(clean);
  return {
    ...cleanAsk(preset, clean),
    name: at(80, preset.name),
    system: at(400_000, preset.system),
    parameters: cleanParameters(preset.parameters, clean),
  };
}

async function told(answer: Promise<readonly Preset[]>): Promise<PresetList> {
  try {
    return { presets: await answer };
  } catch (error) {
    if (!(error instanceof KeptListError)) throw error;
    throw new RpcError(error.problem === 'unusable' ? 'unavailable' : 'invalid_input', error.message);
  }
}
