import { describe, expect, it } from 'vitest';
import { match } from './match.ts';
import { aliasOf, routingSnapshot } from '../testing/routing.ts';
import { editDistance } from '../core/edit-distance.ts';
import type { RoutableAlias, RoutableProvider } from './snapshot.ts';

const key = (models: readonly string[] = []) => ({ id: 'k1', weight: 1, models });
const provider = (id: string, models: readonly string[] | null, keys = [key()]): RoutableProvider => ({
  id,
  keys,
  strategy: 'weighted',
  models: models === null ? null : new Set(models),
});
const snapshot = routingSnapshot;
const targets = (...names: readonly string[]) => ({
  kind: 'targets',
  targets: names.map((name) => {
    const [id = '', ...rest] = name.split(' ');
    return { provider: id, model: rest.join(' ') };
  }),
});

describe('match', () => {
  const openrouter = snapshot({ providers: [provider('openrouter', null)] });

  it.each([
    ['anthropic/claude-3.5-sonnet', 'openrouter anthropic/claude-3.5-sonnet'],
    ['deepseek/deepseek-chat-v3-0324:free', 'openrouter deepseek/deepseek-chat-v3-0324:free'],
    ['openrouter/auto', 'openrouter auto'],
  ])('sends %s to the only provider as %s', (model, expected) => {
    expect(match(model, openrouter)).toEqual(targets(expected));
  });

  const several = snapshot({
    providers: [
      provider('openai', ['gpt-5-mini', 'gpt-5']),
      provider('openrouter', ['openai/gpt-5', 'meta/llama-4']),
      provider('groq', null),
    ],
    aliases: new Map([
      ['fast', aliasOf('groq/llama-3.3-70b', 'openai/gpt-5-mini')],
      ['smart', aliasOf('fast', 'openai/gpt-5', 'smart')],
      ['loop', aliasOf('loop')],
      ['openai/gpt-5', aliasOf('groq/openai-compatible')],
    ]),
    named: new Map([['google/gemini-pro', { provider: 'groq', model: 'gemini-pro' }]]),
    defaultModel: 'fast',
  });

  it.each([
    ['openai/gpt-5-mini', ['openai gpt-5-mini']],
    ['meta/llama-4', ['openrouter meta/llama-4']],
    ['meta/llama-4:free', ['openrouter meta/llama-4:free']],
    ['gpt-5', ['openai gpt-5']],
    ['groq/anything-at-all', ['groq anything-at-all']],
    ['fast', ['groq llama-3.3-70b', 'openai gpt-5-mini']],
    ['smart', ['groq llama-3.3-70b', 'openai gpt-5-mini', 'groq openai-compatible']],
    ['openai/gpt-5', ['groq openai-compatible']],
    ['google/gemini-pro', ['groq gemini-pro']],
    ['', ['groq llama-3.3-70b', 'openai gpt-5-mini']],
  ])('resolves %j', (model, expected) => {
    expect(match(model, several)).toEqual(targets(...expected));
  });

  it('names what is near when nothing fits', () => {
    expect(match('gpt-5-mimi', several)).toEqual({
      kind: 'unknown',
      model: 'gpt-5-mimi',
      nearest: expect.arrayContaining(['openai/gpt-5-mini']),
    });
    expect(match('openai/no-such-thing-at-all-xyz', several).kind).toBe('unknown');
  });

  it('names each name once, though an alias and a model of a list are called the same', () => {
    const found = match(
      'openai/gpt-6',
      snapshot({
        providers: [provider('openai', ['gpt-5'])],
        aliases: new Map([['openai/gpt-5', aliasOf('nowhere')]]),
      }),
    );
    expect(found).toMatchObject({ kind: 'unknown', nearest: ['openai/gpt-5'] });
  });

  const dated = snapshot({
    providers: [
      provider('anthropic', ['claude-sonnet-4-5-20250929', 'claude-opus-4-20250514']),
      provider('openrouter', ['anthropic/claude-opus-4', 'x/known-0709']),
      provider('ollama', ['llama3.2:latest']),
      provider('openai', ['gpt-4-turbo', 'gpt-4o-mini']),
    ],
    aliases: new Map([['smart', aliasOf('ollama/llama3.2', 'claude-sonnet-4-5')]]),
  });

  it.each([
    ['anthropic/claude-sonnet-4-5', ['anthropic claude-sonnet-4-5']],
    ['claude-sonnet-4-5', ['anthropic claude-sonnet-4-5']],
    ['claude-sonnet-4-latest', null],
    ['llama3.2', ['ollama llama3.2']],
    ['smart', ['ollama llama3.2', 'anthropic claude-sonnet-4-5']],
    ['x/known', ['openrouter x/known']],
    // What a list holds as it is written comes first.
    ['anthropic/claude-opus-4', ['openrouter anthropic/claude-opus-4']],
    ['claude-opus-4', ['anthropic claude-opus-4']],
    ['gpt-4', null],
    ['openai/gpt-4o', null],
  ])('takes %j as a vendor takes it that lists it longer', (model, expected) => {
    const found = match(model, dated);
    if (expected === null) expect(found.kind).toBe('unknown');
    else expect(found).toEqual(targets(...expected));
  });

  it('gives such a name without its provider only where every list was asked for', () => {
    const relay = provider('relay', ['sonnet-4-20250514']);
    const unread = snapshot({ providers: [relay, { ...provider('vendor', null), unread: true }] });
    expect(match('sonnet-4', unread).kind).toBe('unknown');
    expect(match('relay/sonnet-4', unread)).toEqual(targets('relay sonnet-4'));
    const unreadable = snapshot({ providers: [relay, provider('vendor', null)] });
    expect(match('sonnet-4', unreadable)).toEqual(targets('relay sonnet-4'));
  });

  it('gives such a name only where a key may be used for it', () => {
    const restricted = snapshot({
      providers: [provider('anthropic', ['claude-sonnet-4-5-20250929'], [key(['claude-opus-4-1'])])],
    });
    expect(match('claude-sonnet-4-5', restricted).kind).toBe('unknown');
  });

  it('compares no names before somebody asks which are near: lists have thousands', () => {
    let walks = 0;
    class Listed extends Set<string> {
      override [Symbol.iterator]() {
        walks += 1;
        return super[Symbol.iterator]();
      }
    }
    const models = new Listed(['gpt-5-mini']);
    const many = snapshot({ providers: [{ ...provider('openai', null), models }] });
    // For the first name that no list holds, their dates are looked at.
    match('gpt-5-none', many);
    walks = 0;
    const found = match('gpt-5-mimi', many);
    expect([found.kind, walks]).toEqual(['unknown', 0]);
    expect(found).toMatchObject({ nearest: ['openai/gpt-5-mini'] });
    expect(walks).toBeGreaterThan(0);
  });

  it('names the targets of an alias that leads nowhere', () => {
    expect(match('loop', several)).toEqual({ kind: 'empty-alias', alias: 'loop', targets: ['loop'] });
  });

  it('tells apart: no model, no provider, no key', () => {
    expect(match('', snapshot({}))).toEqual({ kind: 'no-model' });
    expect(match('gpt-5', snapshot({}))).toEqual({ kind: 'no-provider' });
    const keyless = snapshot({ providers: [provider('openai', null, [])] });
    expect(match('openai/gpt-5', keyless)).toEqual({ kind: 'no-key', provider: 'openai' });
    const restricted = snapshot({
      providers: [provider('openai', null, [key(['gpt-4'])]), provider('groq', null)],
    });
    expect(match('openai/gpt-5', restricted)).toEqual({ kind: 'no-key', provider: 'openai' });
    expect(match('openai/gpt-4', restricted)).toEqual(targets('openai gpt-4'));
  });

  it('follows a chain of aliases however long', () => {
    const chain = Array.from({ length: 20_000 }, (_, index): [string, RoutableAlias] => [
      `a${index}`,
      aliasOf(`a${index + 1}`, 'a0'),
    ]);
    const long = snapshot({
      providers: [provider('big', ['m'])],
      aliases: new Map([...chain, ['a20000', aliasOf('big/m')]]),
    });
    expect(match('a0', long)).toEqual(targets('big m'));
  });

  it('stays quick and small with very many names', () => {
    const many = snapshot({
      providers: [
        provider(
          'big',
          Array.from({ length: 20_000 }, (_, index) => `model-${index}`),
        ),
      ],
    });
    const found = match('modle-77', many);
    expect(found.kind).toBe('unknown');
  });
});

it.each([
  ['kitten', 'sitting', 3],
  ['', 'abc', 3],
  ['same', 'same', 0],
])('edit distance of %j and %j is %i', (left, right, distance) => {
  expect(editDistance(left, right)).toBe(distance);
});

describe('a provider of which only some models are known', () => {
  const partial = { ...provider('zhipu', ['glm-5']), partial: true };

  it.each([
    ['glm-5', 'zhipu glm-5'],
    ['zhipu/glm-5', 'zhipu glm-5'],
    ['zhipu/glm-9', 'zhipu glm-9'],
  ])('is sent %s beside others', (model, expected) =>
    expect(match(model, snapshot({ providers: [provider('openai', ['gpt-5']), partial] }))).toEqual(
      targets(expected),
    ),
  );

  it('is sent any name where it is the only one', () =>
    expect(match('glm-9', snapshot({ providers: [partial] }))).toEqual(targets('zhipu glm-9')));

  it('is not sent a name that others may mean', () =>
    expect(match('glm-9', snapshot({ providers: [provider('openai', ['gpt-5']), partial] }))).toMatchObject({
      kind: expect.not.stringMatching('targets'),
    }));
});
