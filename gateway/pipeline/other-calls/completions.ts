/**
 * Old completions (`/v1/completions`) where the provider has them: a prompt that is no chat, as editors ask for code
 * in the middle of a file. Everywhere else they are translated into chat.
 */
import type { StreamObserver } from '../../core/dialect.ts';
import type { RuntimeProvider } from '../../core/runtime-provider.ts';
import type { PlanGroup } from '../../routing/plan.ts';
import type { PreparedCall, Preparing } from '../prepare.ts';
import { relayReading } from '../reading.ts';
import { blameless } from './pass-through.ts';
import { openaiEndpoint } from './served.ts';

/** @returns null where the request is none, or the provider has no such call */
export function nativeCompletions(
  { exchange, shape, body, facts }: Preparing,
  { model }: PlanGroup,
  provider: RuntimeProvider,
): PreparedCall | null {
  if (shape.id !== 'openai-completions') return null;
  const endpoint = openaiEndpoint(provider, 'completions');
  const chat = provider.endpoints.find(({ dialect }) => dialect.id === 'openai-chat')?.dialect;
  if (endpoint === undefined || chat === undefined) return null;
  const addUsageOption = facts.streamed && !facts.usageAsked && provider.requestUsage;
  const reading = relayReading(chat, shape, {
    requestId: exchange.id,
    withholdUsage: addUsageOption,
    framing: exchange.path.framing,
    asEvents: null,
  });
  return {
    endpoint,
    url: `${endpoint.baseUrl}/completions`,
    body: chat.prepareRequest(body, { model, addUsageOption }),
    reading: {
      ...reading,
      observe: () => withText(reading.observe()),
      readError: (status, error) => blameless(reading.readError(status, error)),
    },
    relayed: true,
  };
}

/** The envelope is chat's; the text stands elsewhere in it, so the first sign of life counts as content. */
function withText(observer: StreamObserver): StreamObserver {
  let content = false;
  return {
    ...observer,
    observe(events) {
      const seen = observer.observe(events);
      content ||= seen.content || (seen.alive && seen.error === null);
      return { ...seen, content };
    },
  };
}
