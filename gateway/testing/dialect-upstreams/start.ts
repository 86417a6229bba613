/** Runs one stand-in on a free port. */
import type { DialectId } from '../../../contract/config/provider.ts';
import { isObject, parseJson, type JsonObject } from '../../core/json.ts';
import { startFakeUpstream, type FakeRequest } from '../fake-upstream.ts';
import { anthropicMessages } from './anthropic-messages/index.ts';
import { gemini } from './gemini/index.ts';
import { createMemory } from './memory.ts';
import { openaiChat } from './openai-chat/index.ts';
import { openaiResponses } from './openai-responses/index.ts';
import { play } from './playbook.ts';
import { Refused, type Seen } from './scene.ts';
import type { SpokenRequest, Speaker } from './speaker.ts';

const SPEAKERS: Readonly<Record<DialectId, Speaker>> = {
  'openai-chat': openaiChat,
  'openai-responses': openaiResponses,
  'anthropic-messages': anthropicMessages,
  gemini,
};

/** The model each stand-in offers; real names, since the gateway knows facts about some. */
export const MODELS: Readonly<Record<DialectId, string>> = {
  'openai-chat': 'deepseek-chat',
  'openai-responses': 'gpt-5',
  'anthropic-messages': 'claude-opus-4-6',
  gemini: 'gemini-3-pro-preview',
};

/** A request that was understood, or refused. */
export interface Told {
  readonly request: SpokenRequest;
  readonly seen: Seen | null;
  readonly refused: Refused | null;
}

export interface Gate {
  /** The events before the pause are written. */
  readonly reached: Promise<null>;
  readonly open: () => void;
}

export interface DialectUpstream {
  readonly dialect: DialectId;
  readonly port: number;
  /** Base address as the official SDK takes it. */
  readonly baseUrl: string;
  readonly told: readonly Told[];
  /** The last request of a scenario with this argument. */
  readonly lastOf: (argument: string) => Told | undefined;
  /** Characters of all streams that the other side took, without those before a pause. */
  readonly taken: number;
  /** The pause of the scenario `pause:<argument>`. */
  readonly gate: (argument: string) => Gate;
  readonly close: () => Promise<void>;
}

interface Pause {
  readonly reached: PromiseWithResolvers<null>;
  readonly opened: PromiseWithResolvers<null>;
}

export async function startDialectUpstream(dialect: DialectId, key: string): Promise<DialectUpstream> {
  const speaker = SPEAKERS[dialect];
  const memory = createMemory(dialect);
  const told: Told[] = [];
  let taken = 0;
  const gates = new Map<string, Pause>();
  const gateOf = (argument: string): Pause => {
    const made: Pause = gates.get(argument) ?? {
      reached: Promise.withResolvers<null>(),
      opened: Promise.withResolvers<null>(),
    };
    gates.set(argument, made);
    return made;
  };
  const server = await startFakeUpstream({ scriptLists: true });

  const refuse = (wire: FakeRequest, refused: Refused): void => {
    const { headers, body } = speaker.refusal(refused);
    wire.json(refused.status, body, headers);
  };

  async function stream(
    wire: FakeRequest,
    events: readonly string[],
    pause: number,
    then: () => unknown,
  ): Promise<void> {
    wire.head(200, { 'content-type': speaker.streamType });
    for (const event of events.slice(0, pause)) await written(wire, event);
    const goOn = await then();
    if (goOn === false) return;
    for (const event of events.slice(pause)) {
      await written(wire, event);
      taken += event.length;
    }
    wire.end();
  }

  async function chat(wire: FakeRequest, request: SpokenRequest): Promise<void> {
    let seen: Seen;
    try {
      seen = speaker.read(request, memory);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      told.push({ request, seen: null, refused: error });
      refuse(wire, error);
      return;
    }
    told.push({ request, seen, refused: null });
    const next = play(seen, memory);
    if (next.kind === 'error') {
      refuse(wire, speaker.failure(next.status));
      return;
    }
    const { answer } = next;
    if (!seen.streamed) {
      if (next.kind !== 'answer') wire.reset();
      else wire.json(200, speaker.answer(answer, seen, request, memory));
      return;
    }
    const events = speaker.events(answer, seen, request, memory);
    if (next.kind === 'answer') {
      await stream(wire, events, 0, () => true);
      return;
    }
    const at = events.findIndex((event) => event.includes(next.text)) + 1;
    await stream(wire, events, at, async () => {
      switch (next.kind) {
        case 'error-after':
          for (const event of speaker.errorEvents(seen)) wire.write(event);
          wire.end();
          return false;
        case 'cut-after':
          // The bytes must be on their way before the reset takes them back.
          await new Promise((resolve) => setTimeout(resolve, 20));
          wire.reset();
          return false;
        case 'short-after':
          wire.end();
          return false;
        case 'pause-after': {
          const gate = gateOf(seen.argument);
          gate.reached.resolve(null);
          await gate.opened.promise;
          return true;
        }
      }
    });
  }

  server.script(async (wire) => {
    const request = spoken(wire);
    const asked = speaker.route(request);
    if (asked === null) {
      wire.respond(404, { 'content-type': 'text/plain' }, `nothing at ${request.method} ${request.path}`);
      return;
    }
    try {
      speaker.admit(request, key);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      told.push({ request, seen: null, refused: error });
      refuse(wire, error);
      return;
    }
    if (asked === 'list') wire.json(200, speaker.list([MODELS[dialect]]));
    else if (asked === 'count') wire.json(200, speaker.count(JSON.stringify(request.body).length));
    else await chat(wire, request);
  });

  return {
    dialect,
    port: server.port,
    baseUrl: `http://127.0.0.1:${server.port}${speaker.basePath}`,
    told,
    lastOf: (argument) => told.findLast(({ seen }) => seen?.argument === argument),
    get taken() {
      return taken;
    },
    gate(argument) {
      const { reached, opened } = gateOf(argument);
      return { reached: reached.promise, open: () => opened.resolve(null) };
    },
    close: () => server.close(),
  };
}

export async function startAllUpstreams(key: string): Promise<Readonly<Record<DialectId, DialectUpstream>>> {
  const [chat, responses, anthropic, google] = await Promise.all([
    startDialectUpstream('openai-chat', key),
    startDialectUpstream('openai-responses', key),
    startDialectUpstream('anthropic-messages', key),
    startDialectUpstream('gemini', key),
  ]);
  return {
    'openai-chat': chat,
    'openai-responses': responses,
    'anthropic-messages': anthropic,
    gemini: google,
  };
}

/** Writes with back-pressure, so that a slow reader is felt here. */
async function written(wire: FakeRequest, event: string): Promise<void> {
  if (!wire.write(event)) await wire.drained();
}

function spoken({ method, path, headers, body }: FakeRequest): SpokenRequest {
  const { pathname, searchParams } = new URL(path, 'http://upstream');
  const parsed = parseJson(body.toString());
  return {
    method,
    path: decodeURIComponent(pathname),
    query: searchParams,
    headers,
    body: isObject(parsed) ? parsed : ({} satisfies JsonObject),
  };
}
