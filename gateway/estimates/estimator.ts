/**
 * The main thread's side of estimating: a worker from the first text on and until it has been idle for a while;
 * one text at a time, the others wait here. Whatever goes wrong, everybody gets a number.
 */
import { Worker } from 'node:worker_threads';
import type { Clock, Logger } from '../core/ports.ts';
import type { TokenEstimator } from '../core/token-estimator.ts';
import type { EstimateReply, EstimateRequest } from './messages.ts';
import { sampleOf } from './pieces.ts';
import { roughEstimate } from './rough.ts';

/** Characters that are counted of one request; longer ones are sampled. */
const MOST_CHARACTERS = 2_000_000;
/** Requests that wait, the one under way among them, and characters of all of them. */
const MOST_WAITING = 64;
const MOST_WAITING_CHARACTERS = 16_000_000;
/** The worker ends after this long without work, ms. */
const IDLE = 60_000;
/** One request takes no longer, ms; else the worker is taken for hung. */
const PATIENCE = 15_000;
/** After two crashes in a row no worker is started for this long, ms. */
const PAUSE = 60_000;
/** Far above what the tokenizer takes; a runaway ends itself and not the gateway. MB. */
const LIMITS = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 16 };

interface Waiting {
  readonly texts: readonly string[];
  readonly scale: number;
  readonly characters: number;
  readonly resolve: (tokens: number) => void;
}

/** @param options.worker entry of the worker: `worker.ts` unbuilt, the host's own output file when built */
export function createTokenEstimator(options: {
  readonly worker: URL;
  readonly clock: Clock;
  readonly logger: Logger;
}): TokenEstimator {
  const { clock, logger } = options;
  const queue: Waiting[] = [];
  let characters = 0;
  let running: Worker | undefined;
  /** Number of the call under way; replies to another one are late. */
  let call = 0;
  let busy = false;
  let crashes = 0;
  /** Monotonic time until which no worker is started. */
  let pausedUntil = 0;
  let closed = false;
  let cancelTimer = (): void => undefined;

  function start(): Worker {
    const worker = new Worker(options.worker, { name: 'tokens', resourceLimits: LIMITS });
    let reason = 'it ended';
    worker.on('message', (reply: EstimateReply) => {
      if (worker === running && reply.call === call) answered(reply.tokens);
    });
    worker.on('error', (error) => {
      reason = error instanceof Error ? error.message : String(error);
    });
    worker.on('exit', () => {
      if (worker === running) crashed(reason);
    });
    return worker;
  }

  function next(): void {
    const first = queue[0];
    if (busy || first === undefined) return;
    busy = true;
    call += 1;
    try {
      running ??= start();
    } catch (error) {
      return crashed(error instanceof Error ? error.message : String(error));
    }
    cancelTimer();
    cancelTimer = clock.after(PATIENCE, () => {
      const hung = running;
      crashed(`it gave no answer within ${PATIENCE / 1_000} s`);
      void hung?.terminate();
    });
    running.postMessage({ call, texts: first.texts } satisfies EstimateRequest);
  }

  function answered(tokens: number): void {
    busy = false;
    crashes = 0;
    const first = take();
    first?.resolve(Math.round(tokens * first.scale));
    cancelTimer();
    if (queue.length > 0) next();
    else cancelTimer = clock.after(IDLE, () => void end());
  }

  /** Once more with a new worker; then everybody who waits is answered without one. */
  function crashed(reason: string): void {
    running = undefined;
    busy = false;
    cancelTimer();
    crashes += 1;
    if (crashes < 2) return next();
    pausedUntil = clock.monotonic() + PAUSE;
    crashes = 0;
    logger.warn('The worker that counts tokens failed twice; counts are rough for a minute', { reason });
    answerRoughly();
  }

  function take(): Waiting | undefined {
    const first = queue.shift();
    characters -= first?.characters ?? 0;
    return first;
  }

  function answerRoughly(): void {
    for (let first = take(); first !== undefined; first = take()) {
      first.resolve(Math.round(roughEstimate(first.texts) * first.scale));
    }
  }

  async function end(): Promise<void> {
    cancelTimer();
    const ended = running;
    running = undefined;
    busy = false;
    await ended?.terminate();
  }

  return {
    estimateTokens(texts) {
      const sample = sampleOf(texts, MOST_CHARACTERS);
      const length = sample.texts.reduce((sum, text) => sum + text.length, 0);
      if (length === 0) return Promise.resolve(0);
      const full = queue.length >= MOST_WAITING || characters + length > MOST_WAITING_CHARACTERS;
      if (closed || full || clock.monotonic() < pausedUntil) {
        return Promise.resolve(Math.round(roughEstimate(sample.texts) * sample.scale));
      }
      return new Promise((resolve) => {
        queue.push({ ...sample, characters: length, resolve });
        characters += length;
        next();
      });
    },
    async close() {
      closed = true;
      answerRoughly();
      await end();
    },
  };
}
