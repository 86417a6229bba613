/** The form an answer must have: enforced where the server can, else asked for in words. */
import { remark } from '../../../contract/rpc/remarks/remark.ts';
import { isStrictSchema } from '../../core/canonical/strict-schema.ts';
import type { CanonicalRequest, OutputFormat, Warn } from '../../core/canonical/request.ts';
import type { Target } from '../../core/dialect.ts';
import type { JsonObject } from '../../core/json.ts';

export interface EncodedFormat {
  readonly members: JsonObject;
  /** What the model must be told besides; empty for nothing. */
  readonly instruction: string;
}

const JSON_ONLY = 'Answer with one JSON object and nothing else.';
const NOTHING: EncodedFormat = { members: {}, instruction: '' };

export function encodeFormat(request: CanonicalRequest, target: Target, warn: Warn): EncodedFormat {
  const { format } = request.settings;
  if (format.kind === 'text') return NOTHING;
  const { structured } = target.chat;
  if (format.kind === 'json') {
    // Without the word in the conversation the setting itself is refused.
    const told = structured !== 'none' && mentionsJson(request);
    return { members: structured === 'none' ? {} : JSON_OBJECT, instruction: told ? '' : JSON_ONLY };
  }
  if (structured === 'json_schema') return { members: schemaMember(format, warn), instruction: '' };
  warn(remark('schema-in-words', { provider: target.name }));
  return {
    members: structured === 'none' ? {} : JSON_OBJECT,
    instruction: `${JSON_ONLY} It must fit this JSON Schema: ${JSON.stringify(format.schema)}`,
  };
}

const JSON_OBJECT: JsonObject = { response_format: { type: 'json_object' } };

function schemaMember(format: Extract<OutputFormat, { kind: 'schema' }>, warn: Warn): JsonObject {
  const { schema, description } = format;
  const strict = format.strict !== false && isStrictSchema(schema);
  if (format.strict === true && !strict) {
    warn(remark('answer-strict'));
  }
  const name = format.name.replaceAll(/[^a-zA-Z0-9_-]/g, '_').slice(0, 64);
  return {
    response_format: {
      type: 'json_schema',
      json_schema: {
        name: name === '' ? 'answer' : name,
        ...(description === '' ? {} : { description }),
        schema,
        ...(strict ? { strict } : {}),
      },
    },
  };
}

function mentionsJson({ system, turns }: CanonicalRequest): boolean {
  const parts = [...system, ...turns.flatMap((turn) => [...turn.parts])];
  return parts.some((part) => part.kind === 'text' && /json/i.test(part.text));
}
