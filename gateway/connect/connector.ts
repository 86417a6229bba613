/** Connects tools: looks at their files, plans, and does what was planned, one order after the other. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { ConnectOrder, ToolBackup, ToolId } from '../../contract/rpc/procedures/connect.ts';
import { refusal } from '../../contract/rpc/errors.ts';
import { dropOldCopies, keepCopy, listCopies, readCopy, stamp } from './copies.ts';
import { FileProblem, type Files } from './files.ts';
import { lookAt, type Look, type LookPorts } from './look.ts';
import {
  readManifest,
  writeManifest,
  type Copy,
  type KnownFile,
  type Manifest,
  type ToolRecord,
} from './manifest.ts';
import { ledElsewhere, overridesOf, startFilesOf, type Override, type StartFile } from './overrides.ts';
import type { Around } from './place.ts';
import { planOrder, type Planned, type PlannedFile } from './plan.ts';
import { told } from './sayings.ts';
import type { FileFormat, TextFormat, ToolDefinition, Wiring } from './tool.ts';

export interface ConnectorPorts {
  readonly files: Files;
  readonly around: Around;
  /** `<data folder>/connect` */
  readonly folder: string;
  readonly definitions: readonly ToolDefinition[];
  readonly formats: Readonly<Record<FileFormat, TextFormat>>;
  /** Unix ms. */
  readonly now: () => number;
  /** Whether anybody listens at an address of this machine. */
  readonly listens: (address: string) => Promise<boolean>;
  /** Whether a key lets somebody in here. */
  readonly knowsKey: (key: string) => boolean;
}

export interface LookedTool extends Look {
  readonly copies: readonly ToolBackup[];
  readonly overrides: readonly Override[];
  /** By which it reads its settings elsewhere, and the gateway does not see them. */
  readonly ledElsewhere: readonly Override[];
}

export interface OrderInput {
  readonly tool: ToolId;
  readonly order: ConnectOrder;
  readonly wiring: Wiring;
}

export interface Plan extends Planned {
  readonly look: LookedTool;
  /** Hash of the order and of every text before and after. */
  readonly version: string;
}

/** The client of a tool in the configuration. */
export interface ClientChange {
  /** What the manifest remembers: the client that was made for the tool. */
  readonly client: string | null;
  /** Before the files are written. @returns how to take it back, where the files cannot be written */
  readonly before: () => Promise<() => Promise<void>>;
  /** After they were. */
  readonly after: () => Promise<void>;
}

