/** Writes the wish for an answer in JSON. */
import { remark } from '../../../contract/rpc/remarks/remark.ts';
import type { OutputFormat, Warn } from '../../core/canonical/request.ts';
import type { JsonObject } from '../../core/json.ts';
import type { ModelRules } from './model-rules.ts';
import { fitSchema } from './structured-schema.ts';

export interface WrittenFormat {
  /** `output_config.format`; null: it is not sent. */
  readonly format: JsonObject | null;
  /** What the model is told in words instead; empty: nothing. */
  readonly instruction: string;
}

/**
 * Models that cannot be held to a schema are told it. A forced tool would bring the answer as a call, which cannot
 * be told from a real one when it comes back.
 */
export function encodeFormat(wish: OutputFormat, { structured }: ModelRules, warn: Warn): WrittenFormat {
  switch (wish.kind) {
    case 'text':
      return { format: null, instruction: '' };
    case 'json':
      warn(remark('json-in-words'));
      return { format: null, instruction: 'Answer with one JSON object and nothing else.' };
    case 'schema': {
      if (!structured) {
        warn(remark('schema-asked-for'));
        return { format: null, instruction: inWords(wish.schema) };
      }
      const { schema, changed } = fitSchema(wish.schema);
      if (changed.length > 0) {
        const names = changed.map((name) => name.slice(0, 40)).join(', ');
        warn(remark('schema-adjusted', { names }));
      }
      return { format: { type: 'json_schema', schema }, instruction: '' };
    }
  }
}

const inWords = (schema: JsonObject): string =>
  `Answer with one JSON value that fits this JSON schema and with nothing else, no code fence around it:\n${JSON.stringify(schema)}`;
