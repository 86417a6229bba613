/** Thoughts, and their signatures on the way back to where they came from. */
import { expect } from 'vitest';
import { THOUGHT } from '../dialect-upstreams/playbook.ts';
import { ask, both, TIME, WEATHER, wishesOf, type Cell, type Scene } from './cell.ts';
import { answersTo } from './tool-cells.ts';

const TOOLS = [WEATHER, TIME];

/** SDKs that know no thoughts: nothing of them comes back from there. */
const BLIND = ['ai + openai chat'];
const isBlind = ({ client }: Scene): boolean => BLIND.includes(client.id);
const BLIND_NOTE = 'the SDK shows no thoughts and brings none back; the gateway keeps signatures, not texts';

/** The same upstream behind the same dialect: what the SDK loses is lost. */
const loses = (scene: Scene): boolean => isBlind(scene) && scene.to === 'openai-chat';

async function refusedWithout(step: Promise<unknown>): Promise<string> {
  await expect(step).rejects.toThrow('`reasoning_content` in the thinking mode must be passed back');
  return 'the SDK drops the thoughts that this upstream wants back; its words reach the program';
}

async function secondTurn(scene: Scene): Promise<string | null> {
  const talk = scene.client.begin(scene.place, wishesOf(scene, { thinking: true }));
  const reply = await talk.say(ask('thinking', scene));
  expect(reply.text).toBe('Thought about it.');
  expect(reply.usage).toMatchObject({ output: 48 });
  const seen = scene.upstream.lastOf(scene.argument)?.seen;
  // Only OpenAI's clients say how hard here. Gemini 3 Pro knows no middle.
  if (scene.client.dialect.startsWith('openai')) expect(['medium', 'high']).toContain(seen?.effort);
  // Whether thoughts are to be seen is not always the client's to say; what is shown must arrive.
  const shown = seen?.shown === true;
  if (!isBlind(scene)) expect(reply.thinking).toBe(shown ? THOUGHT.join('') : '');
  const again = await talk.say(ask('thinking-again', scene));
  const returned = /thoughts returned: (\d)/.exec(again.text)?.[1];
  if (scene.to === 'openai-chat' && scene.client.dialect !== 'openai-chat') {
    expect(returned).toBe('0');
    return 'servers of OpenAI chat want thoughts back only of turns with calls; some refuse others';
  }
  expect(returned).toBe(loses(scene) ? '0' : '1');
  return loses(scene) ? BLIND_NOTE : null;
}

async function inLoop(scene: Scene): Promise<string | null> {
  const talk = scene.client.begin(scene.place, wishesOf(scene, { thinking: true, tools: TOOLS }));
  const reply = await talk.say(ask('thinking-tool', scene));
  const step = talk.answer(answersTo(reply));
  if (loses(scene)) return refusedWithout(step);
  const end = await step;
  expect(end.text).toBe('results: result 1 of get_weather, thoughts returned: 1');
  return null;
}

async function inLongLoop(scene: Scene): Promise<string | null> {
  const { text } = ask('thinking-tool', { ...scene, argument: `two-${scene.argument}` });
  const talk = scene.client.begin(scene.place, wishesOf(scene, { thinking: true, tools: TOOLS }));
  const first = await talk.say({ text });
  const step = talk.answer(answersTo(first));
  if (loses(scene)) return refusedWithout(step);
  const second = await step;
  expect(second.calls.map(({ name }) => name)).toEqual(['get_time']);
  const end = await talk.answer(answersTo(second));
  expect(end.text).toBe('results: result 1 of get_weather | result 1 of get_time, thoughts returned: 2');
  return null;
}

async function withParallelCalls(scene: Scene): Promise<string | null> {
  const talk = scene.client.begin(scene.place, wishesOf(scene, { thinking: true, tools: TOOLS }));
  const reply = await talk.say(ask('thinking-parallel', scene));
  const step = talk.answer(answersTo(reply));
  if (loses(scene)) return refusedWithout(step);
  const end = await step;
  expect(end.text).toBe('results: result 1 of get_weather | result 2 of get_time, thoughts returned: 1');
  return null;
}

export const thinkingCells: readonly Cell[] = [
  ...both('thinking, second turn', secondTurn),
  ...both('thinking in a loop of tools', inLoop),
  ...both('thinking in two steps of tools', inLongLoop),
  ...both('thinking before parallel calls', withParallelCalls),
];
