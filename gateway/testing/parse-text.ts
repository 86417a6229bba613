/** Configuration files for tests, as their text. */
import { NO_OVERRIDES, type Overrides } from '../config/overrides.ts';
import { parseConfig, type ParsedConfig } from '../config/parse.ts';
import { ConfigError } from '../config/problem.ts';

const addressed = ['azure-openai'];
const builtIn = ['openai', 'anthropic', 'google', 'openrouter', 'groq', 'ollama'];

/** @throws ConfigError */
export function parse(
  text: string,
  environment: Record<string, string> = {},
  overrides: Partial<Overrides> = {},
): ParsedConfig {
  return parseConfig(text, { environment, overrides: { ...NO_OVERRIDES, ...overrides }, builtIn, addressed });
}

/** What is wrong with it. @throws Error where nothing is */
export function errorOf(
  text: string,
  environment: Record<string, string> = {},
  overrides: Partial<Overrides> = {},
): ConfigError {
  try {
    parse(text, environment, overrides);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('no error was thrown');
}

/** What is said of a configuration in force, in English. */
export const textsOf = ({ warnings }: ParsedConfig): readonly string[] => warnings.map(({ text }) => text);
