/**
 * Every recorded stream, served by an upstream of its dialect and read by the official SDK of each other dialect
 * through the gateway: the same text, thoughts, calls, finish and tokens as the SDK of the recording's own dialect
 * finds in the very bytes. Where that SDK cannot read them, what it should have found stands in `AMENDED`.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DIALECTS, type DialectId } from '../../contract/config/provider.ts';
import { isObject } from '../core/json.ts';
import { startFakeUpstream, type FakeUpstream } from '../testing/fake-upstream.ts';
import { recordedStreams, type RecordedStream } from '../testing/recorded-streams.ts';
import { anthropicClient } from '../testing/sdk-clients/anthropic.ts';
import { CleanEnd, type Reply, type SdkClient } from '../testing/sdk-clients/client.ts';
import { googleGenaiClient } from '../testing/sdk-clients/google-genai.ts';
import { openaiChatClient } from '../testing/sdk-clients/openai-chat.ts';
import { lenientResponsesClient, openaiResponsesClient } from '../testing/sdk-clients/openai-responses.ts';
import { startTestGateway, type TestGateway } from '../testing/test-gateway.ts';

const CLIENTS: Readonly<Record<DialectId, SdkClient>> = {
  'openai-chat': openaiChatClient,
  'openai-responses': openaiResponsesClient,
  'anthropic-messages': anthropicClient,
  gemini: googleGenaiClient,
};
/** Recordings come from servers that follow OpenAI less strictly than the gateway does. */
const NATIVE: Readonly<Record<DialectId, SdkClient>> = {
  ...CLIENTS,
  'openai-responses': lenientResponsesClient,
};
const KEY = 'sk-upstream-00000000000000001234';

/** An answer without what differs between SDKs: pieces, ids, where a refusal stands. */
interface Found {
  readonly text: string;
  readonly thinking: string;
  readonly calls: readonly { readonly name: string; readonly input: unknown }[];
  readonly finish: string;
  /** Null where the recording has none. */
  readonly usage: {
    readonly input: number;
    readonly cached: number;
    readonly output: number;
    readonly reasoning: number;
  } | null;
}

const weather = (location: string): Found['calls'][number] => ({ name: 'getWeather', input: { location } });
const screen = (id: string): Found['calls'][number] => ({ name: 'read_screen', input: { id } });
const XAI = 'xAI leaves the reasoning out of its completion tokens; only the total holds it';
const PARTIAL = 'the SDK leaves it to programs to join pieces of arguments';

interface Amendment {
  readonly reason: string;
  readonly change: (found: Found) => Partial<Found>;
}

const AMENDED: Readonly<Record<string, Amendment>> = {
  'openai-chat-dialects/mistral-reasoning.chunks.txt': {
    reason: 'the SDK knows no content in parts',
    change: () => ({
      text: '2 + 2 = 4',
      thinking: 'The user is asking for 2+2. This is basic arithmetic. 2+2=4.',
    }),
  },
  'openai-chat-dialects/mistral-tool-call.chunks.txt': {
    reason: 'the SDK finds no call without an index',
    change: () => ({ calls: [{ name: 'weather', input: { location: 'San Francisco' } }] }),
  },
  'openai-chat-dialects/xai-text.chunks.txt': { reason: XAI, change: withReasoning },
  'openai-chat-dialects/xai-tool-call.chunks.txt': { reason: XAI, change: withReasoning },
  'openai-responses/apply-patch.chunks.txt': {
    reason: 'a patch to be applied by the client is a call; the SDK has an item of its own for it',
    change: () => ({
      calls: [{ name: 'apply_patch', input: expect.objectContaining({ type: 'create_file' }) }],
      finish: 'calls',
    }),
  },
  'gemini/code-execution-stream.sse': {
    reason:
      'code that Gemini ran, and what came of it, are shown as text: no other dialect has parts for them',
    change: ({ text }) => ({ text: expect.stringContaining(text) }),
  },
  'gemini/stream-function-call-arguments.chunks.txt': {
    reason: PARTIAL,
    change: () => ({ calls: [weather('Boston'), weather('San Francisco')] }),
  },
  'gemini/tool-call-no-args.chunks.txt': {
    reason: PARTIAL,
    change: () => ({ calls: [{ name: 'read_theme', input: {} }, screen('A'), screen('B'), screen('C')] }),
  },
};

