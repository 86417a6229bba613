import { describe, expect, test } from 'vitest';
import type { AssistantPart, Turn, UserPart } from '../../core/canonical/parts.ts';
import type { Effort, Settings, Tool } from '../../core/canonical/request.ts';
import type { Signature } from '../../core/canonical/signature.ts';
import { isArray } from '../../core/json.ts';
import { encoded } from './testing/context.ts';

const user = (...parts: readonly UserPart[]): Turn => ({ role: 'user', parts });
const model = (...parts: readonly AssistantPart[]): Turn => ({ role: 'assistant', parts });
const text = (said: string) => ({ kind: 'text', text: said }) as const;
const signature = (value: string): Signature => ({ format: 'gemini', value, id: null, origin: null });
const call = (id: string, proof?: string) =>
  ({
    kind: 'tool-call',
    id,
    name: `do_${id}`,
    input: '{}',
    custom: false,
    ...(proof === undefined ? {} : { signature: signature(proof) }),
  }) as const;
const result = (id: string, more: Partial<Extract<UserPart, { kind: 'tool-result' }>> = {}): UserPart => ({
  kind: 'tool-result',
  id,
  name: `do_${id}`,
  content: [text(`result ${id}`)],
  failed: false,
  custom: false,
  ...more,
});
const contents = (turns: readonly Turn[], name?: string): readonly unknown[] => {
  const written = encoded({ turns }, name).body['contents'];
  return isArray(written) ? written : [];
};
const config = (settings: Partial<Settings>, name?: string): unknown =>
  encoded({ settings }, name).body['generationConfig'];
const OLD = 'gemini-2.5-flash';

describe('contents', () => {
  test('alternate, begin with the user, and put results first and in the order of their calls', () => {
    const written = contents(
      [
        model(text('Hi.')),
        user(text('q')),
        model(call('1')),
        model(call('2')),
        { role: 'system', parts: [text('Be brief.')] },
        user(text('also'), result('2'), result('1', { failed: true })),
      ],
      OLD,
    );
    expect(written).toEqual([
      { role: 'user', parts: [{ text: 'Hello.' }] },
      { role: 'model', parts: [{ text: 'Hi.' }] },
      { role: 'user', parts: [{ text: 'q' }] },
      {
        role: 'model',
        parts: [{ functionCall: { name: 'do_1', args: {} } }, { functionCall: { name: 'do_2', args: {} } }],
      },
      {
        role: 'user',
        parts: [
          { functionResponse: { name: 'do_1', response: { error: 'result 1' } } },
          { functionResponse: { name: 'do_2', response: { output: 'result 2' } } },
          { text: 'Be brief.' },
          { text: 'also' },
        ],
      },
    ]);
  });

  test('what says nothing is not sent, since Gemini refuses empty texts', () => {
    expect(contents([])).toEqual([]);
    expect(contents([user(text(''))])).toEqual([]);
    expect(contents([user(text('a')), model(text('')), user(text(''), text('b'))])).toEqual([
      { role: 'user', parts: [{ text: 'a' }, { text: 'b' }] },
    ]);
  });

  test('instructions alone are what the user says', () => {
    const { body } = encoded({ system: [text('Be brief.')], turns: [] });
    expect(body).toEqual({ contents: [{ role: 'user', parts: [{ text: 'Be brief.' }] }] });
  });

  test('a call at the end has a result', () => {
    expect(contents([user(text('q')), model(call('1'))], OLD).at(-1)).toEqual({
      role: 'user',
      parts: [{ functionResponse: { name: 'do_1', response: { output: '' } } }],
    });
  });

  test('calls and results are as many, whatever a history has lost', () => {
    const { body, told } = encoded({ turns: [user(text('q')), model(call('1')), user(result('9'))] }, OLD);
    expect(body['contents']).toMatchObject([
      {},
      {},
      {
        parts: [{ functionResponse: { name: 'do_1', response: { output: '' } } }, { text: 'result 9' }],
      },
    ]);
    expect(told).toHaveLength(2);
  });

  test('images of a result stand within it for 3.x and behind it before', () => {
    const image = {
      kind: 'image',
      source: { kind: 'data', mediaType: 'image/png', base64: 'AA==' },
    } as const;
    const turns = [
      user(text('q')),
      model(call('1')),
      user(result('1', { content: [text('x'), image] }), text('y')),
    ];
    const inline = { inlineData: { mimeType: 'image/png', data: 'AA==' } };
    expect(contents(turns, OLD)).toMatchObject([
      {},
      {},
      { parts: [{ functionResponse: {} }, inline, { text: 'y' }] },
    ]);
    expect(contents(turns)).toMatchObject([
      {},
      {},
      { parts: [{ functionResponse: { id: '1', parts: [inline] } }, { text: 'y' }] },
    ]);
  });

  test('a step of the turn under way never lacks a signature on its first call', () => {
    const written = contents([
      user(text('old')),
      model(call('1')),
      user(result('1')),
      model(text('done')),
      user(text('new')),
      model(call('2'), call('3')),
      user(result('2'), result('3')),
      model(call('4', 'own'), call('5')),
      user(result('4'), result('5')),
    ]);
    const signatures = JSON.stringify(written).match(
      /"name":"do_\d","args":{}}(?:,"thoughtSignature":"\w+")?/g,
    );
    expect(signatures).toEqual([
      '"name":"do_1","args":{}}',
      '"name":"do_2","args":{}},"thoughtSignature":"skip_thought_signature_validator"',
      '"name":"do_3","args":{}}',
      '"name":"do_4","args":{}},"thoughtSignature":"own"',
      '"name":"do_5","args":{}}',
    ]);
    expect(
      JSON.stringify(contents([user(text('q')), model(call('1')), user(result('1'))], OLD)),
    ).not.toContain('skip');
  });

  test("a thought's signature goes to the call or text it led to, else to an empty text", () => {
    const thought = (said: string): AssistantPart => ({
      kind: 'reasoning',
      text: said,
      signature: signature('s'),
    });
    const parts = (...step: readonly AssistantPart[]): unknown =>
      contents([user(text('q')), model(...step)]).slice(0, 2);
    const before = { role: 'user', parts: [{ text: 'q' }] };
    expect(parts(thought('Hm.'), text('So:'), call('1'))).toMatchObject([
      before,
      { parts: [{ text: 'Hm.', thought: true }, { text: 'So:' }, { thoughtSignature: 's' }] },
    ]);
    expect(parts(thought(''), text('So.'))).toEqual([
      before,
      { role: 'model', parts: [{ text: 'So.', thoughtSignature: 's' }] },
    ]);
    expect(parts(text('So.'), thought(''))).toEqual([
      before,
      { role: 'model', parts: [{ text: 'So.' }, { text: '', thoughtSignature: 's' }] },
    ]);
    expect(parts(thought('Hm.'), call('1', 'own'))).toMatchObject([
      before,
      { parts: [{ text: 'Hm.', thought: true, thoughtSignature: 's' }, { thoughtSignature: 'own' }] },
    ]);
  });

  test('what was uploaded elsewhere is told and left out, addresses and uploads of Google stay', () => {
    const file = (id: string): UserPart => ({
      kind: 'file',
      source: { kind: 'uploaded', id, mediaType: '' },
    });
    const url: UserPart = {
      kind: 'image',
      source: { kind: 'url', url: 'https://x.org/a.png', mediaType: 'image/png' },
    };
    const { body, told } = encoded({ turns: [user(text('q'), file('file-1'), file('gs://b/x'), url)] });
    expect(body['contents']).toEqual([
      {
        role: 'user',
        parts: [
          { text: 'q' },
          { fileData: { fileUri: 'gs://b/x' } },
          { fileData: { mimeType: 'image/png', fileUri: 'https://x.org/a.png' } },
        ],
      },
    ]);
    expect(told).toEqual([
      'A file uploaded to another provider (file-1) cannot be read by Gemini and was left out.',
    ]);
  });
});

