import { expect, it } from 'vitest';
import { loggedQuestion } from './explain-logged.ts';

const row = {
  dialect: 'anthropic-messages',
  modelAsked: 'fast',
  client: null,
  requestHeaders: {
    host: '127.0.0.1:8000',
    'content-type': 'application/json',
    'user-agent': 'claude-cli/2.1',
    'x-api-key': '[redacted]',
    'x-team': 'search',
  },
};

it('asks what was sent, without secrets and what the connection added', () => {
  expect(loggedQuestion(row, { state: 'stored', text: '{"a":1}', bytes: 7 })).toEqual({
    format: 'anthropic-messages',
    model: 'fast',
    body: '{"a":1}',
    client: '',
    headers: 'user-agent: claude-cli/2.1\nx-team: search',
  });
});

it.each(['truncated', 'not-kept', 'dropped'] as const)(
  'goes by the model alone where the body is %s',
  (state) =>
    expect(loggedQuestion(row, { state, text: '{"a":', bytes: 99 })).toMatchObject({
      model: 'fast',
      body: '',
    }),
);
