import { expect, it } from 'vitest';
import { isSecretName } from './secret-names.ts';

it.each([
  'authorization',
  'Proxy-Authorization',
  'cookie',
  'set-cookie',
  'x-api-key',
  'x-portkey-api-key',
  'helicone-auth',
  'cf-access-client-secret',
  'x-auth-token',
  'x-amz-security-token',
  'ocp-apim-subscription-key',
  'x-amz-signature',
  'accessToken',
  'client_secret',
  'sessionid',
  'x-portkey-virtual-key',
  'access_key_id',
  'x-oauth-token',
  'JSESSIONID',
  'x-auth-tokens',
  'x-session-id-token',
  'password',
  'sig',
  'jwt',
])('%s is the name of a secret', (name) => {
  expect(isSecretName(name)).toBe(true);
  // From memory, too.
  expect(isSecretName(name)).toBe(true);
});

it.each([
  'content-type',
  'user-agent',
  'session_id',
  'sessionId',
  'x-session-id',
  'x-claude-code-session-id',
  'x-session-affinity',
  'mcp-session-id',
  'x-ratelimit-remaining-tokens',
  'anthropic-ratelimit-input-tokens-limit',
  'idempotency-key',
  'sec-websocket-key',
  'x-prompt-cache-key',
  'www-authenticate',
  'access-control-allow-credentials',
  'x-author',
  'monkey',
  'keyword',
  'pageToken',
  'next_page_token',
  'max_tokens',
  'x-opencode-session',
  'vscode-sessionid',
  'x-portkey-trace-id',
  'Helicone-Session-Name',
  'fireworks-server-time-to-first-token',
  'x-litellm-key-spend',
  'x-litellm-key-tpm-limit',
  'x-token-usage',
  'x-oauth-scopes',
  'x-authenticated-user',
  'sort_key',
  'tokenizer',
  'after_token',
  'signal',
])('%s is not', (name) => {
  expect(isSecretName(name)).toBe(false);
  expect(isSecretName(name)).toBe(false);
});

it('judges alike whatever was judged before', () => {
  for (let count = 0; count < 3_000; count += 1) expect(isSecretName(`x-name-${count}`)).toBe(false);
  expect(isSecretName('x-auth-token')).toBe(true);
  expect(isSecretName(`${'x'.repeat(5_000)}-token`)).toBe(true);
});
