/** How much a conversation takes that sends its history again with each request; the budgets stand in DESIGN section 14. */
import { expect, it } from 'vitest';
import { agentConversation, type AgentShape } from '../testing/agent-conversation.ts';
import { createLogDatabase, prepared } from '../testing/log-database.ts';
import { capture, requestRow } from '../testing/request-row.ts';
import { createReader } from './reader.ts';
import { createWriter } from './writer.ts';

const SHAPES: readonly AgentShape[] = ['openai-chat', 'openai-responses', 'anthropic-messages', 'gemini'];
const TURNS = 50;

it.each(SHAPES)('%s: 50 turns take a fifteenth of their bytes, a sixth with the index', (shape) => {
  const database = createLogDatabase();
  const writer = createWriter(database);
  const empty = writer.usedBytes();
  const turns = agentConversation(shape, TURNS);
  turns.forEach(({ request, response }, at) => {
    const bodies = { request: capture(request), response: capture(response) };
    writer.write([prepared(requestRow({ sequence: 1_790_000_000_000_000 + at * 9_000_000 }), bodies)]);
  });
  const raw = turns.reduce((sum, { request, response }) => sum + request.length + response.length, 0);
  const without = writer.usedBytes() - empty;
  while (writer.index.step(100));
  const withIndex = writer.usedBytes() - empty;
  expect(raw / without).toBeGreaterThan(15);
  expect(raw / withIndex).toBeGreaterThan(6);

  const reader = createReader(database);
  const last = turns.at(-1);
  expect(reader.body(`req_${1_790_000_000_000_000 + (TURNS - 1) * 9_000_000}`, 'request')?.text).toBe(
    last?.request,
  );
});
