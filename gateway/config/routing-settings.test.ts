import { describe, expect, it } from 'vitest';
import { NO_OVERRIDES } from './overrides.ts';
import { ConfigError } from './problem.ts';
import { parseConfig } from './parse.ts';

const parse = (text: string) =>
  parseConfig(text, { environment: {}, overrides: NO_OVERRIDES, builtIn: ['openai'], addressed: [] }).config;
const problemOf = (text: string): string => {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error('no error was thrown');
};

const MANY = Array.from({ length: 24 }, (_, index) => `alias-${index}`);

describe('settings of routing that are refused', () => {
  it.each([
    [
      'an empty range',
      'models: [{ id: a, strategy: complexity, targets: [{ model: m, from: 0.5, to: 0.5 }] }]',
      'models[0].targets[0].to (line 1): the range is empty',
    ],
    [
      'a range beyond 1',
      'models: [{ id: a, targets: [{ model: m, to: 2 }] }]',
      'models[0].targets[0].to (line 1): a number of at most 1',
    ],
    [
      'no weight',
      'models: [{ id: a, targets: [{ model: m, weight: 0 }] }]',
      'models[0].targets[0].weight (line 1)',
    ],
    [
      'an unknown strategy',
      'models: [{ id: a, strategy: fastest, targets: [{ model: m }] }]',
      'one of priority, weighted, round-robin, least-latency, cheapest, complexity is needed',
    ],
    [
      'an unknown strategy of keys',
      'providers: [{ id: openai, strategy: cheapest }]',
      'one of weighted, round-robin, least-used, priority is needed',
    ],
    [
      'thresholds the wrong way round',
      'routing: { complexity: { thresholds: { medium: 0.9 } } }',
      'routing.complexity.thresholds.medium (line 1): medium begins at or below high',
    ],
    [
      'aliases that all name each other',
      `models: [${MANY.map((id) => `{ id: ${id}, targets: [${MANY.map((model) => `{ model: ${model} }`).join()}] }`).join()}]`,
      'models[20].targets (line 1): aliases name other aliases more than 500 times',
    ],
    [
      'an unknown feature',
      'routing: { complexity: { weights: { lenght: 1 } } }',
      'did you mean routing.complexity.weights.length?',
    ],
    [
      'a condition nobody knows',
      'rules: [{ when: { modell: a }, then: { model: m } }]',
      'did you mean rules[].when.model?',
    ],
    [
      'a rule that leads nowhere',
      'rules: [{ when: { model: a } }]',
      'rules[0].then (line 1): this setting is missing',
    ],
    [
      'a time that is none',
      'rules: [{ when: { time: { from: "25:00", to: "06:00" } }, then: { model: m } }]',
      'a time of day is needed, such as 09:00',
    ],
    [
      'a day that is none',
      'rules: [{ when: { time: { from: "09:00", to: "10:00", days: [monday] } }, then: { model: m } }]',
      'one of sun, mon, tue, wed, thu, fri, sat is needed',
    ],
    [
      'a header with a credential',
      'rules: [{ when: { header: { Authorization: "Bearer x" } }, then: { model: m } }]',
      'this header holds a credential',
    ],
    [
      'a header that is none',
      'rules: [{ when: { header: { "x y": a } }, then: { model: m } }]',
      'a header has a name of letters',
    ],
    [
      'sizes the wrong way round',
      'rules: [{ when: { size: { over: 2MB, under: 1MB } }, then: { model: m } }]',
      'rules[0].when.size.under (line 1): under has to be above over',
    ],
    [
      'a limit below zero',
      'providers: [{ id: openai, keys: [{ id: a, rpm: -1 }] }]',
      'providers[0].keys[0].rpm (line 1)',
    ],
  ])('%s', (_case, text, sentence) => expect(problemOf(text)).toContain(sentence));
});

it('are all there is where nothing is written', () => {
  const { rules, routing } = parse('');
  expect(rules).toEqual([]);
  expect(Object.values(routing.complexity.weights).every((weight) => weight > 0 && weight < 1)).toBe(true);
});
