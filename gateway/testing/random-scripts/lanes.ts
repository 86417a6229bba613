/** The configuration of the random scripts: each lane has providers and names of its own. */
import { KEYS, METER, PLANS } from './script.ts';

/** @param patience ms, for what an upstream never says */
export function lanesYaml(lanes: readonly string[], url: string, patience: number): string {
  const provider = (letter: string, lane: string): string => {
    const keys = (KEYS[letter] ?? []).map(
      (key) =>
        `{ id: ${key}, value: sk-lane-${letter}-${key}-000000${lane}${letter === 'e' ? `, rpm: ${METER}` : ''} }`,
    );
    const how = letter === 'c' ? 'anthropic-messages' : 'openai-chat';
    const more = letter === 'd' ? ', max_concurrency: 1' : '';
    return `  - { id: ${letter}${lane}, dialect: ${how}, base_url: "${url}", allow_private_network: true, models: [m], strategy: priority, keys: [${keys.join(', ')}]${more} }\n`;
  };
  const alias = (name: string, letters: readonly string[], lane: string): string =>
    `  - { id: ${name}${lane}, targets: [${letters.map((letter) => `{ model: ${letter}${lane}/m }`).join(', ')}] }\n`;
  return [
    `routing: { timeout: { first_content: ${patience}ms, idle: ${patience}ms } }\n`,
    'requests: { bodies: metadata }\nproviders:\n',
    ...lanes.flatMap((lane) => Object.keys(KEYS).map((letter) => provider(letter, lane))),
    'models:\n',
    ...lanes.flatMap((lane) => Object.entries(PLANS).map(([name, letters]) => alias(name, letters, lane))),
  ].join('');
}
