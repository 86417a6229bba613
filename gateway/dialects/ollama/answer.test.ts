import { describe, expect, it } from 'vitest';
import { NO_SETTINGS } from '../../core/canonical/request.ts';
import type { StreamPart } from '../../core/canonical/stream-parts.ts';
import type { AnswerContext } from '../../core/client-shape.ts';
import { GatewayError } from '../../core/errors.ts';
import { isObject, type JsonObject } from '../../core/json.ts';
import { ollamaChat, ollamaGenerate } from './index.ts';

const context: AnswerContext = {
  requestId: 'req_1',
  request: { model: 'openai/gpt-5', streamed: true, system: [], turns: [], tools: [], settings: NO_SETTINGS },
  usageAsked: true,
  framing: 'ndjson',
  created: 1_700_000_000,
  elapsed: () => 12.5,
  newId: (prefix) => `${prefix}1`,
};
const usage = { input: 10, cacheRead: 4, cacheWrite: 0, output: 7, reasoning: 2 };
const PARTS: readonly StreamPart[] = [
  { kind: 'response-start', id: 'x', model: 'gpt-5-2026' },
  { kind: 'reasoning-start' },
  { kind: 'reasoning-delta', text: 'hm' },
  { kind: 'reasoning-end', signature: null },
  { kind: 'text-delta', text: 'Hel' },
  { kind: 'text-delta', text: 'lo' },
  { kind: 'text-delta', text: 'other', candidate: 1 },
  { kind: 'tool-call-start', index: 0, id: 'call_a', name: 'f', custom: false },
  { kind: 'tool-call-start', index: 1, id: 'call_b', name: 'g', custom: false },
  { kind: 'tool-call-delta', index: 0, text: '{"x"' },
  { kind: 'tool-call-delta', index: 0, text: ':1}' },
  { kind: 'tool-call-end', index: 0 },
  { kind: 'tool-call-end', index: 1 },
  { kind: 'usage', usage },
  { kind: 'finish', reason: 'tool-calls' },
];

/** Reads as Ollama's own JavaScript client does: every line on its own, white space in front allowed. */
function lines(text: string): readonly JsonObject[] {
  const all = text.split('\n');
  expect(all.pop()).toBe('');
  return all.map((line) => {
    const value: unknown = JSON.parse(line);
    if (!isObject(value)) throw new Error(`not an object: ${line}`);
    return value;
  });
}

describe('a streamed chat', () => {
  it('is one JSON value per line, with calls whole and figures in the last', () => {
    const encoder = ollamaChat.encodeStream(context);
    const text = PARTS.map((part) => encoder.encode(part)).join('') + encoder.end();
    const head = { model: 'openai/gpt-5', created_at: '2023-11-14T22:13:20.000Z' };
    const message = (more: object) => ({
      ...head,
      message: { role: 'assistant', content: '', ...more },
      done: false,
    });
    expect(lines(text)).toEqual([
      message({ thinking: 'hm' }),
      message({ content: 'Hel' }),
      message({ content: 'lo' }),
      message({ tool_calls: [{ id: 'call_a', function: { index: 0, name: 'f', arguments: { x: 1 } } }] }),
      message({ tool_calls: [{ id: 'call_b', function: { index: 1, name: 'g', arguments: {} } }] }),
      {
        ...head,
        message: { role: 'assistant', content: '' },
        done: true,
        done_reason: 'stop',
        total_duration: 12_500_000,
        load_duration: 0,
        prompt_eval_count: 10,
        prompt_eval_duration: 0,
        eval_count: 7,
        eval_duration: 12_500_000,
      },
    ]);
  });

  it('that broke ends with an error line and never with done', () => {
    const encoder = ollamaChat.encodeStream(context);
    const begun = encoder.encode({ kind: 'text-delta', text: 'Hel' });
    const failed = encoder.fail({ status: 500, code: '', type: '', message: 'it broke', details: {} });
    expect(lines(begun + failed).at(-1)).toEqual({ error: 'it broke' });
    const own = ollamaChat.renderErrorEvent(new GatewayError('upstream_cut', 'cut'), 'req_1', 'ndjson');
    expect(lines(Buffer.from(own).toString())).toEqual([{ error: 'cut' }]);
  });

  it('lives on between lines without a line of its own', () => {
    const beat = Buffer.from(ollamaChat.heartbeat('ndjson')).toString();
    const encoder = ollamaChat.encodeStream(context);
    expect(
      lines(beat + beat + encoder.encode({ kind: 'text-delta', text: 'x' }) + beat + encoder.end()),
    ).toHaveLength(2);
    expect(ollamaChat.streamType('ndjson')).toBe('application/x-ndjson');
  });
});

