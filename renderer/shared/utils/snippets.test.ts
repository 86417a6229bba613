import { describe, expect, it } from 'vitest';
import { SDK_SNIPPETS } from './sdk-snippets.ts';
import { containerAddress, SHELL_SNIPPETS, snippet, snippetLanguage, type SnippetName } from './snippets.ts';

const FACTS = { address: 'http://127.0.0.1:8000', model: 'openai/gpt-5-mini', needsKey: false };
const ALL: readonly SnippetName[] = ['curl', 'invoke', 'docker', ...SHELL_SNIPPETS, ...SDK_SNIPPETS];

describe('every snippet', () => {
  it.each(ALL)('%s names the address, and has a language', (name) => {
    expect(snippet(name, FACTS)).toMatch(/http:\/\/(?:127\.0\.0\.1|host\.docker\.internal):8000/);
    expect(snippetLanguage(name)).not.toBe('');
  });

  it.each(ALL)('%s leaves a place for the key where one is needed', (name) => {
    expect(snippet(name, { ...FACTS, needsKey: true })).toContain('YOUR_CLIENT_KEY');
    expect(snippet(name, FACTS)).not.toContain('YOUR_CLIENT_KEY');
  });

  it.each([...SDK_SNIPPETS, 'curl'] as const)('%s names the model, whatever is in its name', (name) => {
    expect(snippet(name, FACTS)).toContain('"openai/gpt-5-mini"');
    expect(snippet(name, { ...FACTS, model: 'it"s' })).toContain(String.raw`"it\"s"`);
  });
});

it('quotes end neither the body of curl nor that of PowerShell', () => {
  const facts = { ...FACTS, model: "o'clock" };
  expect(snippet('curl', facts)).toContain(String.raw`o'\''clock`);
  expect(snippet('invoke', facts)).toContain("o''clock");
});

it.each([
  ['http://127.0.0.1:8000', 'http://host.docker.internal:8000'],
  ['http://localhost:80', 'http://host.docker.internal:80'],
  ['http://[::1]:8000', 'http://host.docker.internal:8000'],
  ['http://192.168.1.5:8000', 'http://192.168.1.5:8000'],
  ['http://localhost.example:8000', 'http://localhost.example:8000'],
])('%s is %s in a container', (address, there) => expect(containerAddress(address)).toBe(there));
