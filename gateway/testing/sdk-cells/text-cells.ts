/** Text, instructions, limits, pictures, structured answers, token counts. */
import { expect } from 'vitest';
import { CITY_ANSWER, HELLO } from '../dialect-upstreams/playbook.ts';
import { describeMedia, objectIn } from '../dialect-upstreams/read-members.ts';
import { ask, both, wishesOf, type Cell, type Scene } from './cell.ts';

/** One red pixel. */
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC';

const SCHEMA = {
  type: 'object',
  properties: {
    city: { type: 'string', description: 'Its name' },
    degrees: { type: 'integer' },
  },
  required: ['city', 'degrees'],
  additionalProperties: false,
};

async function text(scene: Scene): Promise<null> {
  const reply = await scene.client.begin(scene.place, wishesOf(scene)).say(ask('text', scene));
  expect(reply.text).toBe(HELLO.join(''));
  expect(reply.finish).toBe('stop');
  expect(reply.usage).toMatchObject({ input: 21, output: 9 });
  if (scene.streamed) expect(reply.textPieces).toBe(HELLO.length);
  return null;
}

async function secondTurn(scene: Scene): Promise<null> {
  const talk = scene.client.begin(scene.place, wishesOf(scene));
  await talk.say({ text: 'SCENARIO text:before' });
  const reply = await talk.say(ask('text', scene));
  expect(reply.text).toBe(HELLO.join(''));
  return null;
}

async function system(scene: Scene): Promise<null> {
  const instructions = 'Answer in one word.\nNever lie. ü';
  const talk = scene.client.begin(scene.place, wishesOf(scene, { system: instructions }));
  const reply = await talk.say(ask('system', scene));
  expect(reply.text).toBe(`system=${instructions}`);
  return null;
}

async function maxTokens(scene: Scene): Promise<null> {
  const talk = scene.client.begin(scene.place, wishesOf(scene, { maxTokens: 777 }));
  expect((await talk.say(ask('max-tokens', scene))).text).toBe('maxTokens=777');
  return null;
}

async function image(scene: Scene): Promise<null> {
  const talk = scene.client.begin(scene.place, wishesOf(scene));
  const picture = { mediaType: 'image/png', base64: PNG };
  const reply = await talk.say({ ...ask('image', scene), image: picture });
  expect(reply.text).toBe(`media=${describeMedia('image/png', PNG)}`);
  return null;
}

async function schema(scene: Scene): Promise<string | null> {
  const talk = scene.client.begin(scene.place, wishesOf(scene, { schema: SCHEMA }));
  const reply = await talk.say(ask('schema', scene));
  expect(JSON.parse(reply.text)).toEqual(CITY_ANSWER);
  const seen = scene.upstream.lastOf(scene.argument)?.seen;
  const asTool = seen?.tools.find(({ name }) => name === 'json');
  const arrived = asTool?.schema ?? seen?.schema ?? {};
  expect(Object.keys(objectIn(arrived, 'properties') ?? {})).toEqual(['city', 'degrees']);
  expect(arrived['required']).toEqual(['city', 'degrees']);
  return asTool === undefined ? null : 'the SDK itself asks for the answer as the arguments of a tool';
}

async function length(scene: Scene): Promise<null> {
  const reply = await scene.client.begin(scene.place, wishesOf(scene)).say(ask('length', scene));
  expect(reply.text).toBe('As long as it may');
  expect(reply.finish).toBe('length');
  return null;
}

async function filtered(scene: Scene): Promise<null> {
  const reply = await scene.client.begin(scene.place, wishesOf(scene)).say(ask('filtered', scene));
  expect(reply.text).toBe('Some words');
  expect(['filtered', 'refused']).toContain(reply.finish);
  return null;
}

async function refusal(scene: Scene): Promise<string | null> {
  const reply = await scene.client.begin(scene.place, wishesOf(scene)).say(ask('refusal', scene));
  const told = `${reply.text}${reply.refusal}`;
  const marked = reply.refusal !== '' || reply.finish === 'refused' || reply.finish === 'filtered';
  if (scene.to === 'gemini') {
    expect(told).toBe('I cannot help with that.');
    expect(reply.finish).toBe('stop');
    return 'Gemini declines in plain words: it has no mark for it';
  }
  expect(told).toContain('I cannot help with that.');
  if (scene.client.dialect === 'gemini') return 'Gemini knows no mark of a refusal: its words are the answer';
  expect(marked).toBe(true);
  return null;
}

async function cached(scene: Scene): Promise<null> {
  const reply = await scene.client.begin(scene.place, wishesOf(scene)).say(ask('cached', scene));
  expect(reply.text).toBe('From the cache');
  expect(reply.usage).toMatchObject({ input: 1_500, cached: 1_024, output: 12 });
  return null;
}

export const textCells: readonly Cell[] = [
  ...both('text', text),
  ...both('second turn', secondTurn),
  ...both('system prompt', system),
  ...both('limit of tokens asked for', maxTokens),
  ...both('image in', image),
  ...both('JSON schema out', schema),
  ...both('stopped at max tokens', length),
  ...both('refusal', refusal),
  ...both('filtered', filtered),
  ...both('usage with cached tokens', cached),
];
