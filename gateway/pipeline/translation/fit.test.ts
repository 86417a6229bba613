import { expect, test } from 'vitest';
import { NO_SETTINGS, type CanonicalRequest } from '../../core/canonical/request.ts';
import type { Signature } from '../../core/canonical/signature.ts';
import type { Dialect } from '../../core/dialect.ts';
import { dialects } from '../../dialects/index.ts';
import { createPartMapper } from './client-parts.ts';
import { fit } from './fit.ts';

const HOME = { provider: 'claude', model: 'opus', key: 'k1' };
const SIGNATURE: Signature = { format: 'anthropic', value: 'sig', id: null, origin: HOME };
const REQUEST: CanonicalRequest = {
  model: 'asked',
  streamed: false,
  system: [],
  turns: [
    { role: 'user', parts: [{ kind: 'text', text: 'patch it' }] },
    {
      role: 'assistant',
      parts: [
        { kind: 'reasoning', text: 'hm', signature: SIGNATURE },
        { kind: 'tool-call', id: 'call.1', name: 'apply.patch', input: '*** Begin', custom: true },
      ],
    },
    {
      role: 'user',
      parts: [
        {
          kind: 'tool-result',
          id: 'call.1',
          name: 'apply.patch',
          content: [{ kind: 'text', text: 'done' }],
          failed: false,
          custom: true,
        },
      ],
    },
  ],
  tools: [{ kind: 'custom', name: 'apply.patch', description: 'Patches.', format: null }],
  settings: { ...NO_SETTINGS, toolChoice: { kind: 'tool', name: 'apply.patch' } },
};

function fitted(dialect: Dialect, target = HOME, repair = false) {
  const warnings: string[] = [];
  const result = fit(REQUEST, dialect, target, { ids: dialect.toolIds, repair }, ({ text }) =>
    warnings.push(text),
  );
  return { ...result, warnings };
}

test('a custom tool becomes a function with one text, in tools, calls and choice alike', () => {
  const { request } = fitted(dialects['anthropic-messages']);
  const name = request.tools[0]?.name ?? '';
  expect(name).toMatch(/^apply_patch_\w{8}$/);
  expect(request.tools[0]).toMatchObject({ kind: 'function', schema: { required: ['input'] } });
  expect(request.turns[1]?.parts[1]).toMatchObject({ name, input: '{"input":"*** Begin"}', custom: false });
  expect(request.turns[2]?.parts[0]).toMatchObject({ name, custom: false });
  expect(request.settings.toolChoice).toEqual({ kind: 'tool', name });
  expect(request.model).toBe('opus');
});

test('a call and its result keep one id', () => {
  const { request } = fitted(dialects['anthropic-messages']);
  const [call, result] = [request.turns[1]?.parts[1], request.turns[2]?.parts[0]];
  expect(call).toMatchObject({ id: expect.stringMatching(/^[a-zA-Z0-9_-]+$/) });
  expect(result).toMatchObject({ id: call !== undefined && 'id' in call ? call.id : '' });
});

test('a signature goes to where it came from, and nowhere else', () => {
  const home = fitted(dialects['anthropic-messages']);
  expect(home.request.turns[1]?.parts[0]).toMatchObject({ signature: SIGNATURE });
  expect(home.warnings).toEqual([]);
  const otherModel = fitted(dialects['anthropic-messages'], { ...HOME, model: 'haiku' });
  expect(otherModel.request.turns[1]?.parts[0]).toMatchObject({ text: 'hm', signature: null });
  expect(otherModel.warnings).toEqual([expect.stringContaining('claude')]);
  expect(fitted(dialects['gemini']).request.turns[1]?.parts[0]).toMatchObject({ signature: null });
  const repaired = fitted(dialects['anthropic-messages'], HOME, true);
  expect(repaired.request.turns[1]?.parts[0]).toMatchObject({ signature: null });
});

test('a repair takes the words along: where nobody signs they would be sent again', () => {
  const repaired = fitted(dialects['anthropic-messages'], HOME, true);
  expect(repaired.request.turns[1]?.parts[0]).toMatchObject({ kind: 'reasoning', text: '' });
});

