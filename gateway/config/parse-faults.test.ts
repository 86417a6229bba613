import { describe, expect, it } from 'vitest';
import en from '../../resources/locales/en.json' with { type: 'json' };
import zh from '../../resources/locales/zh-CN.json' with { type: 'json' };
import { errorOf } from '../testing/parse-text.ts';
import { codesOf, toldGaps } from '../testing/told-gaps.ts';

describe('mistakes are named with place, cause and what is allowed', () => {
  it.each([
    [
      'unknown field',
      'server:\n  prot: 1',
      'server.prot (line 2): this setting is not known; did you mean server.port?',
    ],
    [
      'unknown section',
      'porviders: []',
      'porviders (line 1): this setting is not known; did you mean providers?',
    ],
    ['nothing near', 'zebra: 1', 'zebra (line 1): this setting is not known'],
    [
      'planned field',
      'web: { enabled: true }',
      'web (line 1): this setting is not in this version yet; remove it',
    ],
    [
      'planned in a list',
      'providers:\n  - id: openai\n    retryCount: 2',
      'providers[0].retry_count (line 3): this setting is not in this version yet',
    ],
    ['prototype', '__proto__: { admin: 1 }', '__proto__ (line 1): this setting is not known'],
    ['wrong type', 'server: { port: abc }', 'server.port (line 1): a number is needed'],
    ['out of range', 'server: { port: 70000 }', 'a port lies between 0 and 65535'],
    ['no mapping', 'server: 5', 'server (line 1): a mapping'],
    ['no list', 'providers: { openai: {} }', 'providers (line 1): a list'],
    ['no configuration', '- a', 'a mapping (name: value, indented below) is needed'],
    ['unknown word', 'logging: { format: xml }', 'logging.format (line 1): one of text, json is needed'],
    ['unknown level', 'logging: { level: loud }', 'one of debug, info, warn, error is needed'],
    ['duration', 'routing: { deadline: 10 }', 'a duration from 1ms to 24h is needed, such as 500ms'],
    ['duration beyond a timer', 'routing: { deadline: 30d }', 'a duration from 1ms to 24h is needed'],
    ['size', 'requests: { keep: { size: big } }', 'a size such as 10MB or 1GB is needed'],
    [
      'too small',
      'requests: { keep: { rows: 0 } }',
      'requests.keep.rows (line 1): a number of at least 1 is needed',
    ],
    ['missing id', 'providers: [{ enabled: true }]', 'providers[0].id (line 1): this setting is missing'],
    [
      'provider nobody knows',
      'providers: [{ id: openia }]',
      'openia is not a built-in provider (openai, anthropic, google, openrouter, groq, ollama). Did you mean openai?',
    ],
    [
      'no dialect',
      'providers: [{ id: mine, base_url: "http://10.0.0.5/v1" }]',
      'a provider of your own needs a dialect: openai-chat',
    ],
    [
      'a provider like one that is not there',
      'providers: [{ id: second, like: gorq }]',
      'providers[0].like (line 1): gorq is not a built-in provider (openai, anthropic, google, openrouter, groq, ollama). Did you mean groq?',
    ],
    [
      'a built-in provider like another',
      'providers: [{ id: groq, like: openai }]',
      'providers[0].like (line 1): groq is built in itself',
    ],
    [
      'an address for Gemini that is to be used as it is',
      'providers: [{ id: mine, dialect: gemini, base_url: "https://a.example/x#" }]',
      'providers[0].base_url (line 1): Gemini names the model in the address',
    ],
    [
      'a provider without its address',
      'providers: [{ id: azure-openai }]',
      'providers[0].id (line 1): azure-openai needs a base_url: nobody but you knows where yours is',
    ],
    [
      'base URL without scheme',
      'providers: [{ id: openai, base_url: api.openai.com }]',
      'providers[0].base_url (line 1): start with http:// or https://',
    ],
    [
      'base URL with a port that cannot be',
      'providers: [{ id: openai, base_url: "http://127.0.0.1:99999/v1" }]',
      'providers[0].base_url (line 1): this is no address: look at the host name and the port',
    ],
    [
      'models URL without an end',
      'providers: [{ id: openai, models_url: "http://[::1/v1" }]',
      'providers[0].models_url (line 1): this is no address',
    ],
    [
      'header that belongs to a body',
      'providers: [{ id: openai, headers: { Content-Length: "5" } }]',
      'providers[0].headers.Content-Length (line 1): this header is set by the gateway for each request',
    ],
    [
      'part that holds itself',
      'providers: &all [*all]',
      'an anchor (&name) must not hold its own alias (*name)',
    ],
    [
      'base URL with a user',
      'providers: [{ id: openai, base_url: "https://me:pw@api.openai.com" }]',
      'no user name, query, fragment or spaces',
    ],
    [
      'base URL of the gateway itself',
      'providers: [{ id: ollama, base_url: "http://127.0.0.1:8000/v1" }]',
      "this is the gateway's own address",
    ],
    [
      'duplicate provider',
      'providers: [{ id: openai }, { id: openai }]',
      'providers[1].id (line 1): this id is used by entry 1',
    ],
    [
      'duplicate key id',
      'providers: [{ id: openai, keys: [{ id: a }, { id: a }] }]',
      'providers[0].keys[1].id',
    ],
    [
      'duplicate model',
      'models: [{ id: a, targets: [{ model: b }] }, { id: a, targets: [{ model: c }] }]',
      'models[1].id',
    ],
    ['duplicate client', 'clients: [{ id: a, key: x }, { id: a, key: y }]', 'clients[1].id'],
    [
      'shared client key',
      'clients: [{ id: a, key: canary }, { id: b, key: canary }]',
      'clients[1].key (line 1): this key is used by entry 1',
    ],
    ['duplicate member', 'server:\n  port: 1\n  port: 2', 'line 3: port is written twice'],
    ['duplicate JSON member', '{"server": {}, "server": {}}', 'server is written twice'],
    [
      'two spellings',
      'providers: [{ id: openai, baseUrl: "http://a", base_url: "http://b" }]',
      'given under two names',
    ],
    [
      'model without a form',
      'models: [{ id: a }]',
      'targets (an alias) or provider (a model of one provider) is needed',
    ],
    [
      'alias without targets',
      'models: [{ id: a, targets: [] }]',
      'models[0].targets (line 1): at least 1 entry is needed',
    ],
    [
      'manual form mistyped',
      'models: [{ id: a, provider: openai, apikey: canary }]',
      'models[0].apikey (line 1): this setting is not known; did you mean models[].api_key?',
    ],
    ['model of nobody', 'models: [{ id: a, provider: nobody }]', 'nobody is not a built-in provider'],
    [
      'key with a space',
      'providers: [{ id: openai, keys: [{ id: a, value: "canary 1" }] }]',
      'a key has no spaces',
    ],
    [
      'header',
      'providers: [{ id: openai, headers: { "X Y": a } }]',
      'providers[0].headers.X Y (line 1): a header has a name of letters',
    ],
    ['proxy', 'network: { proxy: "socks5://a" }', 'system, none, or the address of an HTTP proxy'],
    [
      'address range',
      'server: { allowed_ips: [10.0.0.0/33] }',
      'server.allowed_ips[0] (line 1): an address or CIDR range',
    ],
    ['tab', 'server:\n\tport: 1', 'line 2: a tab cannot indent; use spaces'],
    ['open bracket', 'server: [1', 'line 1: '],
    ['open quote', 'server:\n  host: "canary', 'line 2: a quote, bracket or comma is missing'],
    ['two documents', 'server: {}\n---\nserver: {}', 'line 2: a second document begins here'],
    ['tag', 'server: !include canary', 'tags (!name) are not understood'],
    ['unquoted reference', 'server: { host: ${HOST} }', 'must stand in quotes'],
    ['bad reference', 'server:\n  host: ${1}', 'server.host (line 2): write ${NAME} or ${NAME:-default}'],
    ['unknown anchor', 'server: *canary', 'an alias (*name) refers to no anchor'],
    ['zero bytes', 'server\0', 'zero bytes'],
  ])('%s', (_, text, sentence) => {
    const { message, problems, told } = errorOf(text);
    expect(message).toContain(sentence);
    expect(told.text).toBe(message);
    expect(codesOf(told)).not.toContain('as-said');
    expect(toldGaps([en, zh], told)).toEqual([]);
    expect(message).not.toContain('canary');
    expect(problems.length).toBeGreaterThan(0);
  });

  it('all of them at once, a long list cut', () => {
    const { problems } = errorOf('server: { port: a, prot: 1 }\nweb: {}');
    expect(problems.map(({ path }) => path)).toEqual(['server.port', 'server.prot', 'web']);
    const many = errorOf(`providers:\n${'  - {}\n'.repeat(40)}`);
    expect(many.problems).toHaveLength(40);
    expect(many.message).toContain('and 28 more problems');
  });

  it.each([
    [
      'a bomb of aliases',
      `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghi'
        .split('')
        .map(
          (name, index) =>
            `${name}: &${name} [${Array.from({ length: 9 }, () => `*${'abcdefgh'[index] ?? ''}`).join(',')}]`,
        )
        .join('\n')}`,
    ],
    ['brackets without end', '['.repeat(200_000)],
    ['a list in a list without end', '- '.repeat(2_000)],
    ['two megabytes', 'a'.repeat(2_000_000)],
  ])('%s is refused, not run into', (_, text) => {
    expect(errorOf(text).message.length).toBeLessThan(2_000);
  });

  it('names what an override set, and the variable behind an empty text', () => {
    const flagged = errorOf('', {}, { settings: [{ path: 'server.port', value: 70_000, origin: '--port' }] });
    expect(flagged.message).toBe('server.port: a port lies between 0 and 65535 (set by --port)');
    expect(errorOf('clients: [{ id: a, key: "${LAPTOP_KEY}" }]').message).toContain(
      '(LAPTOP_KEY is not set)',
    );
  });
});
