/** Which endpoint of a provider has a call that is no chat, and what to say where none has. */
import { remark, type Remark } from '../../../contract/rpc/remarks/remark.ts';
import { failed } from '../../core/failed.ts';
import type { GatewayError } from '../../core/errors.ts';
import type { ProviderDefinition, ServedPath } from '../../core/provider.ts';
import type { RuntimeEndpoint, RuntimeProvider } from '../../core/runtime-provider.ts';
import { providers as builtIn } from '../../providers/registry.ts';

const CALLS = {
  completions: 'call-completions',
  embeddings: 'call-embeddings',
  images: 'call-images',
  audio: 'call-audio',
} as const satisfies Readonly<Record<ServedPath, Remark>>;
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
  const call = remark(CALLS[serves]);
  const message = `${provider.name} has no call for ${call.text}. ${advice}`;
  const names = here.length > 0 ? here : anywhere.map(({ name }) => name);
  const told = {
    ...remark(
      here.length > 0 ? 'served-by-others' : 'served-elsewhere',
      { provider: provider.name, names: inShort(names) },
      call,
    ),
    text: message,
  };
  return failed('unsupported_feature', told, { field: 'model' });
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

/** The same in no language. */
function inShort(names: readonly string[]): string {
  const rest = names.length - MOST_NAMES;
  return `${names.slice(0, MOST_NAMES).join(', ')}${rest > 0 ? ` (+${rest})` : ''}`;
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES);
  const rest = names.length - shown.length;
  const all = rest > 0 ? [...shown, `${rest} more`] : shown;
  return all.length < 2 ? (all[0] ?? 'no provider') : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`;
}
