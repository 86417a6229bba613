/** A request written and read again means the same, and a strict server takes it. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AssistantPart, ToolResultPart, Turn, UserPart } from '../../core/canonical/parts.ts';
import {
  NO_SETTINGS,
  type CanonicalRequest,
  type Settings,
  type Tool,
} from '../../core/canonical/request.ts';
import type { Target } from '../../core/dialect.ts';
import { COMPATIBLE_CHAT, OPENAI_CHAT } from '../../core/provider.ts';
import { createMemory } from '../../testing/dialect-upstreams/memory.ts';
import { readChat } from '../../testing/dialect-upstreams/openai-chat/read.ts';
import { decodeRequest } from './decode-request.ts';
import { encodeRequest } from './encode-request.ts';

const TARGETS: readonly Target[] = [
  { provider: 'openai', name: 'openai', model: 'gpt-4.1', facts: {}, chat: OPENAI_CHAT },
  { provider: 'openai', name: 'openai', model: 'gpt-5.2', facts: {}, chat: OPENAI_CHAT },
  { provider: 'custom', name: 'custom', model: 'some-model', facts: {}, chat: COMPATIBLE_CHAT },
];

const word = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 10 });
const text = word.map((written) => ({ kind: 'text' as const, text: written }));
const image = fc.constantFrom<UserPart>(
  { kind: 'image', source: { kind: 'url', url: 'https://example.com/a.png', mediaType: '' }, detail: 'low' },
  { kind: 'image', source: { kind: 'data', mediaType: 'image/png', base64: 'aGk=' } },
);
const userPart: fc.Arbitrary<UserPart> = fc.oneof(
  { weight: 4, arbitrary: text },
  image,
  fc.constant<UserPart>({
    kind: 'file',
    source: { kind: 'data', mediaType: 'application/pdf', base64: 'JVBERg==' },
    name: 'a.pdf',
  }),
);

interface Round {
  readonly user: readonly UserPart[];
  readonly thought: string;
  readonly said: string;
  readonly calls: readonly string[];
}

const round: fc.Arbitrary<Round> = fc.record({
  user: fc.array(userPart, { minLength: 1, maxLength: 3 }),
  thought: fc.oneof(fc.constant(''), word),
  said: word,
  calls: fc.array(
    fc.dictionary(word, fc.jsonValue()).map((value) => JSON.stringify(value)),
    { maxLength: 2 },
  ),
});

/** Every call has its result, in the turn behind it. */
function turnsOf(rounds: readonly Round[]): readonly Turn[] {
  let results: readonly ToolResultPart[] = [];
  let count = 0;
  const turns = rounds.flatMap(({ user, thought, said, calls }): readonly Turn[] => {
    const asked: Turn = { role: 'user', parts: [...results, ...user] };
    const spoken: AssistantPart[] = [
      ...(thought === '' ? [] : [{ kind: 'reasoning' as const, text: thought, signature: null }]),
      ...(said === '' ? [] : [{ kind: 'text' as const, text: said }]),
      ...calls.map((input) => {
        count += 1;
        return { kind: 'tool-call' as const, id: `call_${count}`, name: 'look_up', input, custom: false };
      }),
    ];
    results = spoken.flatMap((part) =>
      part.kind === 'tool-call'
        ? [
            {
              kind: 'tool-result' as const,
              id: part.id,
              name: part.name,
              content: [{ kind: 'text' as const, text: `found ${part.id}` }],
              failed: false,
              custom: false,
            },
          ]
        : [],
    );
    return [asked, ...(spoken.length === 0 ? [] : [{ role: 'assistant' as const, parts: spoken }])];
  });
  return results.length === 0 ? turns : [...turns, { role: 'user', parts: results }];
}

const tools: readonly Tool[] = [
  {
    kind: 'function',
    name: 'look_up',
    description: 'Looks up.',
    schema: { type: 'object', properties: { q: { type: 'string' } } },
    strict: null,
  },
];
const settings: fc.Arbitrary<Settings> = fc
  .record({
    maxTokens: fc.option(fc.integer({ min: 1, max: 9_999 })),
    stop: fc.array(word, { maxLength: 4 }),
    seed: fc.option(fc.nat()),
    candidates: fc.option(fc.constant(2)),
    toolChoice: fc.option(
      fc.constantFrom(
        { kind: 'auto' as const },
        { kind: 'required' as const },
        { kind: 'none' as const },
        { kind: 'tool' as const, name: 'look_up' },
      ),
    ),
    format: fc.constantFrom<Settings['format']>(
      { kind: 'text' },
      {
        kind: 'schema',
        name: 'point',
        description: '',
        strict: null,
        schema: { type: 'object', properties: { x: { type: 'number', minLength: 1 } } },
      },
    ),
  })
  .map((some) => ({ ...NO_SETTINGS, ...some }));

const request: fc.Arbitrary<CanonicalRequest> = fc.record({
  model: fc.constant('asked'),
  streamed: fc.boolean(),
  system: fc.array(text, { maxLength: 2 }),
  turns: fc.array(round, { minLength: 1, maxLength: 4 }).map(turnsOf),
  tools: fc.constantFrom(tools, []),
  settings,
});

/** What must survive: one text for each run of texts, everything else as it is. */
function meaning(
  { system, turns, tools: known, settings: said }: CanonicalRequest,
  reasons: boolean,
): unknown {
  const { maxTokens, seed, candidates, format, toolChoice } = said;
  return {
    system: system.map((part) => part.text).join('\n\n'),
    turns: turns
      .map(({ role, parts }) => ({
        role,
        parts: parts.filter(
          ({ kind }) => kind !== 'reasoning' || (reasons && parts.some((part) => part.kind === 'tool-call')),
        ),
      }))
      .filter(({ parts }) => parts.length > 0),
    known,
    maxTokens,
    seed,
    candidates,
    format,
    toolChoice: known.length === 0 ? null : toolChoice,
  };
}

test.each(TARGETS)('$provider $model', (target) => {
  fc.assert(
    fc.property(request, (sent) => {
      const body = encodeRequest(sent, target, () => undefined);
      const seen = readChat(
        { method: 'POST', body, path: '/v1/chat/completions', query: new URLSearchParams(), headers: {} },
        createMemory('openai-chat'),
      );
      expect(seen.model).toBe(target.model);
      const facts = { model: 'asked', streamed: sent.streamed, usageAsked: false };
      const again = decodeRequest(body, facts, ({ text }) => expect.fail(text));
      expect(again.streamed).toBe(sent.streamed);
      const reasons = target.chat.reasoningBack === 'reasoning_content';
      expect(meaning(again, reasons)).toEqual(meaning(sent, reasons));
      if (target.model === 'gpt-4.1') expect(again.settings.stop).toEqual(sent.settings.stop);
    }),
    { numRuns: 60 },
  );
});
