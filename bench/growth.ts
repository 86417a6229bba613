/**
 * What more aliases, rules and keys add to a request: a few microseconds. Two processes of one kind settle 20 us apart,
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
  readonly small: string;
  readonly large: string;
  readonly onlyLarge: string;
}

/** Microseconds of CPU for a request. */
export interface Growth {
  readonly small: number;
  readonly large: number;
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
  const found: { small: number; large: number }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const { gateway, file } of switched) {
      // The order changes, so that neither always comes second.
      const order = round % 2 === 0 ? (['small', 'large'] as const) : (['large', 'small'] as const);
      const costs = { small: 0, large: 0 };
      for (const kind of order) {
        writeFileSync(file, configs[kind]);
        await untilListed(gateway.port, configs.onlyLarge, kind === 'large');
        costs[kind] = await measure(gateway);
      }
      found.push(costs);
    }
  }
  return {
    small: median(found.map(({ small }) => small)),
    large: median(found.map(({ large }) => large)),
    added: estimate(found.map(({ small, large }) => large - small)),
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
