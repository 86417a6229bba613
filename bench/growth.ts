/**
 * What aliases, rules and many keys add to a request: a few microseconds. Two processes of one kind settle 20 us apart,
 * so each process is measured with both configurations, in turns, and only its own two figures are compared.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { writeFileSync } from 'node:fs';
import { estimate, median, type Estimate } from './figures.ts';
import type { Measured } from './process.ts';

/** A gateway whose configuration can be replaced. */
export interface Switched {
  readonly gateway: Measured;
  /** Path of its configuration. */
  readonly file: string;
}

/** Both configurations, as text; only the second one's list of models holds the name. */
export interface TwoConfigs {
  readonly plain: string;
  readonly routed: string;
  readonly onlyRouted: string;
}

/** Microseconds of CPU for a request. */
export interface Growth {
  readonly plain: number;
  readonly routed: number;
  /** Of the differences between two measurements of one process, one after the other. */
  readonly added: Estimate;
}

/** @param measure the CPU of one request, microseconds */
export async function measureGrowth(
  switched: readonly Switched[],
  configs: TwoConfigs,
  rounds: number,
  measure: (of: Measured) => Promise<number>,
): Promise<Growth> {
  const found: { plain: number; routed: number }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const { gateway, file } of switched) {
      // The order changes, so that neither always comes second.
      const order = round % 2 === 0 ? (['plain', 'routed'] as const) : (['routed', 'plain'] as const);
      const costs = { plain: 0, routed: 0 };
      for (const kind of order) {
        writeFileSync(file, configs[kind]);
        await untilListed(gateway.port, configs.onlyRouted, kind === 'routed');
        costs[kind] = await measure(gateway);
      }
      found.push(costs);
    }
  }
  return {
    plain: median(found.map(({ plain }) => plain)),
    routed: median(found.map(({ routed }) => routed)),
    added: estimate(found.map(({ plain, routed }) => routed - plain)),
  };
}

/** The new configuration is in force when the list of models says so. */
async function untilListed(port: number, model: string, listed: boolean): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    const answer = await fetch(`http://127.0.0.1:${port}/v1/models`);
    const names = await answer.text();
    if (names.includes(`"${model}"`) === listed) return;
    await sleep(50);
  }
  throw new Error(`after 10 s ${model} is ${listed ? 'not ' : 'still '}in the list of models`);
}
