/** Whether an answer has the form it was asked to have. What judges schemas comes when it is first needed. */
import type { AnswerFormat } from '../../../contract/rpc/procedures/chat-content.ts';

/** One place of an answer that is not as the schema has it. */
export interface AnswerFault {
  /** As `/items/0/name`; empty for the whole. */
  readonly path: string;
  readonly message: string;
}

export interface AnswerCheck {
  /** Null where the answer is no JSON at all; empty where it is as it was asked to be. */
  readonly problems: readonly AnswerFault[] | null;
}

/** Faults that are told; a long list would repeat one a thousand times. */
const MOST_FAULTS = 100;

/** Keywords that only say that something within them is wrong, which is told by itself. */
const AROUND: ReadonlySet<string> = new Set([
  'properties',
  'patternProperties',
  'items',
  'prefixItems',
  'allOf',
  '$ref',
  '$dynamicRef',
  '$recursiveRef',
  'then',
  'else',
  'dependentSchemas',
]);

/** @returns null where no form was asked for, or its schema cannot judge */
export async function checkAnswer(format: AnswerFormat, text: string): Promise<AnswerCheck | null> {
  if (format.kind === 'text') return null;
  const answer = parsed(text);
  if (answer === undefined) return { problems: null };
  if (format.kind === 'json') return { problems: [] };
  const schema = parsed(format.schema);
  if (!isSchema(schema)) return null;
  const { Validator } = await import('@cfworker/json-schema');
  try {
    const { errors } = new Validator(schema, '2020-12', false).validate(answer);
    return { problems: errors.filter(isOwnFault).map(faultOf).slice(0, MOST_FAULTS) };
  } catch {
    // A schema may name what is not in it.
    return null;
  }
}

interface OutputUnit {
  readonly keyword: string;
  readonly keywordLocation: string;
  readonly instanceLocation: string;
  readonly error: string;
}

/** `false` stands under the keyword that forbids the place, which is told. */
const isOwnFault = ({ keyword }: OutputUnit): boolean => !AROUND.has(keyword) && keyword !== 'false';

const faultOf = ({ instanceLocation, error }: OutputUnit): AnswerFault => ({
  path: instanceLocation.replace(/^#/, ''),
  message: error,
});

const isSchema = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Undefined for what is no JSON. */
function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}
