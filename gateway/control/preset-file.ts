/** Presets as a file of the user: written out, and read back with the place of whatever is wrong in it. Pure. */
import { findNodeAtLocation, parseTree, type Node, type ParseError } from 'jsonc-parser';
import * as z from 'zod/mini';
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import { fault } from '../../contract/rpc/fault-words.ts';
import { SAID } from '../../contract/rpc/schema-sayings.ts';
import { presetSchema, type Preset } from '../../contract/rpc/procedures/presets.ts';
import { issueSayings } from '../config/issue-sayings.ts';
import { say } from '../core/sayings.ts';

/** Says in every file what it is. */
const FORMAT = 'switchyard-presets';

/** A preset without its id, which belongs to the gateway that keeps it. */
export type PresetContent = Omit<Preset, 'id'>;

/** Its message is a sentence with the place. */
export class PresetFileError extends Error {
  override readonly name = 'PresetFileError';
  readonly told: Told;

  constructor(told: Told) {
    super(told.text);
    this.told = told;
  }
}

const { name, system, parameters, tools, toolChoice, autoContinue, format } = presetSchema.shape;
/** What somebody left out is as in a new chat. */
const fileSchema = z.strictObject({
  format: z.literal(FORMAT),
  version: z.literal(1),
  presets: z
    .array(
      z.strictObject({
        name: z.pipe(
          z.pipe(
            z.string(),
            z.transform((text) => text.trim()),
          ),
          name,
        ),
        system: z._default(system, ''),
        parameters: z.prefault(parameters, {}),
        tools: z._default(tools, []),
        toolChoice: z._default(toolChoice, 'auto'),
        autoContinue: z._default(autoContinue, false),
        format: z._default(format, { kind: 'text' }),
      }),
    )
    .check(z.minLength(1, SAID.noPreset.text), z.maxLength(100, SAID.manyPresets.text)),
});

export function writePresetFile(presets: readonly Preset[]): string {
  // An undefined member is not written.
  const contents = presets.map((preset) => ({ ...preset, id: undefined }));
  return `${JSON.stringify({ format: FORMAT, version: 1, presets: contents }, null, 2)}\n`;
}

/** @throws PresetFileError */
export function readPresetFile(file: string): readonly PresetContent[] {
  const text = file.replace(/^\ufeff/, '');
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { disallowComments: true });
  const [broken] = errors;
  if (broken !== undefined || root === undefined) {
    throw new PresetFileError(say('preset-no-json', placeOf(text, broken?.offset ?? 0)));
  }
  const sayings = issueSayings();
  const read = fileSchema.safeParse(JSON.parse(text), { error: sayings.error });
  if (read.success) return read.data.presets;
  const [issue] = read.error.issues;
  throw new PresetFileError(
    issue === undefined ? fault('not-understood') : told(text, root, issue, sayings.told(issue.message)),
  );
}

function told(text: string, root: Node, issue: z.core.$ZodIssue, found: Told): Told {
  const steps = issue.path.map((step) => (typeof step === 'number' ? step : String(step)));
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  const path = [...steps, ...unknown];
  // What is missing has no place of its own: that of what it is missing in is told.
  const node =
    path.map((_, end) => findNodeAtLocation(root, path.slice(0, path.length - end))).find(Boolean) ?? root;
  const what = unknown.length > 0 ? fault('nobody-knows') : (IN_JSON.get(found.code) ?? found);
  const named = path.reduce<string>(
    (before, step) =>
      typeof step === 'number' ? `${before}[${step}]` : `${before}${before === '' ? '' : '.'}${step}`,
    '',
  );
  const place = placeOf(text, node.offset);
  return named === ''
    ? say('preset-fault-whole', place, what)
    : say('preset-fault', { ...place, path: named }, what);
}

/** How a value is written in YAML is no help here. */
const IN_JSON: ReadonlyMap<Told['code'], Told> = new Map([
  ['mapping', fault('json-object')],
  ['list', fault('json-list')],
  ['text', fault('text')],
]);

/** Counted from one, as editors do. */
function placeOf(text: string, offset: number): { readonly line: number; readonly column: number } {
  const lines = text.slice(0, offset).split('\n');
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}

/** A name that nobody has: `Analyst`, else `Analyst (2)`. */
export function freeName(wanted: string, taken: ReadonlySet<string>): string {
  for (let count = 1; ; count += 1) {
    const end = count === 1 ? '' : ` (${count})`;
    const free = `${wanted.slice(0, 80 - end.length).toWellFormed()}${end}`;
    if (!taken.has(free)) return free;
  }
}
