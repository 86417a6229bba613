/** Every built-in provider by id. The one place that imports their definitions. */
import type { ProviderDefinition } from '../core/provider.ts';
import { anthropic } from './anthropic/index.ts';
import { azureOpenai } from './azure-openai/index.ts';
import { cerebras } from './cerebras/index.ts';
import { custom } from './custom/index.ts';
import { deepseek } from './deepseek/index.ts';
import { fireworks } from './fireworks/index.ts';
import { google } from './google/index.ts';
import { groq } from './groq/index.ts';
import { llamacpp } from './llamacpp/index.ts';
import { lmstudio } from './lmstudio/index.ts';
import { mistral } from './mistral/index.ts';
import { moonshot } from './moonshot/index.ts';
import { ollama } from './ollama/index.ts';
import { openai } from './openai/index.ts';
import { openrouter } from './openrouter/index.ts';
import { perplexity } from './perplexity/index.ts';
import { qwen } from './qwen/index.ts';
import { siliconflow } from './siliconflow/index.ts';
import { together } from './together/index.ts';
import { vllm } from './vllm/index.ts';
import { xai } from './xai/index.ts';
import { zhipu } from './zhipu/index.ts';

/** In the order in which they are offered. */
const DEFINITIONS: readonly ProviderDefinition[] = [
  openai,
  anthropic,
  google,
  openrouter,
  deepseek,
  groq,
  mistral,
  xai,
  together,
  fireworks,
  cerebras,
  perplexity,
  moonshot,
  zhipu,
  qwen,
  siliconflow,
  azureOpenai,
  ollama,
  lmstudio,
  llamacpp,
  vllm,
  custom,
];

// Ids come from configuration: `constructor` must not find what every object inherits.
const table: Record<string, ProviderDefinition> = Object.fromEntries(DEFINITIONS.map((one) => [one.id, one]));
Object.setPrototypeOf(table, null);

export const providers: Readonly<Record<string, ProviderDefinition>> = Object.freeze(table);

const hasAddress = ({ endpoints: [first] }: ProviderDefinition): boolean => first.baseUrl !== '';

/** Ids that need no address in the configuration. */
export const builtInProviders: readonly string[] = DEFINITIONS.filter(hasAddress).map(({ id }) => id);

/** Ids of which all is known but the address: `base_url` alone sets them up. */
export const addressedProviders: readonly string[] = DEFINITIONS.filter(
  (one) => !hasAddress(one) && one.id !== 'custom',
).map(({ id }) => id);
