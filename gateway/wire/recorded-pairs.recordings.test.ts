/**
 * Recorded requests, sent through the gateway in one format to an upstream of another. Two things must hold: what the
 * upstream gets means the same as what was sent, and where the same prompt was recorded in the upstream's own format,
 * it is equivalent to that recording. Equivalent: the same view (`testing/request-view`): instructions, turns with
 * their texts, media, calls and results, tools with what every format can say of a schema, choice of tools, schema of
 * the answer, limit of tokens, stops, wish for reasoning. Everything else that differs is named in this file.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DIALECTS, type DialectId } from '../../contract/config/provider.ts';
import { isObject, parseJson, type JsonObject } from '../core/json.ts';
import { startFakeUpstream, type FakeUpstream } from '../testing/fake-upstream.ts';
import { recordedPairs } from '../testing/recorded-streams.ts';
import { viewOf } from '../testing/request-view/index.ts';
import type { RequestView } from '../testing/request-view/view.ts';
import { startTestGateway, type TestGateway } from '../testing/test-gateway.ts';

const KEY = 'sk-upstream-00000000000000001234';

interface Recorded {
  readonly pair: string;
  readonly member: 'request' | 'followupRequest';
  readonly dialect: DialectId;
  readonly body: JsonObject;
}

const recorded = recordedPairs().flatMap(({ name, sides }) =>
  DIALECTS.flatMap((dialect) =>
    (['request', 'followupRequest'] as const).flatMap((member): readonly Recorded[] => {
      const body = sides[dialect]?.[member];
      return isObject(body) ? [{ pair: name, member, dialect, body }] : [];
    }),
  ),
);

/** A model each format has; the recorded ones where they matter. */
const DEFAULT_MODELS: Readonly<Record<DialectId, string>> = {
  'openai-chat': 'gpt-5-nano',
  'openai-responses': 'gpt-5-nano',
  'anthropic-messages': 'claude-sonnet-4-5-20250929',
  gemini: 'gemini-2.5-flash',
};

let upstream: FakeUpstream;
let gateway: TestGateway;
const arrived = new Map<string, JsonObject>();

beforeAll(async () => {
  upstream = await startFakeUpstream({ scriptLists: true });
  // Every request is refused as the client's own fault: nothing is tried again and nothing cools.
  upstream.script((request) => {
    const body = parseJson(request.body.toString());
    const id = request.headers['x-test-id'] ?? /^\/([\w-]+)\//.exec(request.path)?.[1] ?? '';
    if (isObject(body)) arrived.set(id, body);
    request.json(400, { error: { message: 'seen', type: 'invalid_request_error', code: 400 } });
  });
  const providers = recorded.flatMap((_one, index) =>
    DIALECTS.map((dialect) => {
      const version = dialect.startsWith('openai') ? '/v1' : '';
      const url = `http://127.0.0.1:${upstream.port}/${dialect}-${index}${version}`;
      return `  - { id: ${dialect}-${index}, dialect: ${dialect}, base_url: "${url}", allow_private_network: true, models: [${DEFAULT_MODELS[dialect]}], keys: [{ id: k1, value: ${KEY} }] }\n`;
    }),
  );
  gateway = await startTestGateway(`providers:\n${providers.join('')}`);
});
afterAll(async () => {
  await gateway.stop();
  await upstream.close();
});

const PATHS: Readonly<Record<DialectId, (model: string) => string>> = {
  'openai-chat': () => '/v1/chat/completions',
  'openai-responses': () => '/v1/responses',
  'anthropic-messages': () => '/v1/messages',
  gemini: (model) => `/v1beta/models/${model}:generateContent`,
};

