/** `switchyard connect`: asks the gateway that runs, else does it with one that listens nowhere. */
import { join } from 'node:path';
import * as z from 'zod/mini';
import type { ConnectPlan, ConnectView, ToolView } from '../../contract/rpc/procedures/connect.ts';
import { holderOf, makeDataFolder, StartProblem } from '../../gateway/index.ts';
import { askedConfig } from '../config-place.ts';
import { askedFolder } from '../data-place.ts';
import type { Surroundings } from '../host.ts';
import { askRunning } from './ask-running.ts';
import { orderOf, type ConnectOptions } from './connect-options.ts';
import { harmless, isIdle, listText, nobodyText, planText } from './connect-text.ts';
import { confirm } from './passphrase.ts';
import { withLookingGateway } from './with-looking-gateway.ts';
import { withOwnGateway, type Ask } from './with-own-gateway.ts';

const listSchema = z.object({ tools: z.array(z.object({ id: z.string(), state: z.string() })) });
const planSchema = z.object({
  version: z.string(),
  changes: z.array(z.unknown()),
  notes: z.array(z.object({ code: z.string() })),
});
const toolSchema = z.object({ id: z.string(), state: z.string() });

/** Of the same version as this program, so what it answers is what the contract says. */
const isList = (value: unknown): value is ConnectView => listSchema.safeParse(value).success;
const isPlan = (value: unknown): value is ConnectPlan => planSchema.safeParse(value).success;
const isTool = (value: unknown): value is ToolView => toolSchema.safeParse(value).success;

/** @returns the exit code: 0 where it is done or nothing was to be done */
export async function connect(options: ConnectOptions, surroundings: Surroundings): Promise<number> {
  const { environment } = surroundings;
  const { folder, ofDesktop } = await askedFolder(options, surroundings);
  const first = await askRunning('connect.list', {}, folder, environment);
  if (first === undefined) {
    // Whoever takes something out needs no gateway.
    if (options.tool === undefined || orderOf(options).does === 'connect') {
      const demo = options.demo ? undefined : await holderOf(join(folder, 'demo'));
      const demoAt = demo?.address === '' ? undefined : demo?.address;
      surroundings.logger.announce(nobodyText(folder, ofDesktop, demoAt));
    }
    const path = await askedConfig(options, surroundings.workingFolder, folder);
    if (options.tool === undefined || options.dryRun) {
      return withLookingGateway({ folder, path, demo: options.demo }, surroundings, (gateway) =>
        act((name, input) => gateway.control.call(name, input), options, surroundings),
      );
    }
    await makeDataFolder(folder);
    return withOwnGateway(folder, path, surroundings, (ask) => act(ask, options, surroundings));
  }
  const running: Ask = async (name, input) =>
    (await askRunning(name, input, folder, environment)) ?? {
      ok: false,
      error: { code: 'unavailable', message: 'The gateway has ended.' },
    };
  return act(running, options, surroundings);
}

async function act(
  ask: Ask,
  options: ConnectOptions,
  { logger, environment }: Surroundings,
): Promise<number> {
  const { tool, dryRun, yes } = options;
  if (tool === undefined) {
    logger.announce(listText(await answer(ask, 'connect.list', {}, isList)));
    return 0;
  }
  const order = orderOf(options);
  const plan = await answer(ask, 'connect.plan', { tool, order }, isPlan);
  const colours = process.stdout.isTTY && (environment['NO_COLOR'] ?? '') === '';
  logger.announce(planText(plan, colours));
  const idle = isIdle(plan);
  // What is known of a tool may be left of what somebody else took out already.
  if (dryRun || (idle && order.does !== 'remove')) return 0;
  if (!yes && !idle) {
    if (!process.stdin.isTTY) throw new StartProblem('Say --yes to write this without being asked.');
    await logger.flush();
    if (!(await confirm('Write this?'))) return 1;
  }
  const { version } = plan;
  const done = await answer(ask, 'connect.apply', { tool, order, version }, isTool);
  logger.announce(`${done.name}: ${done.state}\n`);
  return 0;
}

async function answer<T>(
  ask: Ask,
  name: string,
  input: unknown,
  isAnswer: (value: unknown) => value is T,
): Promise<T> {
  const result = await ask(name, input);
  if (!result.ok) throw new StartProblem(harmless(result.error.message));
  if (isAnswer(result.data)) return result.data;
  throw new StartProblem('The running gateway is of another version; ask with the same one.');
}
