/** What it takes to take the settings of a tool out again. Reads, and writes nothing. */
import { refusal } from '../../contract/rpc/errors.ts';
import { attempt } from './attempt.ts';
import type { FoundFile } from './files.ts';
import { undoInForce, type LookPorts } from './look.ts';
import type { ToolRecord } from './manifest.ts';
import {
  ANY_KEY,
  otherSwitchyardIn,
  otherSwitchyardInPlace,
  switchyardIn,
  withoutSwitchyard,
  type Led,
  type LedFile,
  type Ours,
} from './others.ts';
import { unpatch } from './patch.ts';
import { shownPath } from './place.ts';
import type { Planned, PlannedFile } from './plan.ts';
import { told } from './sayings.ts';
import { isOurs } from './state.ts';
import type { PatchUndo, TextFormat, ToolDefinition } from './tool.ts';

export interface RemovalInput {
  readonly definition: ToolDefinition;
  readonly record: ToolRecord | undefined;
  /** Address of the gateway, without `/v1`. */
  readonly address: string;
}

interface OwnFile {
  readonly name: string;
  readonly found: FoundFile;
  readonly text: string;
  readonly format: TextFormat;
  readonly undo: PatchUndo;
}

/** @throws RpcError with a sentence about what is in the way */
export async function planRemoval(
  { definition, record, address }: RemovalInput,
  ports: LookPorts,
): Promise<Planned> {
  const own = await ownFiles(definition, record, ports);
  const { knowsKey } = ports;
  const ours = { address, knowsKey };
  const now = led(own, 'text');
  const other = otherSwitchyardIn(definition, now, ours) ?? otherSwitchyardInPlace(now, ours);
  // It may be off just then, or have the key `local` like others: what may be another's is not taken out.
  if (other !== null) {
    const path = shownPath(own[0]?.found.path ?? '', ports.around);
    const what = isOurs(other.address, address) ? 'other-key' : 'other-switchyard';
    throw refusal('unavailable', told(what, { path, address: other.address }));
  }
  const before = switchyardIn(definition, led(own, 'original'));
  const isOver = before?.sure === true && (await isOverNow(before, ours, ports));
  const files = own.flatMap(({ found, text, format, undo }): readonly PlannedFile[] => {
    const after = attempt(found.path, ports, () =>
      unpatch(format, text, isOver ? withoutSwitchyard(format, undo) : undo),
    );
    return after === text ? [] : [{ found, after }];
  });
  return { files, record: undefined };
}

/** What a user set up by hand for this gateway, with a key that it knows or without one, is not over. */
async function isOverNow({ address, key }: Led, ours: Ours, { listens }: LookPorts): Promise<boolean> {
  if (isOurs(address, ours.address)) return key !== null && key !== ANY_KEY && !ours.knowsKey(key);
  return !(await listens(address));
}

/** Those that are there and have something of ours in them. */
async function ownFiles(
  definition: ToolDefinition,
  record: ToolRecord | undefined,
  ports: LookPorts,
): Promise<readonly OwnFile[]> {
  const own: OwnFile[] = [];
  for (const written of record?.files ?? []) {
    const found = await ports.files.read(written.path);
    const file = definition.files.find(({ name }) => name === written.name);
    const undo = undoInForce(written, found.text, ports);
    if (file === undefined || undo === null || found.text === undefined) continue;
    own.push({ name: file.name, found, text: found.text, format: ports.formats[file.format], undo });
  }
  return own;
}

/** As they are, or as they would be without us. */
const led = (own: readonly OwnFile[], which: 'text' | 'original'): readonly LedFile[] =>
  own.map(({ name, format, text, undo }) => ({
    name,
    format,
    text: which === 'text' ? text : (undo.original ?? undefined),
    wrote: undo.wrote,
  }));
