import { describe, expect, it } from 'vitest';
import { isPrivateHost, readAddress } from './address.ts';

describe('typed addresses', () => {
  it.each([
    ['', 'scheme'],
    ['htp://a.example', 'scheme'],
    ['http://', 'form'],
    ['https://a.example/v1?x=1', 'form'],
    ['https://user:secret@a.example/v1', 'form'],
  ])('%j cannot be used: %s', (text, problem) =>
    expect(readAddress(text, 'openai-chat')).toEqual({
      problem,
      finalUrl: '',
      private: false,
      plain: false,
      exact: false,
    }),
  );

  it('shows where requests go', () =>
    expect(readAddress(' https://a.example/v1/ ', 'openai-chat')).toEqual({
      problem: null,
      finalUrl: 'https://a.example/v1/chat/completions',
      private: false,
      plain: false,
      exact: false,
    }));

  it.each([
    ['openai-chat', 'https://a.example/odd/#', 'https://a.example/odd/'],
    ['anthropic-messages', 'https://a.example/v1/messages#', 'https://a.example/v1/messages'],
    ['openai-responses', 'http://127.0.0.1:9/ask#', 'http://127.0.0.1:9/ask'],
  ] as const)('in %s, %s is used as it is', (dialect, text, finalUrl) =>
    expect(readAddress(text, dialect)).toMatchObject({ problem: null, finalUrl, exact: true }),
  );

  it('of Gemini cannot be used as they are: the model stands in them', () =>
    expect(readAddress('https://a.example/ask#', 'gemini')).toMatchObject({
      problem: 'exactGemini',
      finalUrl: '',
    }));

  it.each([
    ['http://a.example/v1', true],
    ['HTTP://203.0.113.9/v1', true],
    ['https://a.example/v1', false],
    ['http://127.0.0.1:9/v1', false],
    ['http://192.168.1.20/v1', false],
    ['http://gpu-box.local/v1', false],
  ])('%s is readable on the way: %s', (text, plain) =>
    expect(readAddress(text, 'openai-chat').plain).toBe(plain),
  );

  it.each([
    ['openai-responses', 'https://a.example/v1', 'https://a.example/v1/responses'],
    ['anthropic-messages', 'https://a.example', 'https://a.example/v1/messages'],
    ['anthropic-messages', 'https://a.example/v1', 'https://a.example/v1/messages'],
    ['anthropic-messages', 'https://a.example/api', 'https://a.example/api/v1/messages'],
    ['gemini', 'https://v1.example', 'https://v1.example/v1beta/models/MODEL:streamGenerateContent?alt=sse'],
    [
      'gemini',
      'https://g.example/v1beta',
      'https://g.example/v1beta/models/MODEL:streamGenerateContent?alt=sse',
    ],
  ] as const)('in %s, %s leads to %s', (dialect, base, finalUrl) =>
    expect(readAddress(base, dialect).finalUrl).toBe(finalUrl),
  );

  it.each([
    ['openai-chat', 'https://a.example/v1/chat/completions'],
    ['openai-responses', 'https://a.example/v1/responses'],
    ['anthropic-messages', 'https://a.example/v1/messages'],
  ] as const)('the address of the call itself is understood in %s', (dialect, call) =>
    expect(readAddress(call, dialect)).toMatchObject({ problem: null, finalUrl: call }),
  );

  it.each([
    ['localhost', true],
    ['127.0.0.1', true],
    ['10.1.2.3', true],
    ['172.16.0.1', true],
    ['172.32.0.1', false],
    ['192.168.1.20', true],
    ['169.254.1.1', true],
    ['[::1]', true],
    ['[fd00::1]', true],
    ['[2606:4700::1111]', false],
    ['gpu-box', true],
    ['gpu-box.local', true],
    ['api.openai.com', false],
    ['10.example.com', false],
  ])('%s is private: %s', (host, expected) => expect(isPrivateHost(host)).toBe(expected));
});