/** @returns what the upstream got, or what the client was told instead */
async function sent(
  from: Recorded,
  index: number,
  to: DialectId,
  model: string,
): Promise<JsonObject | string> {
  const id = `${to}-${index}`;
  const name = `${id}/${model}`;
  const answer = await fetch(`${gateway.url}${PATHS[from.dialect](name)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'anthropic-version': '2023-06-01' },
    body: JSON.stringify(
      from.dialect === 'gemini' ? from.body : { ...from.body, model: name, stream: false },
    ),
  });
  return arrived.get(id) ?? (await answer.text());
}

/** A view without what formats cannot say alike, each with its reason. */
function comparable(view: RequestView, to: DialectId, said: RequestView): RequestView {
  return {
    ...view,
    // Anthropic must have a limit, above what may be thought; Responses takes none below 16.
    maxTokens:
      to === 'anthropic-messages' && (said.maxTokens === null || said.reasoning !== null)
        ? null
        : to === 'openai-responses' && said.maxTokens !== null
          ? Math.max(16, view.maxTokens ?? 0)
          : view.maxTokens,
    // Responses has no stops, and OpenAI's reasoning models take none in chat.
    stop: to.startsWith('openai') ? [] : view.stop,
    // Efforts, levels and budgets are different scales: that something was wished must arrive.
    reasoning: view.reasoning === null ? null : 'wished',
    // OpenAI takes no plain text as a file: it is written into the message, below its name.
    turns: to.startsWith('openai') ? view.turns.map(withoutTextFiles) : view.turns,
  };
}

function withoutTextFiles({ role, parts }: RequestView['turns'][number]): RequestView['turns'][number] {
  const hasFile = parts.some((part) => 'media' in part && part.media.startsWith('data:text/plain'));
  const isWritten = parts.some((part) => 'text' in part && part.text.includes('Sample text.'));
  return hasFile || isWritten ? { role, parts: [{ text: 'with a text file' }] } : { role, parts };
}

/** Where the recordings of one prompt are not the same request, by field, with how they differ. */
const RECORDED_APART: Readonly<Record<string, Partial<Record<keyof RequestView, string>>>> = {
  multimodalRequest: { turns: 'three different pictures: by address for OpenAI, inline for the others' },
  stopSequencesParam: { turns: 'Anthropic was asked in other words' },
  textFormatJsonSchemaParam: { turns: 'Responses was asked in other words' },
  parallelToolCallsRequest: { choice: 'only OpenAI was told that the model decides' },
  simpleRequest: { reasoning: 'only OpenAI was told how hard to think' },
  reasoningWithOutput: { reasoning: 'only OpenAI was told how hard to think' },
  reasoningRequestTruncated: { reasoning: 'only OpenAI chat was told how hard to think' },
  openAIMultipleReasoningSignaturesReplayParam: {
    reasoning: 'only Responses was told how hard to think',
    turns: 'Responses has the searches between the thoughts as items of their own',
  },
};

const FIELDS = [
  'system',
  'turns',
  'tools',
  'choice',
  'answerSchema',
  'maxTokens',
  'stop',
  'reasoning',
] as const;

function fieldOf(name: string): keyof RequestView {
  const found = FIELDS.find((field) => field === name);
  if (found === undefined) throw new Error(`no field ${name}`);
  return found;
}

/** Gemini does not fetch what it is not told to; the gateway would, and tests have no network. */
const fetches = (view: RequestView, to: DialectId): boolean =>
  to === 'gemini' && JSON.stringify(view.turns).includes('"media":"https:');

describe.skipIf(recorded.length === 0)('recorded requests (needs ../shared/fixtures)', () => {
  const named = recorded.map((one, index) => ({
    one,
    index,
    name: `${one.pair} ${one.member} from ${one.dialect}`,
  }));
  describe.each(named)('$name', ({ one, index }) => {
    it.concurrent.each(DIALECTS.filter((dialect) => dialect !== one.dialect))('to %s', async (to) => {
      const said = viewOf[one.dialect](one.body);
      const body = await sent(one, index, to, DEFAULT_MODELS[to]);
      if (fetches(said, to)) {
        expect(body).toMatch(/could not be fetched/);
        return;
      }
      if (typeof body === 'string') throw new Error(body);
      const got = viewOf[to](body);
      expect(comparable(got, to, said)).toEqual(comparable(said, to, said));

      const theirs = recorded.find(
        (other) => other.pair === one.pair && other.dialect === to && other.member === 'request',
      );
      if (one.member !== 'request' || theirs === undefined) return;
      const apart = RECORDED_APART[one.pair] ?? {};
      const same = comparable(viewOf[to](theirs.body), to, said);
      for (const [field, value] of Object.entries(comparable(got, to, said))) {
        // Anthropic must be given a limit, so its recordings have one where the others say nothing.
        const limited = field === 'maxTokens' && one.dialect === 'anthropic-messages';
        if (!limited && !Object.hasOwn(apart, field))
          expect({ [field]: value }).toEqual({ [field]: same[fieldOf(field)] });
      }
    });
  });
});
