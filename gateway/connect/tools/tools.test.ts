import { describe, expect, it } from 'vitest';
import { FORMATS } from '../formats/index.ts';
import { checkRefused } from '../formats/json.ts';
import { patch, unpatch } from '../patch.ts';
import { compareWritten } from '../state.ts';
import { HOMES } from '../testing/homes/index.ts';
import {
  SettingsSyntaxError,
  type PatchUndo,
  type ToolDefinition,
  type ToolTexts,
  type Wiring,
} from '../tool.ts';
import { TOOLS } from './index.ts';

const IDS = ['claude-code', 'codex', 'gemini-cli', 'opencode', 'cline', 'continue', 'aider', 'zed'] as const;
type Id = (typeof IDS)[number];

const ADDRESS = 'http://127.0.0.1:8080';
const KEY = 'sk-local-0123456789';
/** With the path that each insists on. */
const BASE: Readonly<Record<Id, string>> = {
  'claude-code': ADDRESS,
  codex: `${ADDRESS}/v1`,
  'gemini-cli': ADDRESS,
  opencode: `${ADDRESS}/v1`,
  cline: `${ADDRESS}/v1`,
  continue: `${ADDRESS}/v1`,
  aider: `${ADDRESS}/v1`,
  zed: `${ADDRESS}/v1`,
};

const wiring = (definition: ToolDefinition, model = 'demo/chat'): Wiring => ({
  address: ADDRESS,
  key: KEY,
  models: Object.fromEntries(definition.slots.map(({ id }) => [id, model])),
});

interface Connected {
  readonly texts: ToolTexts;
  readonly undo: Readonly<Record<string, PatchUndo>>;
}

/** As the file module does it: each file once, with the undo of the time before. */
function connect(
  definition: ToolDefinition,
  before: ToolTexts,
  told: Wiring,
  previous?: Connected,
): Connected {
  const edits = definition.edits(told, before);
  const texts = { ...before };
  const undo: Record<string, PatchUndo> = {};
  for (const { name, format } of definition.files) {
    const own = edits.filter(({ file }) => file === name);
    if (own.length === 0) continue;
    const done = patch(FORMATS[format], before[name], own, previous?.undo[name]);
    texts[name] = done.text;
    undo[name] = done.undo;
  }
  return { texts, undo };
}

function remove(definition: ToolDefinition, { texts, undo }: Connected): ToolTexts {
  return Object.fromEntries(
    definition.files.map(({ name, format }) => {
      const [text, way] = [texts[name], undo[name]];
      return [name, text === undefined || way === undefined ? text : unpatch(FORMATS[format], text, way)];
    }),
  );
}

const map = (texts: ToolTexts, change: (text: string) => string): ToolTexts =>
  Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [name, text === undefined ? text : change(text)]),
  );

/** The same settings as other editors leave them. */
const STYLES: Readonly<Record<string, (text: string) => string>> = {
  'as it is': (text) => text,
  'with the line ends of Windows': (text) => text.replaceAll('\n', '\r\n'),
  'with a byte order mark': (text) => `\uFEFF${text}`,
  'without a last line end': (text) => text.trimEnd(),
  'with space at the end': (text) => `${text}\n\n`,
};

