/** Every built-in provider by id. The one place that imports their definitions. */
import type { ProviderDefinition } from '../core/provider.ts';
import { anthropic } from './anthropic/index.ts';
import { custom } from './custom/index.ts';
import { deepseek } from './deepseek/index.ts';
import { google } from './google/index.ts';
import { groq } from './groq/index.ts';
import { lmstudio } from './lmstudio/index.ts';
import { ollama } from './ollama/index.ts';
import { openai } from './openai/index.ts';
import { openrouter } from './openrouter/index.ts';

const table: Record<string, ProviderDefinition> = {
  openai,
  anthropic,
  google,
  openrouter,
  deepseek,
  groq,
  ollama,
  lmstudio,
  custom,
};
// Ids come from configuration: `constructor` must not find what every object inherits.
Object.setPrototypeOf(table, null);

export const providers: Readonly<Record<string, ProviderDefinition>> = Object.freeze(table);

/** Ids that need no address in the configuration. */
export const builtInProviders: readonly string[] = Object.values(providers)
  .filter(({ baseUrl }) => baseUrl !== '')
  .map(({ id }) => id);