export interface Connector {
  /** Looks at the files of every tool anew. */
  list(): Promise<readonly LookedTool[]>;
  look(tool: ToolId): Promise<LookedTool>;
  plan(input: OrderInput): Promise<Plan>;
  /** @throws RpcError `conflict` where anything is not as the plan of this version said */
  apply(input: OrderInput, version: string, client: (plan: Plan) => ClientChange): Promise<void>;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

export function createConnector(ports: ConnectorPorts): Connector {
  const { files, around, folder, definitions, formats, now, listens, knowsKey } = ports;
  const looking: LookPorts = { files, around, formats, hash: sha256, listens, knowsKey };
  let turns: Promise<unknown> = Promise.resolve();

  function inTurn<T>(act: () => Promise<T>): Promise<T> {
    const turn = turns.then(act).catch((error: unknown) => {
      throw error instanceof FileProblem ? refusal('unavailable', error.told) : error;
    });
    turns = turn.catch(() => undefined);
    return turn;
  }

  const manifest = (): Promise<Manifest> =>
    readManifest(files, folder, `manifest.json.damaged-${stamp(new Date(now()))}`);

  function definitionOf(tool: ToolId): ToolDefinition {
    const found = definitions.find(({ id }) => id === tool);
    if (found === undefined) throw refusal('not_found', told('no-tool', { id: tool }));
    return found;
  }

  async function lookedAt(
    definition: ToolDefinition,
    { tools, copies }: Manifest,
    starts: readonly StartFile[],
  ): Promise<LookedTool> {
    const look = await lookAt(definition, tools[definition.id], looking);
    const paths = [...look.files.map(({ found }) => found.path), ...starts.map(({ path }) => path)];
    return {
      ...look,
      copies: await listCopies(files, folder, definition.id, copies[definition.id] ?? [], paths),
      overrides: overridesOf(definition.variables, starts, around),
      ledElsewhere: ledElsewhere(definition.files, starts, around),
    };
  }

  async function planned({ tool, order, wiring }: OrderInput, known: Manifest): Promise<Plan> {
    const startFiles = await startFilesOf(ports);
    const look = await lookedAt(definitionOf(tool), known, startFiles);
    const { definition, record, copies } = look;
    const plan = await planOrder(
      {
        definition,
        record,
        order,
        wiring,
        copies,
        readCopy: (copy) => readCopy(files, folder, tool, copy),
        knownOf: ({ name }) => known.copies[tool]?.find((copy) => copy.name === name)?.was,
        startFiles,
      },
      looking,
    );
    const texts = plan.files.map(({ found, after }) => [
      found.path,
      found.target,
      found.text ?? null,
      after ?? null,
    ]);
    return { ...plan, look, version: sha256(JSON.stringify([tool, order, wiring.address, texts])) };
  }

  async function apply(
    input: OrderInput,
    version: string,
    clientOf: (plan: Plan) => ClientChange,
  ): Promise<void> {
    const known = await manifest();
    const plan = await planned(input, known);
    if (plan.version !== version) {
      throw refusal('conflict', told('moved'));
    }
    if (input.order.does === 'connect' && plan.files.length === 0) return;
    for (const { found } of plan.files) {
      const problem = await files.whyNot(found);
      if (problem !== null) throw refusal('unavailable', problem);
    }
    const { tool } = input;
    const client = clientOf(plan);
    const at = now();
    const copies: Copy[] = [];
    for (const { found } of plan.files) {
      const copy = await keepCopy(files, folder, tool, found, at);
      copies.push({ ...copy, was: knownOf(plan.look, found.path) });
    }
    const listed = { ...known.copies, [tool]: [...(known.copies[tool] ?? []), ...copies] };
    const started = plan.record ?? plan.look.record;
    // What is meant to be written is known before it is: whatever a killed process leaves can be taken back.
    const intent = started && { client: client.client, writtenAt: at, files: started.files };
    await writeManifest(files, folder, { tools: withTool(known, tool, intent), copies: listed });
    const takeBack = await client.before();
    try {
      await replaceAll(files, plan.files);
    } catch (error) {
      await takeBack();
      await writeManifest(files, folder, { tools: known.tools, copies: listed });
      throw error;
    }
    const done = plan.record && {
      client: client.client,
      writtenAt: input.order.does === 'connect' ? at : (plan.look.record?.writtenAt ?? at),
      files: plan.record.files.map((file) => ({ ...file, earlier: null })),
    };
    await client.after();
    const after = { tools: withTool(known, tool, done), copies: listed };
    await writeManifest(files, folder, after);
    await tidy(tool, after);
  }

  /** Drops copies that are too many. */
  async function tidy(tool: ToolId, known: Manifest): Promise<void> {
    const { copies } = await lookedAt(definitionOf(tool), known, await startFilesOf(ports));
    const gone = await dropOldCopies(files, folder, tool, copies);
    if (gone.length === 0) return;
    const left = (known.copies[tool] ?? []).filter(({ name }) => !gone.includes(name));
    await writeManifest(files, folder, { tools: known.tools, copies: { ...known.copies, [tool]: left } });
  }

  return {
    list: () =>
      inTurn(async () => {
        const known = await manifest();
        const starts = await startFilesOf(ports);
        return Promise.all(definitions.map((definition) => lookedAt(definition, known, starts)));
      }),
    look: (tool) =>
      inTurn(async () => lookedAt(definitionOf(tool), await manifest(), await startFilesOf(ports))),
    plan: (input) => inTurn(async () => planned(input, await manifest())),
    apply: (input, version, client) => inTurn(() => apply(input, version, client)),
  };
}

function withTool({ tools }: Manifest, tool: ToolId, record: ToolRecord | undefined): Manifest['tools'] {
  return { ...tools, [tool]: record };
}

/** Each copy holds the text of before once more; of a file that long it is left out, characters. */
const LONGEST_KNOWN = 100_000;

function knownOf({ record }: Look, path: string): KnownFile | undefined {
  const file = record?.files.find((one) => one.path === path);
  if (record === undefined || file === undefined) return undefined;
  return (file.undo.original?.length ?? 0) > LONGEST_KNOWN ? undefined : { client: record.client, file };
}

/** All of them, or as they were. */
async function replaceAll(files: Files, planned: readonly PlannedFile[]): Promise<void> {
  const done: PlannedFile[] = [];
  try {
    for (const file of planned) {
      await files.replace(file.found, file.after);
      done.push(file);
    }
  } catch (error) {
    for (const { found, after } of done) await files.replace({ ...found, text: after }, found.text);
    throw error;
  }
}

export const connectFolder = (dataFolder: string): string => join(dataFolder, 'connect');
