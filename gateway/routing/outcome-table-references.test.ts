/**
 * The outcome table for what a request names besides its model: files, stored answers, caches. Who names one that is
 * not there, or another account's, takes nothing from anybody else. The bodies are written by hand from documentation
 * and public reports.
 */
import { expect, it } from 'vitest';
import { anthropic, BASE, gemini, openai, verdictOf, type Row } from '../testing/outcome-row.ts';

const NAMED = 'request next-key nothing';
const UNAVAILABLE = 'model next-target key-model';

const rows: readonly Row[] = [
  ['OpenAI: file', 404, openai('No such File object: file-abc123', null), 'reference_missing', NAMED, null],
  ['OpenAI: file, as 400', 400, openai('No such file: file-abc', null), 'reference_missing', NAMED, null],
  [
    'OpenAI: vector store',
    404,
    openai("Vector store with id 'vs_1' not found.", null),
    'reference_missing',
    NAMED,
    null,
  ],
  [
    'OpenAI: conversation',
    404,
    openai("Conversation with id 'conv_1' not found.", null),
    'reference_missing',
    NAMED,
    null,
  ],
  [
    'OpenAI: earlier answer',
    400,
    openai("Previous response with id 'resp_1' not found.", 'previous_response_not_found'),
    'reference_missing',
    NAMED,
    null,
  ],
  [
    'OpenAI: kept prompt',
    404,
    openai("Prompt with id 'pmpt_1' not found.", null),
    'reference_missing',
    NAMED,
    null,
  ],
  [
    'Anthropic: file',
    404,
    anthropic('not_found_error', 'File not found: file_011'),
    'reference_missing',
    NAMED,
    null,
  ],
  [
    'Gemini: expired upload',
    403,
    gemini(
      403,
      'PERMISSION_DENIED',
      'You do not have permission to access the File abc or it may not exist.',
    ),
    'reference_missing',
    NAMED,
    null,
  ],
  [
    'Gemini: cache',
    403,
    gemini(403, 'PERMISSION_DENIED', 'CachedContent not found (or permission denied)'),
    'reference_missing',
    NAMED,
    null,
  ],
  // A model keeps its row, whatever it is called.
  [
    'Groq: a model with such a word in its name',
    404,
    openai(
      'The model `llama-prompt-guard-2` does not exist or you do not have access to it.',
      'model_not_found',
    ),
    'model_unavailable',
    UNAVAILABLE,
    BASE,
  ],
  [
    'Ollama: the same',
    404,
    { error: 'model "file-assistant" not found, try pulling it first' },
    'model_unavailable',
    UNAVAILABLE,
    BASE,
  ],
  ['a server of files: a wrong address', 404, 'File not found.', 'model_unavailable', UNAVAILABLE, BASE],
  [
    'another name of a model',
    404,
    openai('Model team-assistant not found', null),
    'model_unavailable',
    UNAVAILABLE,
    BASE,
  ],
  ['a bare 404', 404, '', 'model_unavailable', UNAVAILABLE, BASE],
];

for (const [says, status, body, reason, verdict, cooldown] of rows) {
  it(says, () => {
    expect(verdictOf(status, body)).toEqual({ reason, verdict, cooldown });
  });
}

it.each(['you have insufficient funds', 'Incorrect API key, it says', 'our workspace api usage limits'])(
  'words that an upstream repeats from the request are not its own: %s',
  (text) => {
    const message = `[{'type': 'string_type', 'loc': ('body', 'messages', 0), 'msg': 'Input should be a valid string', 'input': '${text}'}]`;
    const { reason, verdict } = verdictOf(400, {
      object: 'error',
      message,
      type: 'BadRequestError',
      code: 400,
    });
    expect([reason, verdict]).toEqual(['request_rejected', 'request return nothing']);
  },
);
