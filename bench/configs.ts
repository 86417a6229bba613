/** The configurations that are measured. Requests ask for `bench` in both. */

/** One provider, one key, no alias, no rule. */
export function plainConfig(target: string): string {
  return `providers:
  - id: bench
    dialect: openai-chat
    base_url: ${target}/v1
    allow_private_network: true
    keys: [{ id: k1, value: bench-key-0123456789 }]
    models: [bench]
`;
}

const KEYS = 100;
const ALIASES = 20;
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

/** A hundred keys, twenty aliases, ten rules, of which the last one holds and leads to an alias. */
export function routedConfig(target: string): string {
  const keys = numbers(KEYS).map((number) => {
    const value = `bench-key-${String(number).padStart(10, '0')}`;
    return `      - { id: k${number}, value: ${value} }`;
  });
  const targets = '[{ model: pool/small }, { model: pool/medium }, { model: pool/large }]';
  const aliases = numbers(ALIASES).map((number) => {
    const strategy = STRATEGIES[number % STRATEGIES.length];
    return `  - { id: alias-${number}, strategy: ${strategy}, targets: ${targets} }`;
  });
  const rules = CONDITIONS.map((when, index) => `  - { when: ${when}, then: { model: alias-${index + 1} } }`);
  return `providers:
  - id: pool
    dialect: openai-chat
    base_url: ${target}/v1
    allow_private_network: true
    models: [small, medium, large]
    keys:
${keys.join('\n')}
models:
${aliases.join('\n')}
rules:
${rules.join('\n')}
  - { when: { model: bench }, then: { model: alias-16 } }
`;
}

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index + 1);
