/** The form of the answer: one MIME type and a schema in one of three dresses. */
import { remark } from '../../../contract/rpc/remarks/remark.ts';
import type { OutputFormat, Warn } from '../../core/canonical/request.ts';
import { below, objectOf, readObject, stringOf, type Path } from '../../core/json-read.ts';
import { isArray, type JsonObject } from '../../core/json.ts';
import { decodeSchema } from './decode-schema.ts';
import { spelt } from './fields.ts';

const JSON_TYPE = 'application/json';

/** Schemas have no names here; other dialects want one. */
const named = (schema: JsonObject): OutputFormat => ({
  kind: 'schema',
  name: 'response',
  description: '',
  schema,
  strict: null,
});

export function decodeFormat(config: JsonObject, path: Path, warn: Warn): OutputFormat {
  const own = objectOf(config, spelt(config, 'responseSchema'), path);
  const json =
    objectOf(config, spelt(config, 'responseJsonSchema'), path) ??
    objectOf(config, '_responseJsonSchema', path);
  const type = stringOf(config, spelt(config, 'responseMimeType'), path) ?? '';
  const schema = json ?? (own === null ? null : decodeSchema(own));
  if (type !== '' && type !== JSON_TYPE && type !== 'text/plain') {
    warn(remark('answers-of-type', { type }));
    return { kind: 'text' };
  }
  if (schema !== null && type !== 'text/plain') return named(schema);
  return type === JSON_TYPE ? { kind: 'json' } : decodeResponseFormat(config, path);
}

/** The newer `responseFormat: [{text: {mimeType, schema}}]`, and the flat form of the Interactions API. */
function decodeResponseFormat(config: JsonObject, path: Path): OutputFormat {
  const name = spelt(config, 'responseFormat');
  const value = config[name] ?? null;
  if (value === null) return { kind: 'text' };
  const at = below(path, name);
  for (const entry of isArray(value) ? value : [value]) {
    const outer = readObject(entry, at);
    const text = objectOf(outer, 'text', at) ?? outer;
    const schema = objectOf(text, 'schema', at);
    if (schema !== null) return named(schema);
    if (/^application[/_]json$/i.test(stringOf(text, spelt(text, 'mimeType'), at) ?? ''))
      return { kind: 'json' };
  }
  return { kind: 'text' };
}
