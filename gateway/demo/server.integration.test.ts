import { afterAll, beforeAll, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { startDemo, type DemoUpstream } from './server.ts';

const answerSchema = z.object({
  choices: z.array(
    z.object({
      finish_reason: z.string(),
      message: z.object({ content: z.nullable(z.string()) }),
    }),
  ),
});

let demo: DemoUpstream;
beforeAll(async () => {
  demo = await startDemo();
});
afterAll(() => demo.close());

async function ask(messages: readonly object[]) {
  const tools = [{ type: 'function', function: { name: 'list', parameters: { type: 'object' } } }];
  const answer = await fetch(`${demo.url}/chat/completions`, {
    method: 'POST',
    body: JSON.stringify({ model: 'chat', messages, tools }),
  });
  const [choice] = answerSchema.parse(await answer.json()).choices;
  return choice;
}

const ASKED = { role: 'user', content: '/tool' };

it('calls a tool once, and answers in words when its result is given', async () => {
  expect((await ask([ASKED]))?.finish_reason).toBe('tool_calls');
  const call = { id: 'call_demo', type: 'function', function: { name: 'list', arguments: '{}' } };
  const after = await ask([
    ASKED,
    { role: 'assistant', content: null, tool_calls: [call] },
    { role: 'tool', tool_call_id: 'call_demo', content: 'a.txt' },
  ]);
  expect(after?.finish_reason).toBe('stop');
  expect(after?.message.content).toContain('You said');
});

it('hears what the person wrote, not what a coding tool put before it', async () => {
  const parts = ['<system-reminder>the state of the repository</system-reminder>', 'hello there'];
  const answer = await ask([{ role: 'user', content: parts.map((text) => ({ type: 'text', text })) }]);
  expect(answer?.message.content).toContain('“hello there”');
});
