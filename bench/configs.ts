/** The configurations that are measured. Requests ask for `bench` in both. */

const KEYS = 100;
const ALIASES = 20;
/** The alias that the requests come to. */
const MET = 16;
const STRATEGIES = ['priority', 'weighted', 'round-robin', 'least-latency', 'cheapest'];
/** Conditions of every kind, none of which holds for the requests that are sent. */
const CONDITIONS = [
  '{ model: claude-* }',
  '{ model: gpt-4*, tools: true }',
  '{ model: "*-thinking", client: laptop }',
  '{ client: claude-code }',
  '{ header: { x-team: research } }',
  '{ size: { over: 200KB } }',
  "{ model: bench, time: { from: '03:00', to: '03:01', days: [sun] } }",
  '{ tools: true }',
  '{ images: true }',
];

/** Everything is on, routing too: one key, and one rule that leads to one alias. */
export function smallConfig(target: string): string {
  return configOf(target, [1], [MET], []);
}

/** A hundred keys, twenty aliases, ten rules, of which the last one holds and leads to the same alias. */
export function largeConfig(target: string): string {
  return configOf(target, numbers(KEYS), numbers(ALIASES), CONDITIONS);
}

function configOf(
  target: string,
  keys: readonly number[],
  aliases: readonly number[],
  conditions: readonly string[],
): string {
  return `providers:
  - id: pool
    dialect: openai-chat
    base_url: ${target}/v1
    allow_private_network: true
    models: [small, medium, large]
    keys:
${keys.map(keyLine).join('\n')}
models:
${aliases.map(aliasLine).join('\n')}
rules:
${[...conditions.map((when, index) => ruleLine(when, index + 1)), ruleLine('{ model: bench }', MET)].join('\n')}
`;
}

function keyLine(number: number): string {
  return `      - { id: k${number}, value: bench-key-${String(number).padStart(10, '0')} }`;
}

function aliasLine(number: number): string {
  const strategy = STRATEGIES[number % STRATEGIES.length];
  const targets = '[{ model: pool/small }, { model: pool/medium }, { model: pool/large }]';
  return `  - { id: alias-${number}, strategy: ${strategy}, targets: ${targets} }`;
}

const ruleLine = (when: string, alias: number): string =>
  `  - { when: ${when}, then: { model: alias-${alias} } }`;

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index + 1);