/** The native SDK gives up, the gateway does not. */
const REPAIRED: Readonly<Record<string, Found>> = {
  'anthropic-messages/duplicate-message-start.chunks.txt': {
    text: 'Hello, World!',
    thinking: '',
    calls: [],
    finish: 'stop',
    usage: expect.anything(),
  },
};

function withReasoning({ usage }: Found): Partial<Found> {
  return usage === null ? {} : { usage: { ...usage, output: usage.output + usage.reasoning } };
}

function foundIn({ text, thinking, refusal, calls, finish, usage }: Reply, told?: DialectId): Found {
  const { input, cached, output, reasoning } = usage;
  const declined = refusal !== '' || finish === 'refused' || finish === 'filtered';
  return {
    // Anthropic's SDK tells why beside the text, which the gateway gives as words.
    text: text.includes(refusal) ? text : `${text}${refusal}`,
    thinking,
    calls: calls.map((call) => ({ name: call.name, input: withoutWrap(call.input) })),
    finish: declined ? (told === 'gemini' && finish === 'stop' ? 'stop' : 'declined') : finish,
    usage:
      input === null ? null : { input, cached: cached ?? 0, output: output ?? 0, reasoning: reasoning ?? 0 },
  };
}

/** The text of a custom tool is the argument `input` where a dialect has only functions. */
function withoutWrap(input: unknown): unknown {
  const isWrap = isObject(input) && Object.keys(input).length === 1 && typeof input['input'] === 'string';
  return isWrap ? input['input'] : input;
}

const streams = recordedStreams();
let upstream: FakeUpstream;
let gateway: TestGateway;

beforeAll(async () => {
  upstream = await startFakeUpstream({ scriptLists: true });
  upstream.script((request) => {
    const found = streams[Number(/^\/(\d+)\//.exec(request.path)?.[1])];
    if (found === undefined) request.respond(404, {}, 'no such recording');
    else request.sse([found.bytes]);
  });
  const providers = streams.map(({ dialect }, index) => {
    const version = dialect.startsWith('openai') ? '/v1' : '';
    const url = `http://127.0.0.1:${upstream.port}/${index}${version}`;
    return `  - { id: r${index}, dialect: ${dialect}, base_url: "${url}", allow_private_network: true, models: [m], keys: [{ id: k1, value: ${KEY} }] }\n`;
  });
  gateway = await startTestGateway(`providers:\n${providers.join('')}`);
});
afterAll(async () => {
  await gateway.stop();
  await upstream.close();
});

const ask = (client: SdkClient, root: string, model: string): Promise<Reply> =>
  client.begin({ root, key: KEY }, { model, streamed: true }).say({ text: 'hello' });

/** What the recording says; null where its own SDK raises an error. */
async function told({ name, dialect }: RecordedStream, index: number): Promise<Found | null> {
  const repaired = REPAIRED[name];
  if (repaired !== undefined) return repaired;
  try {
    const found = foundIn(await ask(NATIVE[dialect], `http://127.0.0.1:${upstream.port}/${index}`, 'm'));
    return { ...found, ...AMENDED[name]?.change(found) };
  } catch {
    return null;
  }
}

describe.skipIf(streams.length === 0)('recorded streams (needs ../shared/fixtures)', () => {
  const named = streams.map((stream, index) => ({ stream, index, name: `${stream.dialect} ${stream.name}` }));
  describe.each(named)('$name', ({ stream, index }) => {
    it.concurrent.each(DIALECTS.filter((dialect) => dialect !== stream.dialect))('as %s', async (dialect) => {
      const expected = await told(stream, index);
      const answer = ask(CLIENTS[dialect], gateway.url, `r${index}/m`);
      if (expected === null) {
        const error: unknown = await answer.catch((reason: unknown) => reason);
        expect(error).toBeInstanceOf(Error);
        expect(error).not.toBeInstanceOf(CleanEnd);
        return;
      }
      const found = foundIn(await answer, dialect);
      const finish =
        dialect === 'gemini' && found.finish === 'stop'
          ? expect.stringMatching(/stop|declined/)
          : expected.finish;
      // What was not told is not compared; it may be written as nothing or as zero.
      const usage = expected.usage ?? expect.toBeOneOf([null, expect.anything()]);
      expect(found).toEqual({ ...expected, finish, usage });
    });
  });
});
