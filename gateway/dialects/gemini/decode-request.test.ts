import { describe, expect, test } from 'vitest';
import { wrapSignature } from '../../core/canonical/signature.ts';
import { GatewayError } from '../../core/errors.ts';
import { decoded } from './testing/context.ts';

const turnsOf = (contents: unknown) => decoded({ contents }).request.turns;
const settingsOf = (generationConfig: unknown, more = {}) =>
  decoded({ generationConfig, ...more }).request.settings;
const failure = (body: Readonly<Record<string, unknown>>): GatewayError => {
  try {
    decoded(body);
  } catch (error) {
    if (error instanceof GatewayError) return error;
  }
  throw new Error('It was not refused.');
};

describe('contents', () => {
  const hello = [{ role: 'user', parts: [{ kind: 'text', text: 'Hello' }] }];

  test.each([
    ['a list of contents', [{ role: 'user', parts: [{ text: 'Hello' }] }]],
    ['no role', [{ parts: [{ text: 'Hello' }] }]],
    ['one content', { role: 'user', parts: [{ text: 'Hello' }] }],
    ['a text', 'Hello'],
    ['a list of texts', ['Hello']],
    ['a list of parts', [{ text: 'Hello' }]],
    ['one part', { role: 'user', parts: { text: 'Hello' } }],
    ['a text for parts', [{ role: 'user', parts: 'Hello' }]],
  ])('as %s', (_, contents) => {
    expect(turnsOf(contents)).toEqual(hello);
  });

  test('pieces of an answer are one text, a model that said nothing is left out', () => {
    expect(
      turnsOf([
        { role: 'user', parts: [{ text: 'a' }] },
        { role: 'model' },
        { role: 'user', parts: [{ text: 'b' }] },
        { role: 'model', parts: [{ text: 'c' }, { text: '' }] },
        { role: 'model', parts: [{ text: 'd' }] },
      ]),
    ).toEqual([
      {
        role: 'user',
        parts: [
          { kind: 'text', text: 'a' },
          { kind: 'text', text: 'b' },
        ],
      },
      { role: 'assistant', parts: [{ kind: 'text', text: 'cd' }] },
    ]);
  });

  test('an empty question stays one', () => {
    expect(turnsOf([{ role: 'user', parts: [{ text: '' }] }])).toEqual([
      { role: 'user', parts: [{ kind: 'text', text: '' }] },
    ]);
  });

  test('media, in either spelling and either alphabet', () => {
    const parts = [
      { inlineData: { mimeType: 'image/png', data: 'a-_b' } },
      { inline_data: { mime_type: 'application/pdf', data: 'AA==', display_name: 'x.pdf' } },
      { inlineData: { mimeType: 'audio/wav', data: 'AA==' } },
      { fileData: { fileUri: 'https://example.org/a.jpg', mimeType: 'image/jpeg' } },
      { fileData: { fileUri: 'https://generativelanguage.googleapis.com/v1beta/files/abc' } },
      { file_data: { file_uri: 'gs://bucket/x.mp4', mime_type: 'video/mp4' } },
    ];
    expect(turnsOf([{ role: 'user', parts }])[0]?.parts).toEqual([
      { kind: 'image', source: { kind: 'data', mediaType: 'image/png', base64: 'a+/b' } },
      { kind: 'file', name: 'x.pdf', source: { kind: 'data', mediaType: 'application/pdf', base64: 'AA==' } },
      { kind: 'audio', source: { kind: 'data', mediaType: 'audio/wav', base64: 'AA==' } },
      { kind: 'image', source: { kind: 'url', url: 'https://example.org/a.jpg', mediaType: 'image/jpeg' } },
      {
        kind: 'file',
        source: {
          kind: 'uploaded',
          id: 'https://generativelanguage.googleapis.com/v1beta/files/abc',
          mediaType: '',
        },
      },
      { kind: 'file', source: { kind: 'uploaded', id: 'gs://bucket/x.mp4', mediaType: 'video/mp4' } },
    ]);
  });

  test('calls without ids get the same ones in every request, results find their calls', () => {
    const first = [
      { role: 'user', parts: [{ text: 'q' }] },
      {
        role: 'model',
        parts: [
          { functionCall: { name: 'get.it', args: { a: 1 } } },
          { function_call: { name: 'other' } },
          { functionCall: { name: 'get.it', id: 'own' } },
        ],
      },
      {
        role: 'function',
        parts: [
          { text: 'and this' },
          { functionResponse: { name: 'get.it', id: 'own', response: { result: 3 } } },
          { functionResponse: { name: 'other', response: { error: 'No.' } } },
          { function_response: { name: 'get.it', response: { output: 'one' } } },
        ],
      },
    ];
    const [, called, results] = turnsOf(first);
    const calls = called?.parts.map((part) => (part.kind === 'tool-call' ? [part.id, part.input] : []));
    expect(calls).toEqual([
      ['call_0_get_it', '{"a":1}'],
      ['call_1_other', '{}'],
      ['own', '{}'],
    ]);
    expect(results?.parts).toMatchObject([
      { id: 'call_0_get_it', name: 'get.it', content: [{ text: 'one' }], failed: false },
      { id: 'call_1_other', content: [{ text: 'No.' }], failed: true },
      { id: 'own', content: [{ text: '3' }], failed: false },
      { kind: 'text', text: 'and this' },
    ]);
    const longer = [...first, { role: 'model', parts: [{ functionCall: { name: 'get.it' } }] }];
    expect(turnsOf(longer).slice(0, 3)).toEqual(turnsOf(first));
    expect(turnsOf(longer)[3]?.parts).toMatchObject([{ id: 'call_3_get_it' }]);
  });

  test("a result with a client's own id belongs to the call that had none", () => {
    const turns = turnsOf([
      { role: 'model', parts: [{ functionCall: { name: 'f' } }] },
      { role: 'user', parts: [{ functionResponse: { id: 'f-123', name: 'f', response: { output: 'x' } } }] },
    ]);
    expect(turns[1]?.parts).toMatchObject([{ id: 'call_0_f', name: 'f' }]);
  });

  test.each([
    [{ output: 'x' }, 'x', false],
    [{ output: { a: 1 } }, '{"a":1}', false],
    [{ output: 'x', error: null }, 'x', false],
    [{ error: 'x' }, 'x', true],
    [{ error: { code: 2 }, stdout: '' }, '{"error":{"code":2},"stdout":""}', true],
    [{ stdout: 'ok', exitCode: 0, error: '' }, '{"stdout":"ok","exitCode":0,"error":""}', false],
    [{ stdout: 'ok', error: false }, '{"stdout":"ok","error":false}', false],
    [{ error: {}, stdout: 'ok' }, '{"error":{},"stdout":"ok"}', false],
    [{ error: '' }, '', false],
    [{ temperature: 21, unit: 'C' }, '{"temperature":21,"unit":"C"}', false],
    [{ temperature: 21 }, '{"temperature":21}', false],
  ])('a result of %j is %s', (response, text, failed) => {
    const turns = turnsOf([{ role: 'user', parts: [{ functionResponse: { name: 'f', response } }] }]);
    const content = text === '' ? [] : [{ kind: 'text', text }];
    expect(turns[0]?.parts).toMatchObject([{ content, failed }]);
  });

  test('images within a result', () => {
    const parts = [{ inlineData: { mimeType: 'image/png', data: 'AA==' } }];
    const [turn] = turnsOf([
      { role: 'user', parts: [{ functionResponse: { name: 'f', response: {}, parts } }] },
    ]);
    expect(turn?.parts).toMatchObject([{ content: [{ kind: 'image', source: { base64: 'AA==' } }] }]);
  });

  test('thoughts and signatures', () => {
    const foreign = { format: 'anthropic', value: 'v', id: null, origin: null } as const;
    const [turn] = turnsOf([
      {
        role: 'model',
        parts: [
          { text: 'Hm', thought: true },
          { text: 'm.', thought: true },
          { text: 'a', thoughtSignature: 'native' },
          { functionCall: { name: 'f' }, thought_signature: wrapSignature(foreign) },
          { functionCall: { name: 'g' }, thoughtSignature: 'skip_thought_signature_validator' },
          {
            functionCall: { name: 'h' },
            thoughtSignature: Buffer.from('skip_thought_signature_validator').toString('base64'),
          },
        ],
      },
    ]);
    expect(turn?.parts).toMatchObject([
      { kind: 'reasoning', text: 'Hmm.', signature: foreign },
      { kind: 'text', text: 'a', signature: { format: 'gemini', value: 'native', origin: null } },
      { name: 'f' },
      { name: 'g' },
      { name: 'h' },
    ]);
    expect(turn?.parts.filter((part) => part.kind === 'tool-call' && part.signature !== undefined)).toEqual(
      [],
    );
  });

  test('code that Google ran is text, what nobody else knows is told', () => {
    const { request, told } = decoded({
      contents: [
        {
          role: 'model',
          parts: [
            { executableCode: { language: 'PYTHON', code: 'print(1)' } },
            { codeExecutionResult: { outcome: 'OUTCOME_OK', output: '1\n' } },
            { toolCall: {} },
            { toolCall: {} },
          ],
        },
      ],
    });
    expect(request.turns[0]?.parts).toEqual([
      { kind: 'text', text: '\n```python\nprint(1)\n```\n\n```\n1\n```\n' },
    ]);
    expect(told).toEqual(['Parts with toolCall are known to Gemini only and were left out.']);
  });

  test.each([
    [{ contents: 7 }, 'contents'],
    [{ contents: [[]] }, 'contents[0]'],
    [{ contents: [{ role: 7, parts: [] }] }, 'contents[0].role'],
    [{ contents: [{ role: 'user', parts: [{ text: 'a' }, { text: 7 }] }] }, 'contents[0].parts[1].text'],
    [{ contents: [{ parts: [{ inline_data: { data: 7 } }] }] }, 'contents[0].parts[0].inline_data.data'],
    [{ contents: [{ parts: [{ functionCall: { args: [] } }] }] }, 'contents[0].parts[0].functionCall.args'],
    [{ generation_config: { max_output_tokens: 'x' } }, 'generation_config.max_output_tokens'],
    [
      { generationConfig: { thinkingConfig: { includeThoughts: 1 } } },
      'generationConfig.thinkingConfig.includeThoughts',
    ],
    [{ tools: [{ functionDeclarations: {} }] }, 'tools[0].functionDeclarations'],
    [{ toolConfig: { functionCallingConfig: { mode: 1 } } }, 'toolConfig.functionCallingConfig.mode'],
  ])('%j is refused by name', (body, field) => {
    expect(failure(body)).toMatchObject({ code: 'invalid_request', field });
  });

  test('what is cached at Google cannot be served elsewhere', () => {
    expect(failure({ cachedContent: 'cachedContents/x' })).toMatchObject({
      code: 'unsupported_feature',
      field: 'cachedContent',
    });
    expect(failure({ cached_content: 'x' }).field).toBe('cached_content');
  });
});

