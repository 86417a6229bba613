import { expect, it } from 'vitest';
import { listedAs } from './listed-as.ts';

it.each([
  ['llama3.2', ['llama3.2:latest', 'llama3.2:1b'], 'llama3.2:latest'],
  ['claude-sonnet-4-5', ['claude-sonnet-4-5-20250929'], 'claude-sonnet-4-5-20250929'],
  ['claude-3-5-haiku-latest', ['claude-3-5-haiku-20241022'], 'claude-3-5-haiku-20241022'],
  ['gpt-4o', ['gpt-4o-2024-05-13', 'gpt-4o-2024-08-06', 'gpt-4o-mini'], 'gpt-4o-2024-08-06'],
  ['grok-4', ['grok-4-0709'], 'grok-4-0709'],
  ['mistral-small', ['mistral-small-2506'], 'mistral-small-2506'],
  ['glm-4-flash', ['glm-4-flash-250414'], 'glm-4-flash-250414'],
  ['grok-4', ['grok-4-0709', 'grok-4'], 'grok-4'],
  ['org/kimi-k2', ['org/kimi-k2-0905'], 'org/kimi-k2-0905'],
])('%s of %j is %s', (name, list, listed) => expect(listedAs(new Set(list), name)).toBe(listed));

it.each([
  ['gpt-4', ['gpt-4-turbo', 'gpt-4-turbo-2024-04-09', 'gpt-4-1106-preview', 'gpt-4o', 'gpt-4.1']],
  ['gpt-4o', ['gpt-4o-mini', 'gpt-4o-mini-2024-07-18']],
  ['gpt-4o-mini', ['gpt-4o', 'gpt-4o-2024-08-06']],
  ['claude-opus-4', ['claude-opus-4-1', 'claude-opus-4-1-20250805']],
  ['llama3-70b', ['llama3-70b-8192']],
  ['bge', ['bge-1024']],
  ['llama3.2:1b', ['llama3.2:latest']],
  ['gpt-4-latest', ['gpt-4', 'gpt-4-turbo-2024-04-09']],
  ['grok-4-0709', ['grok-4']],
  ['', ['-0709', ':latest0']],
  ['constructor', []],
])('%s is none of %j', (name, list) => expect(listedAs(new Set(list), name)).toBeUndefined());

it('walks a list once, whoever asks', () => {
  let walks = 0;
  class Listed extends Set<string> {
    override [Symbol.iterator]() {
      walks += 1;
      return super[Symbol.iterator]();
    }
  }
  const models = new Listed(['grok-4-0709', 'x']);
  walks = 0;
  expect(listedAs(models, 'x')).toBe('x');
  expect(walks).toBe(0);
  for (const name of ['a', 'b', 'grok-4']) listedAs(models, name);
  expect(walks).toBe(1);
});
