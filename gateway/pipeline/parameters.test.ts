import { expect, it } from 'vitest';
import type { ParameterRepair } from '../routing/unsupported-parameter.ts';
import { createRefusedParameters } from '../state/refused-parameters.ts';
import { fitParameters } from './parameters.ts';
import type { PreparedCall } from './prepare.ts';

const drop = (parameter: string): ParameterRepair => ({ kind: 'drop', parameter });
const LIMIT: ParameterRepair = { kind: 'rename', parameter: 'max_tokens', to: 'max_completion_tokens' };

function fit(text: string, ...repairs: readonly ParameterRepair[]) {
  const bytes = Buffer.from(text);
  const body = { chunks: [bytes.subarray(0, 2), bytes.subarray(2)], length: bytes.length };
  const given: Pick<PreparedCall, 'body' | 'dropped'> = { body };
  const { call, made } = fitParameters(given, repairs);
  return {
    text: Buffer.concat(call.body.chunks).toString(),
    same: call.body === body,
    made,
    dropped: call.dropped,
  };
}

it.each<readonly [string, string, readonly ParameterRepair[], string]>([
  ['one', '{"model":"m","temperature":1,"n":1}', [drop('temperature')], '{"model":"m","n":1}'],
  ['several', '{"temperature":1,"top_p":1}', [drop('temperature'), drop('top_p')], '{}'],
  [
    'one within settings, as it is written there',
    '{"generationConfig":{"topP":1,"topK":2}}',
    [drop('top_p')],
    '{"generationConfig":{"topK":2}}',
  ],
  ['what belongs to it', '{"logprobs":true,"top_logprobs":2,"x":1}', [drop('logprobs')], '{"x":1}'],
  ['by another name', '{"max_tokens":5,"x":1}', [LIMIT], '{"max_completion_tokens":5,"x":1}'],
  [
    'the one there is, where both are',
    '{"max_tokens":5,"max_completion_tokens":6}',
    [LIMIT],
    '{"max_completion_tokens":6}',
  ],
  [
    'long numbers keep their digits',
    '{"seed":12345678901234567890,"user":"x"}',
    [drop('user')],
    '{"seed":12345678901234567890}',
  ],
])('leaves out %s', (_case, text, repairs, expected) => {
  const fitted = fit(text, ...repairs);
  expect(fitted.text).toBe(expected);
  expect(fitted.made).toEqual(repairs);
  expect(fitted.dropped).toEqual(repairs.map(({ parameter }) => parameter));
});

it.each([
  ['is not there', '{"model":"m"}'],
  ['is content', '{"messages":[{"temperature":1}],"tools":[{"temperature":2}]}'],
  ['is in no JSON', 'temperature=1'],
])('bytes stay as they are where it %s', (_case, text) => {
  expect(fit(text, drop('temperature'))).toMatchObject({ text, same: true, made: [] });
});

it('what was learned is of one provider and model, and holds the latest', () => {
  const refused = createRefusedParameters();
  refused.learn('p', 'm', drop('temperature'));
  refused.learn('p', 'm', drop('temperature'));
  refused.learn('p', 'm', LIMIT);
  refused.learn('p', 'm', { kind: 'rename', parameter: 'max_completion_tokens', to: 'max_tokens' });
  expect(refused.of('p', 'm').map(({ parameter }) => parameter)).toEqual([
    'temperature',
    'max_completion_tokens',
  ]);
  expect(refused.of('p', 'n')).toEqual([]);
  expect(refused.of('q', 'm')).toEqual([]);
});
