/** What a client wants cached, as parts and tools bear it. */
import type { CacheMark } from '../../core/canonical/parts.ts';
import { isObject, type JsonObject } from '../../core/json.ts';

/** OpenAI's `prompt_cache_breakpoint`, or `cache_control` as OpenRouter takes it for Anthropic's models. */
export function cacheOf(part: JsonObject): { readonly cache?: CacheMark } {
  const { cache_control: control, prompt_cache_breakpoint: breakpoint } = part;
  if (!isObject(control)) return isObject(breakpoint) ? { cache: { ttl: null } } : {};
  return { cache: { ttl: typeof control['ttl'] === 'string' ? control['ttl'] : null } };
}
