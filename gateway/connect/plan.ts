/** What an order would do to the files of a tool. Reads, and writes nothing. */
import type { ConnectOrder, ToolBackup } from '../../contract/rpc/procedures/connect.ts';
import { refusal } from '../../contract/rpc/errors.ts';
import { attempt } from './attempt.ts';
import { FileProblem, type FoundFile } from './files.ts';
import { lookAt, undoInForce, type Look, type LookPorts } from './look.ts';
import type { KnownFile, ToolRecord, WrittenFile } from './manifest.ts';
import { claimed, otherSwitchyardIn } from './others.ts';
import { patch } from './patch.ts';
import { shownPath } from './place.ts';
import { planRemoval } from './plan-removal.ts';
import { told } from './sayings.ts';
import { linesThatSet, silence, type StartFileKind } from './start-files.ts';
import { standing } from './state.ts';
import type { ToolDefinition, Wiring } from './tool.ts';

export interface PlannedFile {
  readonly found: FoundFile;
  readonly after: string | undefined;
}

export interface Planned {
  /** Only those that change. */
  readonly files: readonly PlannedFile[];
  /** What the manifest says of the tool afterwards; undefined where nothing of ours is left. */
  readonly record: Pick<ToolRecord, 'files'> | undefined;
  /** Of a copy: the client that had been made for the tool when it was made. */
  readonly client?: string | null;
}

export interface PlanInput {
  readonly definition: ToolDefinition;
  readonly record: ToolRecord | undefined;
  readonly order: ConnectOrder;
  /** Key and models are those of `connect`. */
  readonly wiring: Wiring;
  readonly copies: readonly ToolBackup[];
  readonly readCopy: (copy: ToolBackup) => Promise<string | undefined>;
  /** What was known of its file then; undefined where nothing was written into it. */
  readonly knownOf: (copy: ToolBackup) => KnownFile | undefined;
  /** Files that set variables. */
  readonly startFiles: readonly { readonly path: string; readonly kind: StartFileKind }[];
}

/** @throws RpcError with a sentence about what is in the way */
export async function planOrder(input: PlanInput, ports: LookPorts): Promise<Planned> {
  const { definition, record, wiring } = input;
  try {
    switch (input.order.does) {
      case 'connect':
        return connect(await usableLook(input, ports), input, ports);
      case 'keep':
        return keep(await usableLook(input, ports), ports);
      case 'remove':
        return await planRemoval({ definition, record, address: wiring.address }, ports);
      case 'restore':
        return await restore(input.order.backup, input, ports);
      case 'silence':
        return await silenceVariable(input.order, input, ports);
    }
  } catch (error) {
    if (error instanceof FileProblem) throw refusal('unavailable', error.told);
    throw error;
  }
}

async function usableLook({ definition, record }: PlanInput, ports: LookPorts): Promise<Look> {
  const { name, files, unreachable } = definition;
  if (unreachable !== null) throw refusal('unavailable', told(unreachable));
  if (files.length === 0) throw refusal('unavailable', told('by-hand', { name }));
  const look = await lookAt(definition, record, ports);
  const [problem] = look.problems;
  if (problem !== undefined) throw refusal('unavailable', told('unchanged', {}, problem));
  return look;
}

function connect(look: Look, { definition, wiring, record }: PlanInput, ports: LookPorts): Planned {
  const edits = attempt(look.files[0]?.found.path ?? '', ports, () => definition.edits(wiring, look.texts));
  const led = look.files.map(({ file, found, written }) => {
    const before = written === undefined ? null : undoInForce(written, found.text, ports);
    return { file, found, before, own: edits.filter((edit) => edit.file === file.name) };
  });
  const taken = otherSwitchyardIn(
    definition,
    led.map(({ file, found, before }) => ({
      name: file.name,
      format: ports.formats[file.format],
      text: found.text,
      wrote: before?.wrote ?? [],
    })),
    { address: wiring.address, knowsKey: ports.knowsKey },
  );
  const patched = led.flatMap(({ file, found, before, own }) => {
    if (own.length === 0) return [];
    const format = ports.formats[file.format];
    const { text, undo } = attempt(found.path, ports, () => {
      const previous =
        before === null || found.text === undefined || taken?.sure !== true
          ? before
          : claimed(format, found.text, before, own);
      return patch(format, found.text, own, previous ?? undefined);
    });
    const wrote: WrittenFile = { name: file.name, path: found.path, undo, earlier: before };
    return [{ found, after: text, wrote }];
  });
  const files = patched.filter(({ found, after }) => found.text !== after);
  const kept = record?.files.filter(({ path }) => !patched.some(({ found }) => found.path === path)) ?? [];
  // Who set it up to the same effect needs nothing taken back.
  if (files.length === 0 && record === undefined) return { files, record: undefined };
  return { files, record: { files: [...kept, ...patched.map(({ wrote }) => wrote)] } };
}

/** What was changed by others is theirs from now on; what stands as it was written is still taken out one day. */
function keep(look: Look, ports: LookPorts): Planned {
  // What was written where the tool looked before stays known.
  const elsewhere =
    look.record?.files.filter(({ path }) => !look.files.some(({ found }) => found.path === path)) ?? [];
  const here = look.files.flatMap(({ file, found, written }) => {
    if (written === undefined) return [];
    const undo = undoInForce(written, found.text, ports);
    if (undo === null || found.text === undefined) return [];
    const wrote = standing(ports.formats[file.format], found.text, undo);
    return wrote.length === 0 ? [] : [{ ...written, undo: { ...undo, wrote } }];
  });
  const files = [...elsewhere, ...here];
  return { files: [], record: files.length === 0 ? undefined : { files } };
}

async function restore(name: string, input: PlanInput, ports: LookPorts): Promise<Planned> {
  const copy = input.copies.find((one) => one.name === name);
  if (copy === undefined) throw refusal('not_found', told('no-copy', { copy: name }));
  const found = await ports.files.read(copy.of);
  const after = await input.readCopy(copy);
  const was = input.knownOf(copy);
  const left = (input.record?.files ?? []).filter(
    ({ path, undo }) => path !== copy.of || (was === undefined && (after ?? null) !== undo.original),
  );
  const files = was === undefined ? left : [...left, was.file];
  return {
    files: found.text === after ? [] : [{ found, after }],
    record: files.length === 0 ? undefined : { files },
    client: was?.client ?? null,
  };
}

async function silenceVariable(
  { variable, file }: Extract<ConnectOrder, { does: 'silence' }>,
  { definition, startFiles, record }: PlanInput,
  ports: LookPorts,
): Promise<Planned> {
  if (!definition.variables.includes(variable)) {
    throw refusal('not_found', told('no-variable', { variable, name: definition.name }));
  }
  const place = startFiles.find(({ path }) => path === file || shownPath(path, ports.around) === file);
  if (place === undefined) throw refusal('not_found', told('no-start-file', { file }));
  const found = await ports.files.read(place.path);
  const text = found.text ?? '';
  const lines = linesThatSet(text, place.kind, [variable]);
  const entangled = lines.find(({ alone }) => !alone);
  if (entangled !== undefined) {
    throw refusal('unavailable', told('entangled', { line: entangled.line, file, variable }));
  }
  const after = silence(
    text,
    lines.map(({ line }) => line),
  );
  return { files: lines.length === 0 ? [] : [{ found, after }], record };
}