describe('settings', () => {
  test('nothing said, nothing sent', () => {
    expect(Object.keys(encoded({}).body)).toEqual(['contents']);
  });

  test.each<readonly [string, Partial<Settings>, unknown, number]>([
    ['six stops', { stop: ['a', 'b', 'c', 'd', 'e', 'f'] }, { stopSequences: ['a', 'b', 'c', 'd', 'e'] }, 1],
    ['a large seed', { seed: 2 ** 40 }, undefined, 1],
    ['one candidate', { candidates: 1 }, undefined, 0],
    ['penalties', { presencePenalty: 0, frequencyPenalty: 1 }, undefined, 1],
    ['penalties of 0', { presencePenalty: 0, frequencyPenalty: 0 }, undefined, 0],
    ['verbosity', { verbosity: 'low' }, undefined, 1],
  ])('%s', (_, settings, generationConfig, remarks) => {
    const { body, told } = encoded({ settings }, OLD);
    expect(body['generationConfig']).toEqual(generationConfig);
    expect(told).toHaveLength(remarks);
  });

  const wish = (effort: Effort | null, budget: number | null = null, visible: boolean | null = null) => ({
    reasoning: { effort, budget, visible },
  });

  test.each<readonly [string, Effort | null, number | null, unknown]>([
    ['gemini-2.5-flash', 'none', null, { thinkingBudget: 0 }],
    ['gemini-2.5-flash', 'low', null, { thinkingBudget: 1_024 }],
    ['gemini-2.5-flash', 'max', null, { thinkingBudget: 24_576 }],
    ['gemini-2.5-flash', null, 5_000, { thinkingBudget: 5_000 }],
    ['gemini-2.5-flash-lite', null, 100, { thinkingBudget: 512 }],
    ['gemini-2.5-pro', 'none', null, { thinkingBudget: 128 }],
    ['gemini-2.5-pro', 'max', null, { thinkingBudget: 32_768 }],
    ['gemini-3-pro-preview', 'none', null, { thinkingLevel: 'LOW' }],
    ['gemini-3-pro-preview', 'xhigh', null, { thinkingLevel: 'HIGH' }],
    ['gemini-3-flash-preview', 'none', null, { thinkingLevel: 'MINIMAL' }],
    ['gemini-3-flash-preview', null, 8_000, { thinkingLevel: 'MEDIUM' }],
    ['gemini-3.7-flash', 'minimal', null, { thinkingLevel: 'LOW' }],
    ['gemini-flash-latest', 'high', null, { thinkingLevel: 'HIGH' }],
    ['gemini-2.0-flash', 'none', null, undefined],
    ['gemini-2.0-flash', 'high', null, undefined],
  ])('%s with effort %s and budget %s', (name, effort, budget, thinkingConfig) => {
    expect(config(wish(effort, budget), name)).toEqual(
      thinkingConfig === undefined ? undefined : { thinkingConfig },
    );
  });

  test('thoughts are shown to those who ask', () => {
    expect(config(wish(null, null, true))).toEqual({ thinkingConfig: { includeThoughts: true } });
    expect(config(wish(null, null, false))).toBeUndefined();
  });
});