describe('settings', () => {
  test('all of them, numbers in quotes too', () => {
    expect(
      settingsOf(
        {
          temperature: 0.5,
          top_p: '0.9',
          topK: 40,
          candidateCount: 2,
          maxOutputTokens: '100',
          stopSequences: ['a', 'b'],
          presencePenalty: 0.1,
          frequencyPenalty: 0.2,
          seed: 7,
          responseModalities: ['TEXT'],
        },
        { serviceTier: 'FLEX', safetySettings: [{}] },
      ),
    ).toMatchObject({
      temperature: 0.5,
      topP: 0.9,
      topK: 40,
      candidates: 2,
      maxTokens: 100,
      stop: ['a', 'b'],
      presencePenalty: 0.1,
      frequencyPenalty: 0.2,
      seed: 7,
      serviceTier: 'flex',
      format: { kind: 'text' },
      reasoning: null,
      toolChoice: null,
    });
  });

  test.each([
    [{ thinkingBudget: 0 }, { effort: 'none', budget: null, visible: null }],
    [
      { thinkingBudget: -1, includeThoughts: true },
      { effort: null, budget: null, visible: true, thinks: true },
    ],
    [{}, { effort: null, budget: null, visible: null }],
    [{ includeThoughts: false }, { effort: null, budget: null, visible: false }],
    [{ thinkingLevel: 'THINKING_LEVEL_UNSPECIFIED' }, { effort: null, budget: null, visible: null }],
    [{ thinking_budget: 2048 }, { effort: null, budget: 2048, visible: null }],
    [{ thinkingLevel: 'high' }, { effort: 'high', budget: null, visible: null }],
    [{ thinkingLevel: 'MINIMAL' }, { effort: 'minimal', budget: null, visible: null }],
  ])('thinking of %j', (thinkingConfig, reasoning) => {
    expect(settingsOf({ thinkingConfig }).reasoning).toEqual(reasoning);
  });

  const schema = { type: 'object', properties: { a: { type: ['string', 'null'], maxLength: 3 } } };
  const wanted = { kind: 'schema', name: 'response', description: '', schema, strict: null };
  const own = { type: 'OBJECT', properties: { a: { type: 'STRING', nullable: true, max_length: '3' } } };

  test.each([
    [{ responseMimeType: 'application/json' }, { kind: 'json' }],
    [{ responseMimeType: 'application/json', responseJsonSchema: schema }, wanted],
    [{ response_mime_type: 'application/json', response_schema: own }, wanted],
    [{ responseFormat: [{ text: { mimeType: 'application/json', schema } }] }, wanted],
    [{ responseFormat: { type: 'text', mime_type: 'application/json', schema } }, wanted],
    [{ responseFormat: [{ text: { mimeType: 'APPLICATION_JSON' } }] }, { kind: 'json' }],
    [{ responseMimeType: 'text/plain' }, { kind: 'text' }],
  ])('the format of %j', (config, format) => {
    expect(settingsOf(config).format).toEqual(format);
  });

  test('what only Gemini knows is told once and never refused', () => {
    const { told } = decoded({
      labels: {},
      generationConfig: { speechConfig: {}, mediaResolution: 'LOW', responseModalities: ['TEXT', 'IMAGE'] },
    });
    expect(told).toEqual([
      'labels is known to Gemini only and was left out.',
      'generationConfig.speechConfig is known to Gemini only and was left out.',
      'generationConfig.mediaResolution is known to Gemini only and was left out.',
      'Answers in image are known to Gemini only; text was asked for.',
    ]);
  });
});

