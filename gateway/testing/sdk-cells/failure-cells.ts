/** What a program learns when the upstream refuses, breaks or goes away. */
import { expect } from 'vitest';
import type { Failure } from '../sdk-clients/client.ts';
import { ask, both, streamedOnly, wishesOf, type Cell, type Scene } from './cell.ts';

/** Classes an SDK raises for an answer with this status. */
const STATUS_ERROR =
  /^(BadRequestError|AuthenticationError|NotFoundError|RateLimitError|InternalServerError|OverloadedError|APIError|ApiError|APICallError)$/;

/** A wrong upstream key is no fault of the client: 401 would tell it that its own was wrong. */
const TOLD: Readonly<Record<number, number>> = { 401: 502 };

async function failureOf(scene: Scene, scenario: string): Promise<Failure> {
  try {
    const reply = await scene.client.begin(scene.place, wishesOf(scene)).say(ask(scenario, scene));
    throw new Error(`no failure but ${JSON.stringify(reply)}`);
  } catch (error) {
    return scene.client.explain(error);
  }
}

const WORDS: Readonly<Record<number, RegExp>> = {
  400: /frobnication/,
  401: /key|credential/i,
  404: /gone/,
  429: /limit|quota|rate/i,
  500: /error/i,
  529: /overloaded/i,
};

const refused =
  (status: number) =>
  async (scene: Scene): Promise<null> => {
    const failure = await failureOf(scene, `error-${status}`);
    expect(failure.name).toMatch(STATUS_ERROR);
    expect(failure.status).toBe(scene.gateway ? (TOLD[status] ?? status) : status);
    expect(failure.message).toMatch(WORDS[status] ?? /./);
    // Every stand-in says seven seconds, Gemini in its body; Google's SDK shows no headers.
    if (scene.gateway && status === 429 && scene.client.id !== 'google genai') {
      expect(failure.retryAfter).toBe('7');
    }
    return null;
  };

async function errorInStream(scene: Scene): Promise<null> {
  const failure = await failureOf(scene, 'stream-error');
  expect(failure.name).not.toMatch(/^(CleanEnd|Error)$/);
  expect(failure.message).toMatch(/broke in the middle/);
  return null;
}

const cut =
  (scenario: string) =>
  async (scene: Scene): Promise<string | null> => {
    const failure = await failureOf(scene, scenario);
    expect(failure.message).not.toMatch(/^no failure/);
    // Without a gateway, some SDKs take HTTP's own end for the stream's.
    if (scene.gateway) expect(failure.name).not.toBe('CleanEnd');
    return null;
  };

export const failureCells: readonly Cell[] = [
  ...[400, 401, 404, 429, 500, 529].flatMap((status) => both(`upstream ${status}`, refused(status), true)),
  streamedOnly('error in the stream', errorInStream, true),
  streamedOnly('stream reset', cut('stream-cut'), true),
  streamedOnly('stream without its end', cut('stream-short'), true),
];