describe.each(IDS)('%s', (id) => {
  const definition = TOOLS[id];

  it.each(Object.entries(STYLES))('is connected and taken out again: %s', (_, style) => {
    const before = map(HOMES[id], style);
    const connected = connect(definition, before, wiring(definition));
    const said = definition.read(connected.texts);
    expect(said.address).toBe(BASE[id]);
    expect(said.key).toBe(id === 'zed' ? null : KEY);
    expect(said.models).toEqual(wiring(definition).models);
    expect(remove(definition, connected)).toEqual(before);
  });

  it('is not changed by connecting once more', () => {
    const first = connect(definition, HOMES[id], wiring(definition));
    const second = connect(definition, first.texts, wiring(definition), first);
    expect(second.texts).toEqual(first.texts);
    expect(remove(definition, second)).toEqual(HOMES[id]);
  });

  it('changes the lines of its model alone', () => {
    const first = connect(definition, HOMES[id], wiring(definition));
    const second = connect(definition, first.texts, wiring(definition, 'other/model'), first);
    for (const [name, text = ''] of Object.entries(first.texts)) {
      const after = second.texts[name]?.split('\n') ?? [];
      const gone = text.split('\n').filter((line) => !after.includes(line));
      // A list of models takes one more, and its last line a comma.
      expect(gone.every((line) => /demo\/chat/.test(line) || after.includes(`${line},`))).toBe(true);
    }
    expect(definition.read(second.texts).models).toEqual(wiring(definition, 'other/model').models);
    expect(remove(definition, second)).toEqual(HOMES[id]);
  });

  it('makes its files where there are none, and takes them away', () => {
    const none = Object.fromEntries(definition.files.map(({ name }) => [name, undefined]));
    const connected = connect(definition, none, wiring(definition));
    expect(definition.read(connected.texts).address).toBe(BASE[id]);
    expect(remove(definition, connected)).toEqual(none);
  });

  it('leaves what somebody wrote since, and takes out its own', () => {
    const connected = connect(definition, HOMES[id], wiring(definition));
    const [main] = definition.files;
    const format = FORMATS[main?.format ?? 'json'];
    const name = main?.name ?? '';
    const theirs = [{ path: ['theirs'], value: 'kept' }];
    const texts = { ...connected.texts, [name]: format.apply(connected.texts[name], theirs) };
    const back = remove(definition, { ...connected, texts });
    const home: ToolTexts = HOMES[id];
    expect(format.get(back[name] ?? '', [])).toEqual(format.get(format.apply(home[name], theirs), []));
    for (const comment of home[name]?.match(/(?:#|\/\/)[^"\n]*$/gm) ?? [])
      expect(back[name]).toContain(comment);
  });

  it.each(Object.entries(STYLES))(
    'leaves a comment that somebody wrote since, and nothing of its own: %s',
    (_, style) => {
      const before = map(HOMES[id], style);
      const connected = connect(definition, before, wiring(definition));
      const commented = (texts: ToolTexts): ToolTexts =>
        Object.fromEntries(
          definition.files.map(({ name, format }) => {
            const text = texts[name];
            const [mark = ''] = /^\uFEFF/.exec(text ?? '') ?? [];
            const comment = format === 'json' ? '// theirs' : '# theirs';
            return [name, text === undefined ? text : `${mark}${comment}\n${text.slice(mark.length)}`];
          }),
        );
      const back = remove(definition, { ...connected, texts: commented(connected.texts) });
      expect(back).toEqual(commented(before));
    },
  );

  it('leaves a slot as it is that is not named, and empties one that is empty', () => {
    const connected = connect(definition, HOMES[id], wiring(definition));
    const [slot] = definition.slots;
    const told = { ...wiring(definition), models: {} };
    const again = connect(definition, connected.texts, told, connected);
    expect(again.texts).toEqual(connected.texts);
    const emptied = connect(
      definition,
      connected.texts,
      { ...told, models: { [slot?.id ?? '']: '' } },
      connected,
    );
    expect(definition.read(emptied.texts).models[slot?.id ?? '']).toBeNull();
    expect(remove(definition, emptied)).toEqual(HOMES[id]);
  });

  it('refuses a file that is broken and says where', () => {
    const [main] = definition.files;
    if (main === undefined) throw new Error('It has a file.');
    const [text, line] = BROKEN[main.format];
    const texts = { [main.name]: text };
    expect(() => connect(definition, texts, wiring(definition))).toThrow(SettingsSyntaxError);
    try {
      FORMATS[main.format].get(text, []);
    } catch (error) {
      expect(error).toMatchObject({ line });
    }
  });
});

/** The line of the fault, counted from 1. */
const BROKEN = {
  json: ['{\n  "env": {}\n  "model": "x"\n}', 3],
  toml: ['# head\nmodel = "x\n', 2],
  yaml: ['models:\n  - name: a\n bad: [\n', 3],
  dotenv: ['A=1\nthis is no variable\n', 2],
} as const;

it('does not take Continue away from its old file', () => {
  expect(() => TOOLS.continue.edits(wiring(TOOLS.continue), { config: undefined, old: '{}' })).toThrow(
    /config\.yaml/,
  );
});

it('writes the names of OpenCode 2 where a file has them', () => {
  const home = { config: '{ "providers": {}, "model": "a/b" }' };
  const { texts, undo } = connect(TOOLS.opencode, home, wiring(TOOLS.opencode));
  expect(FORMATS.json.get(texts['config'] ?? '', ['providers', 'switchyard'])).toMatchObject({
    package: '@ai-sdk/openai-compatible',
    settings: { baseURL: `${ADDRESS}/v1`, apiKey: KEY },
  });
  expect(TOOLS.opencode.read(texts)).toMatchObject({ address: `${ADDRESS}/v1`, key: KEY });
  expect(remove(TOOLS.opencode, { texts, undo })).toEqual(home);
});

it.each(['open-webui', 'langchain', 'cursor'] as const)('%s has no file', (id) => {
  expect(TOOLS[id].files).toEqual([]);
  expect(TOOLS[id].unreachable === null).toBe(id !== 'cursor');
});

it('is not in the way of Cline, which writes its own time when it runs', () => {
  const none = { providers: undefined };
  const connected = connect(TOOLS.cline, none, wiring(TOOLS.cline));
  const path = ['providers', 'openai-compatible', 'updatedAt'];
  const ran = FORMATS.json.apply(connected.texts['providers'], [{ path, value: '2026-11-26T23:00:47.227Z' }]);
  const undo = connected.undo['providers'];
  if (undo === undefined) throw new Error('It was written.');
  expect(compareWritten(FORMATS.json, ran, undo).drift).toEqual([]);
  expect(remove(TOOLS.cline, { ...connected, texts: { providers: ran } })).toEqual(none);
});

describe('what a tool itself refuses in JSON', () => {
  const COMMENT = '{\n  // mine\n  "a": 1\n}\n';
  const COMMA = '{\n  "a": 1,\n}\n';
  const refusals = (id: Id, text: string): number | null => {
    const file = TOOLS[id].files.find(({ format }) => format === 'json');
    try {
      checkRefused(text, file?.refuses ?? []);
      return null;
    } catch (error) {
      return error instanceof SettingsSyntaxError ? error.line : NaN;
    }
  };

  it.each([
    ['claude-code', 2, 3],
    ['cline', 2, 3],
    ['gemini-cli', null, 3],
    ['opencode', null, null],
    ['zed', null, null],
  ] as const)('%s: a comment is at fault in line %s, a last comma in line %s', (id, comment, comma) => {
    expect([refusals(id, COMMENT), refusals(id, COMMA)]).toEqual([comment, comma]);
    expect(refusals(id, `\uFEFF${JSON.stringify({ a: 'https://x // y' })}`)).toBeNull();
    expect(refusals(id, '')).toBeNull();
  });
});