describe('tools', () => {
  test('functions with either schema, hosted ones told', () => {
    const json = { type: 'object', properties: { a: { const: 1 } } };
    const { request, told } = decoded({
      tools: [
        {
          function_declarations: [
            {
              name: 'a',
              description: 'A.',
              parameters: { type: 'OBJECT', properties: { n: { type: 'INTEGER' } } },
            },
            { name: 'b', parameters_json_schema: json },
            { name: 'c' },
          ],
        },
        { google_search: {} },
      ],
    });
    expect(request.tools).toEqual([
      {
        kind: 'function',
        name: 'a',
        description: 'A.',
        schema: { type: 'object', properties: { n: { type: 'integer' } } },
        strict: null,
      },
      { kind: 'function', name: 'b', description: '', schema: json, strict: null },
      { kind: 'function', name: 'c', description: '', schema: null, strict: null },
      { kind: 'hosted', name: 'googleSearch' },
    ]);
    expect(told).toEqual(['The tool googleSearch runs at Google only and was left out.']);
  });

  test.each([
    [{ mode: 'AUTO' }, { kind: 'auto' }],
    [{ mode: 'any' }, { kind: 'required' }],
    [{ mode: 'NONE' }, { kind: 'none' }],
    [
      { mode: 'ANY', allowedFunctionNames: ['a'] },
      { kind: 'tool', name: 'a' },
    ],
    [
      { mode: 'ANY', allowed_function_names: ['a', 'b'] },
      { kind: 'subset', names: ['a', 'b'], required: true },
    ],
    [
      { mode: 'VALIDATED', allowedFunctionNames: ['a'] },
      { kind: 'subset', names: ['a'], required: false },
    ],
    [{ mode: 'VALIDATED' }, { kind: 'auto' }],
    [{}, null],
  ])('the choice %j', (functionCallingConfig, choice) => {
    expect(decoded({ toolConfig: { functionCallingConfig } }).request.settings.toolChoice).toEqual(choice);
    expect(decoded({ tool_config: { function_calling_config: functionCallingConfig } }).told).toEqual([]);
  });
});

test.each([
  ['a content', { parts: [{ text: 'a' }, { text: 'b' }] }, ['a', 'b']],
  ['a text', 'a', ['a']],
  ['parts', [{ text: 'a' }], ['a']],
  ['one part', { text: 'a' }, ['a']],
])('instructions as %s', (_, systemInstruction, texts) => {
  expect(decoded({ systemInstruction }).request.system.map(({ text }) => text)).toEqual(texts);
  expect(decoded({ system_instruction: systemInstruction }).request.system).toHaveLength(texts.length);
});

test('a request that counts tokens may wrap what is counted', () => {
  const { request } = decoded({ generateContentRequest: { model: 'models/m', contents: 'Hello' } });
  expect(request.turns).toHaveLength(1);
});