describe('formats', () => {
  const schema = { type: 'object', properties: { a: { type: 'string', const: 'x' } } };
  const format = { kind: 'schema', name: 'r', description: '', schema, strict: true } as const;
  const tool: Tool = { kind: 'function', name: 'f', description: '', schema: null, strict: null };

  test('JSON Schema where it is known, the own subset elsewhere', () => {
    expect(config({ format }, OLD)).toEqual({
      responseMimeType: 'application/json',
      responseJsonSchema: schema,
    });
    expect(config({ format }, 'someone-elses')).toEqual({
      responseMimeType: 'application/json',
      responseSchema: { type: 'OBJECT', properties: { a: { type: 'STRING', enum: ['x'] } } },
    });
  });

  test('together with tools only from 3.x on, in words before', () => {
    expect(encoded({ settings: { format }, tools: [tool] }).body['generationConfig']).toBeDefined();
    const { body, told } = encoded({ settings: { format }, tools: [tool], turns: [user(text('q'))] }, OLD);
    expect(body['generationConfig']).toBeUndefined();
    expect(JSON.stringify(body['systemInstruction'])).toContain('JSON Schema');
    expect(told).toHaveLength(1);
  });
});

describe('tools', () => {
  const declared = (schema: Readonly<Record<string, unknown>> | null, name?: string): unknown =>
    encoded(
      {
        tools: [
          { kind: 'function', name: 'f', description: 'F.', schema, strict: true },
          { kind: 'hosted', name: 'w' },
        ],
      },
      name,
    ).body['tools'];

  test('are declared with their schema as it is, or cleaned, or without', () => {
    const schema = { type: 'object', properties: { n: { type: 'number', exclusiveMinimum: 0 } } };
    const one = (more: object) => [{ functionDeclarations: [{ name: 'f', description: 'F.', ...more }] }];
    expect(declared(schema)).toEqual(one({ parametersJsonSchema: schema }));
    expect(declared(schema, 'gemini-1.5-pro')).toEqual(
      one({ parameters: { type: 'OBJECT', properties: { n: { type: 'NUMBER' } } } }),
    );
    expect(declared({ type: 'object', properties: {} }, 'gemini-1.5-pro')).toEqual(one({}));
    expect(declared(null)).toEqual(one({}));
  });

  test.each<readonly [Settings['toolChoice'], unknown]>([
    [{ kind: 'auto' }, { mode: 'AUTO' }],
    [{ kind: 'required' }, { mode: 'ANY' }],
    [{ kind: 'none' }, { mode: 'NONE' }],
    [
      { kind: 'tool', name: 'f' },
      { mode: 'ANY', allowedFunctionNames: ['f'] },
    ],
    [
      { kind: 'subset', names: ['f'], required: false },
      { mode: 'VALIDATED', allowedFunctionNames: ['f'] },
    ],
  ])('are chosen as %j', (toolChoice, functionCallingConfig) => {
    const tools: readonly Tool[] = [
      { kind: 'function', name: 'f', description: '', schema: null, strict: null },
    ];
    expect(encoded({ tools, settings: { toolChoice } }).body['toolConfig']).toEqual({
      functionCallingConfig,
    });
    expect(encoded({ settings: { toolChoice } }).body).not.toHaveProperty('toolConfig');
  });
});

test('instructions, which Gemma has none of', () => {
  const system = [text('Be kind.')];
  const turns = [user(text('q'))];
  expect(encoded({ system, turns }).body['systemInstruction']).toEqual({ parts: [{ text: 'Be kind.' }] });
  expect(encoded({ system, turns }, 'gemma-3-27b-it').body).toEqual({
    contents: [{ role: 'user', parts: [{ text: 'Be kind.' }, { text: 'q' }] }],
  });
});
