/** `switchyard explain`: where a request would go and why. Asks the gateway that runs, else one made for the purpose. */
import { readFile } from 'node:fs/promises';
import { text as readStream } from 'node:stream/consumers';
import type { RpcResult } from '../../contract/rpc/errors.ts';
import type { REQUEST_FORMATS } from '../../contract/rpc/request-formats.ts';
import { StartProblem } from '../../gateway/index.ts';
import type { ExplainOptions } from '../command-line.ts';
import { askedFolder } from '../data-place.ts';
import type { Surroundings } from '../host.ts';
import { askAlone } from './ask-alone.ts';
import { askRunning } from './ask-running.ts';
import { explanationText, isExplanation } from './explain-text.ts';

/** @returns the exit code: 0 where the request would have a place to go */
export async function explain(options: ExplainOptions, surroundings: Surroundings): Promise<number> {
  const body = await requestText(options.request);
  const format = options.format ?? formatOf(body);
  const { model, client } = options;
  const input = {
    format,
    body,
    ...(model === undefined ? {} : { model }),
    ...(client === undefined ? {} : { client }),
  };
  const { folder } = await askedFolder(options, surroundings);
  const running = await askRunning('routing.explain', input, folder, surroundings.environment);
  const result: RpcResult<unknown> =
    running ?? (await askAlone('routing.explain', input, folder, options, surroundings));
  if (!result.ok) throw new StartProblem(result.error.message);
  if (!isExplanation(result.data)) {
    throw new StartProblem('The running gateway is of another version; ask with the same one.');
  }
  const { logger } = surroundings;
  if (options.json) logger.announce(`${JSON.stringify(result.data, null, 2)}\n`);
  else logger.announce(explanationText(result.data, running !== undefined));
  const { places, error } = result.data;
  return error === null && places.some(({ usable }) => usable) ? 0 : 3;
}

async function requestText(file: string): Promise<string> {
  try {
    return file === '-' ? await readStream(process.stdin) : await readFile(file, 'utf8');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartProblem(`The request cannot be read: ${reason}`);
  }
}

/** By the members only one format has; chat of OpenAI's form where nothing else shows. */
export function formatOf(body: string): (typeof REQUEST_FORMATS)[number] {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return 'openai-chat';
  }
  if (typeof value !== 'object' || value === null) return 'openai-chat';
  if ('contents' in value) return 'gemini';
  if ('messages' in value) {
    return 'system' in value || 'anthropic_version' in value || 'thinking' in value
      ? 'anthropic-messages'
      : 'openai-chat';
  }
  if ('input' in value) return 'openai-responses';
  return 'prompt' in value ? 'openai-completions' : 'openai-chat';
}
