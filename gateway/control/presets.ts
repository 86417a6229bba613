/** Procedures on the playground's presets. What is kept holds no registered secret. */
import { randomBytes } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { refusal } from '../../contract/rpc/errors.ts';
import type { Handlers } from '../../contract/rpc/procedures.ts';
import type { Preset, PresetImport } from '../../contract/rpc/procedures/presets.ts';
import { KeptListError } from '../state/kept-list.ts';
import { cleanAsk, cleanParameters, cutting } from './chat-secrets.ts';
import type { ControlPorts } from './ports.ts';
import { freeName, PresetFileError, readPresetFile, writePresetFile } from './preset-file.ts';

type Names = 'presets.list' | 'presets.save' | 'presets.remove' | 'presets.export' | 'presets.import';

export function presetHandlers({ playground }: ControlPorts): Pick<Handlers, Names> {
  const { presets, values } = playground;
  return {
    'presets.list': async () => ({ presets: await told(() => presets.list()) }),
    'presets.save': async (preset) => ({
      presets: await told(() => presets.save(withoutSecrets(preset, values))),
    }),
    'presets.remove': async ({ id }) => ({ presets: await told(() => presets.remove(id)) }),
    async 'presets.export'({ ids }) {
      const all = await told(() => presets.list());
      const wanted = ids === undefined ? all : all.filter(({ id }) => ids.includes(id));
      return { text: writePresetFile(wanted) };
    },
    async 'presets.import'({ text }) {
      const added: PresetImport['added'][number][] = [];
      let known = 0;
      const all = await told(() => {
        const read = readPresetFile(text).map((one) =>
          withoutSecrets({ ...one, id: `p-${randomBytes(10).toString('hex')}` }, values),
        );
        return presets.add((before) => {
          const fresh = read.filter((one) => !before.some((other) => isLike(one, other)));
          known = read.length - fresh.length;
          const taken = new Set(before.map(({ name }) => name));
          return fresh.map((one) => {
            const name = freeName(one.name, taken);
            taken.add(name);
            added.push({ id: one.id, name, renamedFrom: name === one.name ? null : one.name });
            return { ...one, name };
          });
        });
      });
      return { presets: all, added, known };
    },
  };
}

const isLike = (one: Preset, other: Preset): boolean => isDeepStrictEqual(one, { ...other, id: one.id });

function withoutSecrets(preset: Preset, clean: (text: string) => string): Preset {
  const at = cutting(clean);
  return {
    ...cleanAsk(preset, clean),
    name: at(80, preset.name),
    system: at(400_000, preset.system),
    parameters: cleanParameters(preset.parameters, clean),
  };
}

async function told(act: () => Promise<readonly Preset[]>): Promise<readonly Preset[]> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof PresetFileError) throw refusal('invalid_input', error.told);
    if (!(error instanceof KeptListError)) throw error;
    throw refusal(error.problem === 'unusable' ? 'unavailable' : 'invalid_input', error.told);
  }
}
