/** Procedures on how hard requests are taken to be. */
import * as z from 'zod/mini';
import {
  COMPLEXITY_FEATURES,
  complexitySchema,
  type ComplexityConfig,
  type ComplexityLevel,
} from '../../contract/config/routing.ts';
import type { Handlers } from '../../contract/rpc/procedures.ts';
import type { ComplexityView } from '../../contract/rpc/procedures/complexity.ts';
import type { ParsedConfig } from '../config/parse.ts';
import type { ConfigEdit } from '../config/store.ts';
import { GatewayError } from '../core/errors.ts';
import { complexityOf } from '../routing/complexity.ts';
import { bodyRefused } from './body-refused.ts';
import { readFrom } from './explain.ts';
import type { ControlPorts } from './ports.ts';
import { recentComplexity } from './recent-complexity.ts';

type Names = 'complexity.show' | 'complexity.set' | 'complexity.score' | 'complexity.recent';
type ComplexityPorts = Pick<ControlPorts, 'config' | 'edit' | 'log'>;

const DEFAULTS = z.parse(complexitySchema, {});

export function complexityHandlers(ports: ComplexityPorts): Pick<Handlers, Names> {
  const view = (): ComplexityView => {
    const { models, routing } = ports.config();
    return {
      settings: routing.complexity,
      defaults: DEFAULTS,
      aliases: models.flatMap((model) =>
        'targets' in model && model.strategy === 'complexity' ? [model.id] : [],
      ),
    };
  };

  return {
    'complexity.show': () => Promise.resolve(view()),
    'complexity.recent': () => recentComplexity(ports.log),

    async 'complexity.set'({ seen, settings }) {
      await ports.edit((now) => editsOf(seen, settings, now));
      return view();
    },

    // Within the promise, so that what is wrong with the request is an answer like any other.
    'complexity.score': ({ format, body, settings }) =>
      new Promise((resolve) => {
        const complexity = complexityOf(requestOf({ format, body }), settings);
        resolve({ ...complexity, level: levelOf(complexity.score, settings) });
      }),
  };
}

function editsOf(
  seen: ComplexityConfig | undefined,
  settings: ComplexityConfig,
  { config, written }: ParsedConfig,
): readonly ConfigEdit[] {
  const now = figuresOf(config.routing.complexity);
  const defaults = figuresOf(DEFAULTS);
  const before = seen === undefined ? null : figuresOf(seen);
  const edits = [...figuresOf(settings)].flatMap(([path, value]): readonly ConfigEdit[] => {
    if (value === now.get(path) || value === before?.get(path)) return [];
    const steps = path.split('.');
    if (value !== defaults.get(path)) return [{ op: 'set', path: steps, value }];
    return written.has(path) ? [{ op: 'delete', path: steps }] : [];
  });
  // What is new first: a section that is empty for a moment would lose its form.
  return edits.toSorted((a, b) => Number(a.op === 'delete') - Number(b.op === 'delete'));
}

/** @throws RpcError where it is none of this format */
function requestOf(given: Parameters<typeof readFrom>[0]): ReturnType<ReturnType<typeof readFrom>['read']> {
  const { read } = readFrom(given);
  try {
    return read();
  } catch (error) {
    if (error instanceof GatewayError) throw bodyRefused(error, 'body');
    throw error;
  }
}

function levelOf(score: number, { thresholds: { medium, high } }: ComplexityConfig): ComplexityLevel {
  if (score < medium) return 'low';
  return score < high ? 'medium' : 'high';
}

/** Every figure by its path in the configuration. */
const figuresOf = ({ weights, thresholds }: ComplexityConfig): ReadonlyMap<string, number> =>
  new Map([
    ...COMPLEXITY_FEATURES.map(
      (feature) => [`routing.complexity.weights.${feature}`, weights[feature]] as const,
    ),
    ['routing.complexity.thresholds.medium', thresholds.medium],
    ['routing.complexity.thresholds.high', thresholds.high],
  ]);