describe('a whole answer', () => {
  it('of a chat is one object', () => {
    expect(JSON.parse(ollamaChat.encodeAnswer(PARTS, context))).toMatchObject({
      message: {
        role: 'assistant',
        content: 'Hello',
        thinking: 'hm',
        tool_calls: [{ function: { name: 'f' } }, { function: { name: 'g' } }],
      },
      done: true,
      eval_count: 7,
    });
  });

  it('of a generation has response and thinking', () => {
    const answer = JSON.parse(ollamaGenerate.encodeAnswer(PARTS, context));
    expect(answer).toMatchObject({ response: 'Hello', thinking: 'hm', done: true });
    expect(answer).not.toHaveProperty('message');
  });

  it.each([
    ['length', 'length'],
    ['context-full', 'length'],
    ['filtered', 'stop'],
  ] as const)('%s is done_reason %s', (reason, expected) => {
    const answer = JSON.parse(ollamaChat.encodeAnswer([{ kind: 'finish', reason }], context));
    expect(answer.done_reason).toBe(expected);
  });

  it('keeps what a model wrote instead of arguments', () => {
    const parts: readonly StreamPart[] = [
      { kind: 'tool-call-start', index: 0, id: 'a', name: 'f', custom: true },
      { kind: 'tool-call-delta', index: 0, text: 'ls -l' },
      { kind: 'tool-call-end', index: 0 },
    ];
    const { message } = JSON.parse(ollamaChat.encodeAnswer(parts, context));
    expect(message.tool_calls[0].function.arguments).toEqual({ input: 'ls -l' });
  });

  it('tells no times that nobody measured', () => {
    const { requestId, request, usageAsked, framing, created, newId } = context;
    const unmeasured = { requestId, request, usageAsked, framing, created, newId };
    expect(ollamaChat.encodeAnswer(PARTS, unmeasured)).not.toContain('duration');
  });
});

describe('errors', () => {
  it('are one sentence with the status', () => {
    const error = new GatewayError('rate_limit_exceeded', 'Wait.', { retryAfter: 3.2 });
    const rendered = ollamaChat.renderError(error, 'req_1');
    expect(rendered).toMatchObject({ status: 429, body: '{"error":"Wait."}' });
    expect(rendered.headers).toMatchObject({ 'retry-after': '4', 'x-request-id': 'req_1' });
  });

  it('of an upstream keep its words, and say something where it said nothing', () => {
    const error = { status: 404, code: '', type: '', message: 'no such model', details: {} };
    expect(ollamaChat.renderUpstreamError(error, 'r')).toMatchObject({
      status: 404,
      body: '{"error":"no such model"}',
    });
    expect(ollamaChat.renderUpstreamError({ ...error, message: '' }, 'r').body).toContain('HTTP 404');
  });
});

describe('models', () => {
  const model = { id: 'openai/gpt-5', created: 1_700_000_000, ownedBy: 'openai', provider: 'openai' };

  it('are listed with the members that clients read without asking', () => {
    const { models } = JSON.parse(ollamaChat.renderModels([model, { ...model, id: 'x', created: 1e30 }]));
    expect(models[0]).toMatchObject({
      name: 'openai/gpt-5',
      model: 'openai/gpt-5',
      modified_at: '2023-11-14T22:13:20.000Z',
      size: 0,
      details: { family: 'switchyard', families: ['switchyard'] },
    });
    expect(models[0].digest).toMatch(/^[0-9a-f]{64}$/);
    expect(models[1].digest).not.toBe(models[0].digest);
  });

  it('tell what they can do and how much they read', () => {
    const facts = {
      contextTokens: 400_000,
      capabilities: ['tools', 'vision', 'reasoning', 'files'],
    } as const;
    const shown = JSON.parse(ollamaChat.renderModel({ ...model, facts }));
    expect(shown.capabilities).toEqual(['completion', 'tools', 'vision', 'thinking']);
    expect(shown.model_info['switchyard.context_length']).toBe(400_000);
    expect(JSON.parse(ollamaChat.renderModel(model)).capabilities).toEqual(['completion', 'tools']);
  });
});
