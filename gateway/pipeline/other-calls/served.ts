/** Which endpoint of a provider has a call that is no chat, and what to say where none has. */
import { GatewayError } from '../../core/errors.ts';
import type { ProviderDefinition, ServedPath } from '../../core/provider.ts';
import type { RuntimeEndpoint, RuntimeProvider } from '../../core/runtime-provider.ts';
import { providers as builtIn } from '../../providers/registry.ts';

const WORDS: Readonly<Record<ServedPath, string>> = {
  completions: 'old completions',
  embeddings: 'embeddings',
  images: 'images',
  audio: 'audio',
};
/** Names in a sentence. */
const MOST_NAMES = 6;

/** Where OpenAI's other calls lie: beside chat, or beside responses. */
export function openaiEndpoint(provider: RuntimeProvider, serves: ServedPath): RuntimeEndpoint | undefined {
  if (!provider.definition.alsoServes.includes(serves)) return undefined;
  return provider.endpoints.find(
    ({ dialect }) => dialect.id === 'openai-chat' || dialect.id === 'openai-responses',
  );
}

export function geminiEndpoint(provider: RuntimeProvider): RuntimeEndpoint | undefined {
  return provider.endpoints.find(({ dialect }) => dialect.id === 'gemini');
}

/** @param providers those that are set up */
export function notServed(
  provider: RuntimeProvider,
  serves: ServedPath,
  providers: ReadonlyMap<string, RuntimeProvider>,
): GatewayError {
  const here = [...providers.values()].filter((one) => canServe(one, serves)).map(({ id }) => id);
  const anywhere = Object.values(builtIn).filter((one) => one.id !== 'custom' && has(one, serves));
  const advice =
    here.length > 0
      ? `Of the providers set up here ${list(here)} can; name a model of theirs.`
      : `None of the providers set up here can; ${list(anywhere.map(({ name }) => name))} could.`;
  const message = `${provider.name} has no call for ${WORDS[serves]}. ${advice}`;
  return new GatewayError('unsupported_feature', message, { field: 'model' });
}

/** Embeddings of Gemini's are translated. */
function canServe(provider: RuntimeProvider, serves: ServedPath): boolean {
  if (serves === 'embeddings' && geminiEndpoint(provider) !== undefined) return true;
  return openaiEndpoint(provider, serves) !== undefined;
}

function has({ alsoServes, endpoints }: ProviderDefinition, serves: ServedPath): boolean {
  if (serves === 'embeddings' && endpoints.some(({ dialect }) => dialect === 'gemini')) return true;
  return alsoServes.includes(serves);
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES);
  const rest = names.length - shown.length;
  const all = rest > 0 ? [...shown, `${rest} more`] : shown;
  return all.length < 2 ? (all[0] ?? 'no provider') : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`;
}
