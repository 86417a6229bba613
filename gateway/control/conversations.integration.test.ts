/** Conversations of the playground are kept without secrets, under their ids alone. */
import { quoted } from '../../contract/rpc/remarks/remark.ts';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openPlayground, type PlaygroundHost } from '../testing/playground-chat.ts';
import { KEY_ONE } from '../testing/test-gateway.ts';

let host: PlaygroundHost;
beforeEach(async () => {
  host = await openPlayground();
});
afterEach(() => host.stop());

describe('conversations', () => {
  const turn = {
    id: 't1',
    parent: null,
    column: '',
    role: 'user',
    text: `my key is ${KEY_ONE}`,
    reasoning: '',
    refusal: '',
    files: [],
    calls: [],
    results: [],
    model: '',
    at: 1,
    figures: null,
  };
  /** Of an answer that failed. */
  const failure = {
    requestId: null,
    outcome: 'error',
    provider: null,
    model: null,
    keyFingerprint: null,
    attempts: 1,
    firstContentAt: null,
    doneAt: 1,
    inputTokens: null,
    cachedTokens: null,
    outputTokens: null,
    reasoningTokens: null,
    finishReason: null,
    error: null,
  };
  const conversation = {
    id: 'conversation-1',
    title: 'Keys',
    system: `system ${KEY_ONE}`,
    columns: [{ id: 'c1', model: 'one/m', parameters: { temperature: 1 }, leaf: 't2', chosen: {} }],
    synced: true,
    tools: [],
    toolChoice: 'auto',
    autoContinue: false,
    format: { kind: 'text' },
    turns: [turn, { ...turn, id: 't2', role: 'assistant', text: 'Use `Authorization: Bearer KEY`.' }],
    createdAt: 1,
    updatedAt: 2,
  };

  it('are kept without secrets, in words as they were written', async () => {
    const { call, folder } = await host.start();
    expect(await call('conversations.put', conversation)).toMatchObject({ ok: true, data: { turns: 2 } });
    const kept = await call('conversations.get', { id: 'conversation-1' });
    expect(kept).toMatchObject({
      ok: true,
      data: {
        system: 'system [redacted]',
        turns: [{ text: 'my key is [redacted]' }, { text: 'Use `Authorization: Bearer KEY`.' }],
      },
    });
    expect(await readFile(join(folder, 'conversations', 'conversation-1.json'), 'utf8')).not.toContain(
      KEY_ONE,
    );
    expect(await call('conversations.remove', { id: 'conversation-1' })).toMatchObject({ ok: true });
    expect(await call('conversations.get', { id: 'conversation-1' })).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    });
  });

  it('say why an answer failed in every language, after they were read again too', async () => {
    const { call } = await host.start();
    const error = {
      code: 'upstream_error',
      message: `No ${KEY_ONE}`,
      told: { code: 'as-said', values: { message: `No ${KEY_ONE}` }, text: `No ${KEY_ONE}` },
    };
    const failed = { ...turn, id: 't2', role: 'assistant', figures: { ...failure, error } };
    await call('conversations.put', { ...conversation, turns: [turn, failed] });
    const said = { code: 'as-said', values: { message: 'No [redacted]' }, text: 'No [redacted]' };
    expect(await call('conversations.get', { id: 'conversation-1' })).toMatchObject({
      data: { turns: [{}, { figures: { error: { message: 'No [redacted]', told: said } } }] },
    });
  });

  it('have no secret in any other text they are made of, and no text longer than can be read again', async () => {
    const { call, folder } = await host.start('', [KEY_ONE, 'short-88']);
    const figures = {
      ...failure,
      requestId: KEY_ONE,
      provider: KEY_ONE,
      model: KEY_ONE,
      keyFingerprint: KEY_ONE,
      finishReason: KEY_ONE,
      error: { code: KEY_ONE, message: KEY_ONE, told: quoted(KEY_ONE) },
    };
    const everywhere = {
      ...conversation,
      title: KEY_ONE,
      columns: [
        {
          id: KEY_ONE,
          model: KEY_ONE,
          parameters: { stop: [KEY_ONE] },
          leaf: KEY_ONE,
          chosen: { [KEY_ONE]: KEY_ONE },
        },
      ],
      tools: [{ name: KEY_ONE, description: KEY_ONE, schema: KEY_ONE, canned: KEY_ONE }],
      toolChoice: `tool:${KEY_ONE}`,
      format: { kind: 'schema', name: KEY_ONE, strict: true, schema: KEY_ONE },
      system: `${'z'.repeat(1_000_000 - 8)}short-88`,
      turns: [
        {
          ...turn,
          id: KEY_ONE,
          parent: KEY_ONE,
          column: KEY_ONE,
          role: 'assistant',
          reasoning: KEY_ONE,
          refusal: KEY_ONE,
          files: [{ hash: 'a'.repeat(64), kind: 'text', name: KEY_ONE, mime: KEY_ONE, size: 1 }],
          calls: [{ id: KEY_ONE, name: KEY_ONE, arguments: KEY_ONE }],
          results: [{ callId: KEY_ONE, text: KEY_ONE, origin: 'manual' }],
          model: KEY_ONE,
          figures: { ...figures, warnings: [quoted(KEY_ONE)] },
        },
      ],
    };
    const put = await call('conversations.put', everywhere);
    expect(put).toMatchObject({ ok: true });
    const kept = await call('conversations.get', { id: 'conversation-1' });
    expect(kept).toMatchObject({ ok: true, data: { turns: [{ figures: { outcome: 'error' } }] } });
    const file = await readFile(join(folder, 'conversations', 'conversation-1.json'), 'utf8');
    expect(file + JSON.stringify(put)).not.toContain(KEY_ONE);
    expect(file).not.toContain('short-88');
  });

  it('are not replaced by what was made of an older state, and everybody who listens hears of a new one', async () => {
    const { call, gateway } = await host.start();
    const heard: unknown[] = [];
    gateway.control.subscribe(['conversations.changed'], ({ data }) => heard.push(data) > 0);
    const made = { ...conversation, revision: null };
    const put = await call('conversations.put', made);
    expect(put).toMatchObject({ ok: true });
    expect(await call('conversations.put', made)).toMatchObject({
      ok: false,
      error: { code: 'conflict', told: { code: 'chat-changed' } },
    });
    expect(heard).toMatchObject([{ id: 'conversation-1', saved: { title: 'Keys', turns: 2 } }]);
  });

  it('take no path for an id', async () => {
    const { call } = await host.start();
    for (const id of ['../../etc/passwd', 'a/b/c/d/e/f', 'CONVERSATION', '']) {
      expect(await call('conversations.get', { id })).toMatchObject({ error: { code: 'invalid_input' } });
    }
  });
});
