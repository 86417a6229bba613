/** The official SDK, unchanged, as a client of the gateway. */
import OpenAI from 'openai';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startDemo, type DemoUpstream } from '../demo/server.ts';
import { startTestGateway, type TestGateway } from '../testing/test-gateway.ts';

let demo: DemoUpstream;
let gateway: TestGateway;
let client: OpenAI;

beforeEach(async () => {
  demo = await startDemo();
  gateway = await startTestGateway('', { demoUpstream: demo.url });
  client = new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: 'local' });
});
afterEach(async () => {
  await gateway.stop();
  await demo.close();
});

const ask = (content: string) => ({ model: 'demo/chat', messages: [{ role: 'user' as const, content }] });

describe('the openai SDK', () => {
  it('chats', async () => {
    const answer = await client.chat.completions.create(ask('hello there'));
    expect(answer.choices[0]?.message.content).toContain('hello there');
    expect(answer.usage?.completion_tokens).toBeGreaterThan(0);
  });

  it('completes a prompt, and is told in words what the demo has no call for', async () => {
    const answer = await client.completions.create({ model: 'demo/chat', prompt: 'hello there' });
    expect(answer.choices[0]?.text).toContain('hello there');
    await expect(client.embeddings.create({ model: 'demo/chat', input: 'x' })).rejects.toMatchObject({
      status: 400,
      code: 'unsupported_feature',
    });
  });

  it('streams, with usage when it asks for it', async () => {
    const stream = await client.chat.completions.create({
      ...ask('hello'),
      stream: true,
      stream_options: { include_usage: true },
    });
    let text = '';
    let tokens = 0;
    for await (const part of stream) {
      text += part.choices[0]?.delta.content ?? '';
      tokens = part.usage?.completion_tokens ?? tokens;
    }
    expect(text).toContain('demo model');
    expect(tokens).toBeGreaterThan(0);
  });

  it('calls tools, streamed and not', async () => {
    const tools = [
      {
        type: 'function' as const,
        function: { name: 'weather', parameters: { type: 'object', properties: {} } },
      },
    ];
    const answer = await client.chat.completions.create({ ...ask('/tool'), tools });
    expect(answer.choices[0]).toMatchObject({
      finish_reason: 'tool_calls',
      message: { tool_calls: [{ function: { name: 'weather' } }] },
    });
    const runner = client.chat.completions.stream({ ...ask('/tool'), tools });
    const final = await runner.finalChatCompletion();
    expect(final.choices[0]?.message.tool_calls?.[0]).toMatchObject({
      function: { name: 'weather', arguments: '{"demo":true}' },
    });
  });

  it('lists models and finds one', async () => {
    const list = await client.models.list();
    expect(list.data.map(({ id }) => id)).toContain('demo/chat');
    const model = await client.models.retrieve('demo/chat');
    expect(model).toMatchObject({ id: 'demo/chat', object: 'model', provider: 'demo' });
    await expect(client.models.retrieve('demo/none')).rejects.toBeInstanceOf(OpenAI.NotFoundError);
  });

  it.each([
    [400, OpenAI.BadRequestError, 400],
    [404, OpenAI.NotFoundError, 404],
    [422, OpenAI.UnprocessableEntityError, 422],
    [429, OpenAI.RateLimitError, 429],
    [500, OpenAI.InternalServerError, 500],
  ])('turns %i into its own error class, with exactly one call', async (status, errorClass, expected) => {
    const failure = client.chat.completions.create(ask(`/error ${status}`));
    await expect(failure).rejects.toBeInstanceOf(errorClass);
    await expect(failure).rejects.toMatchObject({ status: expected });
    const rows = await gateway.rows(1);
    expect(rows).toHaveLength(1);
  });

  it('names a model that does not exist', async () => {
    // Before a list is known, names are taken at their word.
    await client.models.list();
    await expect(client.chat.completions.create({ ...ask('x'), model: 'demo/chatt' })).rejects.toMatchObject({
      status: 404,
      code: 'model_not_found',
      message: expect.stringContaining('demo/chat'),
    });
  });

  it('sees a cut stream as an error', async () => {
    const stream = await client.chat.completions.create({ ...ask('/cut'), stream: true });
    const read = async (): Promise<void> => {
      for await (const part of stream) expect(part.object).toBe('chat.completion.chunk');
    };
    await expect(read()).rejects.toThrow();
    expect((await gateway.rows(1))[0]).toMatchObject({ outcome: 'cut', demo: true });
  });

  it('aborts', async () => {
    const stream = await client.chat.completions.create({ ...ask('/long'), stream: true });
    for await (const part of stream) {
      expect(part.id).toMatch(/^demo-/);
      break;
    }
    expect((await gateway.rows(1))[0]).toMatchObject({ outcome: 'client-left', status: 499 });
  });
});
