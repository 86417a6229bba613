import { expect, it } from 'vitest';
import { readErrorValue } from '../core/read-error.ts';
import { anthropic, gemini, openai } from '../testing/outcome-row.ts';
import { judge } from './outcome.ts';
import { unsupportedParameter } from './unsupported-parameter.ts';

const told = (message: string, code: string | null, param: string | null) => ({
  error: { message, type: 'invalid_request_error', param, code },
});

it.each<readonly [string, unknown, string | null]>([
  [
    'OpenAI: use another name',
    told(
      "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
      'unsupported_parameter',
      'max_tokens',
    ),
    'max_tokens -> max_completion_tokens',
  ],
  [
    'OpenAI: a parameter, without a code',
    told("Unsupported parameter: 'temperature' is not supported with this model.", null, 'temperature'),
    'temperature',
  ],
  [
    'OpenAI: a value',
    told(
      "Unsupported value: 'temperature' does not support 0.2 with this model. Only the default (1) value is supported.",
      'unsupported_value',
      'temperature',
    ),
    'temperature',
  ],
  [
    'OpenAI: within an object',
    told(
      "Unsupported parameter: 'reasoning.effort' is not supported with this model.",
      'unsupported_parameter',
      'reasoning.effort',
    ),
    'effort',
  ],
  [
    'OpenAI: old models',
    openai('Unrecognized request argument supplied: reasoning_effort', null),
    'reasoning_effort',
  ],
  [
    'OpenAI: a role is no hint',
    told(
      "Unsupported value: 'messages[0].role' does not support 'developer' with this model.",
      'unsupported_value',
      'messages[0].role',
    ),
    null,
  ],
  [
    'OpenAI: tools are no hint',
    told(
      "Unsupported parameter: 'tools' is not supported with this model.",
      'unsupported_parameter',
      'tools',
    ),
    null,
  ],
  [
    'OpenAI: a stop is no hint',
    told("Unsupported parameter: 'stop' is not supported with this model.", 'unsupported_parameter', 'stop'),
    null,
  ],
  [
    'OpenAI: a limit without another name stays',
    told(
      "Unsupported parameter: 'max_tokens' is not supported with this model.",
      'unsupported_parameter',
      'max_tokens',
    ),
    null,
  ],
  [
    'a bad value is the client’s',
    told("Invalid 'temperature': decimal below minimum value.", 'decimal_below_min_value', 'temperature'),
    null,
  ],
  [
    'Anthropic: two that exclude each other',
    anthropic(
      'invalid_request_error',
      '`temperature` and `top_p` cannot both be specified for this model. Please use only one.',
    ),
    'top_p',
  ],
  [
    'Anthropic: not any more',
    anthropic('invalid_request_error', '`temperature` is deprecated for this model.'),
    'temperature',
  ],
  [
    'Anthropic: not known',
    anthropic('invalid_request_error', 'top_k: Extra inputs are not permitted'),
    'top_k',
  ],
  [
    'Anthropic: within content',
    anthropic('invalid_request_error', 'messages.0.metadata: Extra inputs are not permitted'),
    null,
  ],
  [
    'Anthropic: content',
    anthropic('invalid_request_error', 'messages.0.content: Extra inputs are not permitted'),
    null,
  ],
  [
    'Gemini: a name',
    gemini(
      400,
      'INVALID_ARGUMENT',
      'Invalid JSON payload received. Unknown name "topK" at \'generation_config\': Cannot find field.',
    ),
    'top_k',
  ],
  [
    'Gemini: in words',
    gemini(400, 'INVALID_ARGUMENT', 'Presence penalty is not enabled for models/gemini-2.5-pro'),
    'presence_penalty',
  ],
  [
    'Gemini: too hot',
    gemini(400, 'INVALID_ARGUMENT', 'Unable to submit request because it has a temperature value of 1000'),
    null,
  ],
  ['Groq', openai("property 'logprobs' is unsupported", null), 'logprobs'],
  ['Groq: by model', openai('`logprobs` is not supported with this model', null), 'logprobs'],
  [
    'xAI',
    {
      error: 'Argument not supported on this model: presencePenalty',
      code: 'Client specified an invalid argument',
    },
    'presence_penalty',
  ],
  [
    'Mistral',
    { detail: [{ type: 'extra_forbidden', loc: ['body', 'seed'], msg: 'Extra inputs are not permitted' }] },
    'seed',
  ],
  [
    'Mistral: content',
    {
      detail: [
        {
          type: 'extra_forbidden',
          loc: ['body', 'messages', 0, 'user'],
          msg: 'Extra inputs are not permitted',
        },
      ],
    },
    null,
  ],
  ['a question about it', openai('The temperature of the request is odd', null), null],
])('%s', (_case, body, expected) => {
  const error = readErrorValue(400, body);
  const repair = unsupportedParameter(error);
  const text =
    repair?.kind === 'rename' ? `${repair.parameter} -> ${repair.to}` : (repair?.parameter ?? null);
  expect(text).toBe(expected);
  expect(judge({ kind: 'answer', error, headers: {} })).toMatchObject({
    scope: 'request',
    cools: 'nothing',
    action: expected === null ? 'return' : 'repair',
    reason: expected === null ? 'request_rejected' : 'parameter_unsupported',
  });
});

it('another status says nothing of parameters', () => {
  const error = readErrorValue(500, openai("Unsupported parameter: 'temperature'", null));
  expect(unsupportedParameter(error)).toBeUndefined();
});
