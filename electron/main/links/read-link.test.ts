import { describe, expect, it } from 'vitest';
import { PAGE_NAMES } from '../../../contract/rpc/pages.ts';
import { TOOL_IDS } from '../../../contract/rpc/procedures/connect.ts';
import { readLink } from './read-link.ts';

const add = (fields: Readonly<Record<string, string>>): string =>
  `switchyard://provider/add?${new URLSearchParams({ name: 'Local', baseUrl: 'https://a.example/v1', ...fields }).toString()}`;

describe('pages and tools', () => {
  it.each(PAGE_NAMES)('switchyard://open/%s opens the page', (page) => {
    expect(readLink(`switchyard://open/${page}`)).toEqual({ kind: 'open', page });
  });

  it.each(TOOL_IDS)('switchyard://connect/%s offers the tool', (tool) => {
    expect(readLink(`switchyard://connect/${tool}`)).toEqual({ kind: 'connect-tool', tool });
  });

  it('may end with a slash, as browsers write it, and in capitals', () => {
    expect(readLink('SWITCHYARD://open/requests/')).toEqual({ kind: 'open', page: 'requests' });
  });
});

describe('a provider', () => {
  it('is offered with what the link says', () => {
    expect(readLink(add({ name: 'My vLLM', dialect: 'anthropic-messages', key: 'sk-0123456789' }))).toEqual({
      kind: 'add-provider',
      name: 'My vLLM',
      dialect: 'anthropic-messages',
      baseUrl: 'https://a.example/v1',
      key: 'sk-0123456789',
    });
    expect(readLink(add({ baseUrl: 'http://192.168.1.5:8080/v1/' }))).toMatchObject({
      dialect: 'openai-chat',
      baseUrl: 'http://192.168.1.5:8080/v1',
      key: null,
    });
  });

  it.each(['Größe', 'Tiếng Việt', 'ผู้ให้บริการ', 'प्रदाता', '模型服务', 'שָׁלוֹם'])('may be called %s', (name) => {
    expect(readLink(add({ name }))).toMatchObject({ name });
  });

  it('shows the host that is really looked up', () => {
    expect(readLink(add({ baseUrl: 'https://аpi.openai.com/v1' }))).toMatchObject({
      baseUrl: expect.stringMatching(/^https:\/\/xn--/),
    });
  });

  it.each([
    ['javascript:alert(1)', 'bad-address'],
    ['file:///etc/passwd', 'bad-address'],
    ['https://openai.com@evil.example/', 'bad-address'],
    ['https://a.example/?x=1', 'bad-address'],
    ['http://169.254.169.254/latest', 'bad-address'],
    ['http://0xA9FEA9FE/', 'bad-address'],
    ['http://metadata.google.internal/', 'bad-address'],
    ['', 'bad-address'],
  ])('at %s is refused', (baseUrl, reason) => {
    expect(readLink(add({ baseUrl }))).toEqual({ kind: 'refused', reason });
  });

  it.each<[Readonly<Record<string, string>>, string]>([
    [{ name: '' }, 'bad-name'],
    [{ name: '   ' }, 'bad-name'],
    [{ name: 'x'.repeat(61) }, 'bad-name'],
    [{ name: 'safe\u202egnp.exe' }, 'hidden-characters'],
    [{ name: 'Open\u200bAI' }, 'hidden-characters'],
    [{ name: 'two\nlines' }, 'hidden-characters'],
    [{ name: '\u3164\u3164' }, 'hidden-characters'],
    [{ name: 'Open\u115fAI' }, 'hidden-characters'],
    [{ name: 'Open\u2800AI' }, 'hidden-characters'],
    [{ name: `A${'\u0334\u0338'.repeat(25)}` }, 'hidden-characters'],
    [{ dialect: 'soap' }, 'unknown'],
    [{ key: 'short' }, 'bad-key'],
    [{ key: 'sk with spaces in it' }, 'bad-key'],
    [{ script: 'x' }, 'unknown'],
  ])('with %j is refused', (fields, reason) => {
    expect(readLink(add(fields))).toEqual({ kind: 'refused', reason });
  });

  it('with a field given twice is refused', () => {
    expect(readLink(`${add({})}&baseUrl=https://b.example`)).toEqual({ kind: 'refused', reason: 'unknown' });
  });
});

it.each([
  'switchyard://open/',
  'switchyard://open/login',
  'switchyard://open/__proto__',
  'switchyard://open/requests/1',
  'switchyard://open/requests?run=1',
  'switchyard://open/requests#x',
  'switchyard://user@open/requests',
  'switchyard://open:80/requests',
  'switchyard://import/key',
  'switchyard://provider/remove?name=x',
  'switchyard://connect/notepad',
  'switchyard:open/requests',
  'switchyard://provider/add?name=%E0%A4%A',
])('%s is refused', (text) => expect(readLink(text)).toEqual({ kind: 'refused', reason: 'unknown' }));

it('is refused when nobody could read it', () => {
  const reason = 'too-long';
  expect(readLink(`switchyard://open/${'x'.repeat(5_000)}`)).toEqual({ kind: 'refused', reason });
});

it.each(['https://open/requests', 'app://switchyard/#/requests', '--data-dir', '/home/ada/switchyard', ''])(
  '%s is no link of ours',
  (text) => expect(readLink(text)).toBeNull(),
);
