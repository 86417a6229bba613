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
    expect(readAddress(text, 'openai-chat')).toEqual({ problem, finalUrl: '', private: false }),
  );

  it('shows where requests go', () =>
    expect(readAddress(' https://a.example/v1/ ', 'openai-chat')).toEqual({
      problem: null,
      finalUrl: 'https://a.example/v1/chat/completions',
      private: false,
    }));

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
