/** Recorded streams say the same as to the decoders that requests go through. */
import { expect, it } from 'vitest';
import { dialects } from '../../dialects/index.ts';
import { haveRecordings, recordedStreams } from '../../testing/recorded-streams.ts';
import { readEvent, splitEvents } from '../sse.ts';
import { assembleAnswer } from './assemble.ts';

it.skipIf(!haveRecordings).each(recordedStreams())('$name', ({ dialect, bytes }) => {
  let text = '';
  let reasoning = '';
  const names: string[] = [];
  let written = '';
  const decoder = dialects[dialect].decodeStream();
  for (const { data, name } of splitEvents(bytes).events.map(readEvent)) {
    if (data === null) continue;
    for (const part of decoder.decode({ data, name })) {
      if (part.kind === 'reasoning-delta') reasoning += part.text;
      else if (part.kind === 'text-delta' || part.kind === 'refusal-delta') text += part.text;
      else if (part.kind === 'tool-call-start') names.push(part.name);
      else if (part.kind === 'tool-call-delta') written += part.text;
    }
  }
  const answer = assembleAnswer(bytes.toString())?.answer;
  expect(answer?.text).toBe(text);
  expect(answer?.reasoning).toBe(reasoning);
  // Searches that Anthropic ran itself are no calls to a decoder.
  const calls = answer?.calls.filter((call) => call.name !== 'web_search') ?? [];
  expect(calls.map((call) => call.name)).toEqual(names);
  // Decoders write `{}` for a call without arguments.
  expect(calls.map((call) => call.arguments || '{}').join('')).toBe(written);
});
