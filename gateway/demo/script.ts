/** What the demo model says and does: decided by the command words of the last user message. Pure. */

/** One step of an answer. */
export type DemoStep =
  | { readonly kind: 'pause'; readonly milliseconds: number }
  | { readonly kind: 'reasoning'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'tool'; readonly name: string; readonly arguments: string }
  /** The connection breaks here, without an end. */
  | { readonly kind: 'cut' }
  /** An error inside the stream that has begun. */
  | { readonly kind: 'error-event'; readonly status: number };

export type DemoAnswer =
  | {
      readonly kind: 'answer';
      readonly steps: readonly DemoStep[];
      readonly finish: 'stop' | 'length' | 'tool_calls';
    }
  | {
      readonly kind: 'error';
      readonly status: number;
      readonly code: string;
      readonly message: string;
      readonly retryAfter: number | null;
    };

/** The command words, for the demo's own help and the documentation. */
export const DEMO_COMMANDS: Readonly<Record<string, string>> = {
  '/long': 'a long answer',
  '/slow': 'waits 5 s before the first word and between words',
  '/think': 'reasons before it answers',
  '/tool': 'calls the first tool the request offers',
  '/cut': 'breaks the connection in the middle of the answer',
  '/drop': 'breaks the connection before the first word',
  '/broken': 'reports an error in the middle of the answer',
  '/length': 'stops at the length limit',
  '/error 429': 'answers with that status; any from 400 to 599',
};

const ERRORS: Readonly<Record<number, readonly [code: string, message: string]>> = {
  400: ['invalid_request_error', 'The demo refuses this request because it was told to.'],
  401: ['invalid_api_key', 'The demo refuses the key because it was told to.'],
  402: ['insufficient_quota', 'The demo says the account has no credit left.'],
  404: ['model_not_found', 'The demo says it does not know this model.'],
  429: ['rate_limit_exceeded', 'The demo says the limit is reached. Please try again in 1s.'],
};

/**
 * @param text of the last user message
 * @param tool name of the first tool offered; undefined without tools
 */
export function demoAnswer(text: string, tool: string | undefined): DemoAnswer {
  const error = /\/error\s+([45]\d\d)\b/.exec(text)?.[1];
  if (error !== undefined) return demoError(Number(error));
  const says = (command: string): boolean => text.includes(command);

  if (says('/drop')) return answer([{ kind: 'cut' }]);
  const opening: DemoStep[] = says('/think')
    ? words('The question is simple; a short answer will do.').map((part) => ({
        kind: 'reasoning',
        text: part,
      }))
    : [];
  if (says('/tool') && tool !== undefined) {
    return answer([...opening, { kind: 'tool', name: tool, arguments: '{"demo":true}' }], 'tool_calls');
  }
  const spoken = words(says('/long') ? LONG : reply(text)).map((part): DemoStep => ({
    kind: 'text',
    text: part,
  }));
  if (says('/slow')) {
    const slow = spoken.flatMap((step): DemoStep[] => [{ kind: 'pause', milliseconds: 500 }, step]);
    return answer([{ kind: 'pause', milliseconds: 5_000 }, ...opening, ...slow]);
  }
  if (says('/cut')) return answer([...opening, ...spoken.slice(0, 5), { kind: 'cut' }]);
  if (says('/broken'))
    return answer([...opening, ...spoken.slice(0, 5), { kind: 'error-event', status: 500 }]);
  if (says('/length')) return answer([...opening, ...spoken.slice(0, 5)], 'length');
  return answer([...opening, ...spoken]);
}

function answer(steps: readonly DemoStep[], finish: 'stop' | 'length' | 'tool_calls' = 'stop'): DemoAnswer {
  return { kind: 'answer', steps, finish };
}

function demoError(status: number): DemoAnswer {
  const [code, message] = ERRORS[status] ?? [
    'server_error',
    `The demo fails with ${status} because it was told to.`,
  ];
  return { kind: 'error', status, code, message, retryAfter: status === 429 ? 1 : null };
}

function reply(text: string): string {
  const quoted = text.trim().slice(0, 120);
  const heard = quoted === '' ? 'You said nothing.' : `You said: “${quoted}”.`;
  return `This is the demo model of Switchyard; no provider was asked and nothing was paid. ${heard} Try ${Object.keys(DEMO_COMMANDS).join(', ')}.`;
}

const LONG = Array.from(
  { length: 40 },
  (_, index) =>
    `Paragraph ${index + 1}: a gateway passes on what it is given, byte for byte, and says so when it cannot.\n\n`,
).join('');

/** Tokens, more or less: words with the space before them. */
function words(text: string): readonly string[] {
  return text.match(/\s*\S+\s*$|\s*\S+/g) ?? [];
}