test('the answer comes back in the names and the free text the client knows', () => {
  const sent = fitted(dialects['anthropic-messages']);
  const map = createPartMapper(sent, HOME, REQUEST);
  const name = sent.request.tools[0]?.name ?? '';
  const parts = [
    { kind: 'tool-call-start', index: 0, id: 'functions.a:0', name, custom: false },
    { kind: 'tool-call-delta', index: 0, text: '{"input":"*** ' },
    { kind: 'tool-call-delta', index: 0, text: 'End"}' },
    { kind: 'tool-call-end', index: 0 },
    { kind: 'reasoning-end', signature: { ...SIGNATURE, origin: null } },
  ] as const;
  expect(parts.flatMap((part) => map(part))).toEqual([
    {
      kind: 'tool-call-start',
      index: 0,
      id: expect.stringMatching(/^swy_[\w-]+$/),
      name: 'apply.patch',
      custom: true,
    },
    { kind: 'tool-call-delta', index: 0, text: '*** ' },
    { kind: 'tool-call-delta', index: 0, text: 'End' },
    { kind: 'tool-call-end', index: 0 },
    { kind: 'reasoning-end', signature: SIGNATURE },
  ]);
});

test('a tool call that nobody can read is an error, not an end', () => {
  const map = createPartMapper(fitted(dialects['gemini']), HOME, REQUEST);
  expect(map({ kind: 'finish', reason: 'broken-call' })).toMatchObject([
    { kind: 'error', error: { status: 502, code: 'malformed_tool_call' } },
  ]);
  expect(map({ kind: 'finish', reason: 'length' })).toEqual([{ kind: 'finish', reason: 'length' }]);
});

test('one tool of a name is sent, and none that is left out is demanded', () => {
  const warnings: string[] = [];
  const custom = { kind: 'custom', name: 'f', description: '', format: null } as const;
  const asked: CanonicalRequest = {
    ...REQUEST,
    tools: [custom, { ...custom, description: 'again' }, { kind: 'hosted', name: 'web_search' }],
    settings: { ...NO_SETTINGS, toolChoice: { kind: 'tool', name: 'web_search' } },
  };
  const target = dialects.gemini;
  const fittedFor = (request: CanonicalRequest): CanonicalRequest =>
    fit(request, target, HOME, { ids: target.toolIds, repair: false }, ({ text }) => warnings.push(text))
      .request;
  const { tools, settings } = fittedFor(asked);
  expect(tools.map(({ name }) => name)).toEqual(['f', 'web_search']);
  expect(settings.toolChoice).toBeNull();
  expect(warnings.filter((text) => /named "f"|left out; the model/.test(text))).toHaveLength(2);
  const subset = { kind: 'subset', names: ['web_search', 'f'], required: true } as const;
  expect(
    fittedFor({ ...asked, settings: { ...NO_SETTINGS, toolChoice: subset } }).settings.toolChoice,
  ).toEqual({
    ...subset,
    names: ['f'],
  });
});

test('a call gets an id that no other of the conversation has', () => {
  const call = { kind: 'tool-call', id: 'call_7', name: 'f', input: '{}', custom: false } as const;
  const request = { ...REQUEST, turns: [{ role: 'assistant', parts: [call] } as const] };
  const map = createPartMapper(fitted(dialects['gemini']), HOME, request);
  const idOf = (id: string): unknown =>
    map({ kind: 'tool-call-start', index: 0, id, name: 'f', custom: false }).map((part) =>
      part.kind === 'tool-call-start' ? part.id : null,
    );
  expect([
    idOf('call_7'),
    idOf('call_0'),
    idOf('call_0'),
    idOf('x'.repeat(64)),
    idOf('x'.repeat(64)),
  ]).toEqual([['call_7_2'], ['call_0'], ['call_0_2'], ['x'.repeat(64)], [`${'x'.repeat(56)}_2`]]);
});

test('of tools with one name the first is sent, however many there are', () => {
  // What looks at each of them for each of them would need minutes.
  const many = 200_000;
  const tools = Array.from({ length: many }, (_, index) => ({
    kind: 'function' as const,
    name: `tool_${index}`,
    description: '',
    schema: null,
    strict: null,
  }));
  const told: string[] = [];
  const again = {
    kind: 'function',
    name: 'tool_7',
    description: 'again',
    schema: null,
    strict: null,
  } as const;
  const { request } = fit(
    { ...REQUEST, turns: [], tools: [...tools, again] },
    dialects['openai-chat'],
    HOME,
    { ids: dialects['openai-chat'].toolIds, repair: false },
    ({ text }) => told.push(text),
  );
  expect(request.tools).toHaveLength(many);
  expect(request.tools[7]?.kind === 'function' && request.tools[7].description).toBe('');
  expect(told).toContain('Several tools are named "tool_7"; only the first was sent.');
});
