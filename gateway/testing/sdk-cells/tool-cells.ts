/** Calls of tools, alone and several, forced and forbidden, and what came of them. */
import { englishOf } from '../english-of.ts';
import { expect } from 'vitest';
import { LONG_INPUT } from '../dialect-upstreams/playbook.ts';
import type { Reply, ToolResult } from '../sdk-clients/client.ts';
import { ask, both, streamedOnly, TIME, WEATHER, wishesOf, WRITE, type Cell, type Scene } from './cell.ts';

const TOOLS = [WEATHER, TIME];

export const answersTo = (reply: Reply): readonly ToolResult[] =>
  reply.calls.map(({ id, name, custom = false }, index) => ({
    id,
    name,
    text: `result ${index + 1} of ${name}`,
    custom,
  }));

const named = (reply: Reply): readonly object[] => reply.calls.map(({ name, input }) => ({ name, input }));

async function roundTrip(scene: Scene): Promise<null> {
  const talk = scene.client.begin(scene.place, wishesOf(scene, { tools: TOOLS }));
  const reply = await talk.say(ask('tool', scene));
  expect(named(reply)).toEqual([{ name: 'get_weather', input: { city: 'Paris' } }]);
  expect(reply.finish).toBe('calls');
  const end = await talk.answer(answersTo(reply));
  expect(end.text).toBe('results: result 1 of get_weather');
  expect(end.finish).toBe('stop');
  const seen = scene.upstream.lastOf(scene.argument)?.seen;
  expect(seen?.tools.map(({ name, description }) => [name, description])).toEqual(
    TOOLS.map(({ name, description }) => [name, description]),
  );
  return null;
}

async function afterText(scene: Scene): Promise<null> {
  const talk = scene.client.begin(scene.place, wishesOf(scene, { tools: TOOLS }));
  const reply = await talk.say(ask('tool-after-text', scene));
  expect(reply.text).toBe('I will look.');
  expect(named(reply)).toEqual([{ name: 'get_weather', input: { city: 'Paris' } }]);
  const end = await talk.answer(answersTo(reply));
  expect(end.text).toBe('results: result 1 of get_weather');
  return null;
}

async function noArguments(scene: Scene): Promise<null> {
  const talk = scene.client.begin(scene.place, wishesOf(scene, { tools: TOOLS }));
  const reply = await talk.say(ask('no-arguments', scene));
  expect(named(reply)).toEqual([{ name: 'get_time', input: {} }]);
  expect((await talk.answer(answersTo(reply))).text).toBe('results: result 1 of get_time');
  return null;
}

async function parallel(scene: Scene): Promise<null> {
  const talk = scene.client.begin(scene.place, wishesOf(scene, { tools: TOOLS }));
  const reply = await talk.say(ask('parallel', scene));
  expect(named(reply)).toEqual([
    { name: 'get_weather', input: { city: 'Paris' } },
    { name: 'get_time', input: { zone: 'Europe/Paris' } },
  ]);
  const ids = reply.calls.map(({ id }) => id);
  if (ids.every((id) => id !== '')) expect(new Set(ids).size).toBe(2);
  const end = await talk.answer(answersTo(reply));
  expect(end.text).toBe('results: result 1 of get_weather | result 2 of get_time');
  return null;
}

async function longArguments(scene: Scene): Promise<string | null> {
  const talk = scene.client.begin(scene.place, wishesOf(scene, { tools: [WRITE] }));
  const reply = await talk.say(ask('long-arguments', scene));
  expect(named(reply)).toEqual([{ name: 'write_file', input: LONG_INPUT }]);
  expect((await talk.answer(answersTo(reply))).text).toBe('results: result 1 of write_file');
  if (!scene.streamed) return null;
  if (scene.client.dialect === 'gemini') return 'Gemini knows no pieces of arguments: they come whole';
  if (scene.to === 'gemini') return 'Gemini sends arguments whole';
  expect(reply.inputPieces).toBeGreaterThan(10);
  return null;
}

async function forcedOne(scene: Scene): Promise<null> {
  const talk = scene.client.begin(
    scene.place,
    wishesOf(scene, { tools: TOOLS, choice: { name: 'get_weather' } }),
  );
  const reply = await talk.say(ask('forced', scene));
  expect(named(reply)).toEqual([{ name: 'get_weather', input: { city: 'only get_weather' } }]);
  return null;
}

async function forcedAny(scene: Scene): Promise<null> {
  const talk = scene.client.begin(scene.place, wishesOf(scene, { tools: TOOLS, choice: 'required' }));
  const reply = await talk.say(ask('forced', scene));
  expect(named(reply)).toEqual([{ name: 'get_weather', input: { city: 'required' } }]);
  return null;
}

async function forbidden(scene: Scene): Promise<null> {
  const talk = scene.client.begin(scene.place, wishesOf(scene, { tools: TOOLS, choice: 'none' }));
  const reply = await talk.say(ask('choice', scene));
  expect(reply.calls).toEqual([]);
  expect(reply.text).toBe('choice=none tools=get_weather,get_time');
  return null;
}

async function oneByOne(scene: Scene): Promise<string | null> {
  const talk = scene.client.begin(scene.place, wishesOf(scene, { tools: TOOLS, oneByOne: true }));
  const reply = await talk.say(ask('parallelism', scene));
  if (scene.client.dialect === 'gemini') {
    expect(reply.text).toBe('parallel=none said');
    return 'Gemini has no switch for it';
  }
  if (scene.to === 'gemini') {
    expect(reply.text).toBe('parallel=none said');
    expect(englishOf((await scene.row()).warnings).join(' ')).toMatch(/one tool|parallel/i);
    return 'Gemini has no switch for it; the log row says so';
  }
  expect(reply.text).toBe('parallel=false');
  return null;
}

const PATCH = '*** Begin Patch\n"x" = \\n\n*** End';

async function custom(scene: Scene): Promise<string | null> {
  if (scene.client.id !== 'openai chat' && scene.client.id !== 'openai responses') {
    return 'this SDK cannot declare tools that take free text';
  }
  const tool = { name: 'apply_patch', description: 'Patches files', schema: {}, custom: true };
  const talk = scene.client.begin(scene.place, wishesOf(scene, { tools: [WEATHER, tool] }));
  const reply = await talk.say(ask('custom', scene));
  expect(reply.calls).toMatchObject([{ name: 'apply_patch', input: PATCH, custom: true }]);
  expect(reply.finish).toBe('calls');
  expect((await talk.answer(answersTo(reply))).text).toBe('results: result 1 of apply_patch');
  return null;
}

export const toolCells: readonly Cell[] = [
  ...both('tool round trip', roundTrip),
  ...both('text, then a call', afterText),
  ...both('call without arguments', noArguments),
  ...both('parallel calls', parallel),
  ...both('long arguments', longArguments),
  ...both('custom tool', custom),
  ...both('one tool forced', forcedOne),
  ...both('some tool forced', forcedAny),
  ...both('tools forbidden', forbidden),
  streamedOnly('one call at a time', oneByOne, true),
];
