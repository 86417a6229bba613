/** What is typed into the dry run, as the question to the engine. Pure. */
import type { RawInputOf } from '../../../contract/rpc/define.ts';
import { REQUEST_FORMATS } from '../../../contract/rpc/request-formats.ts';
import type { Procedures } from '../../../contract/rpc/procedures.ts';

export type RequestFormat = (typeof REQUEST_FORMATS)[number];
export type ExplainInput = RawInputOf<Procedures['routing.explain']>;

/** A form's model: its fields are written as they are typed. */
export interface ExplainDraft {
  format: RequestFormat;
  model: string;
  body: string;
  client: string;
  /** One a line: `name: value`. */
  headers: string;
}

export const newQuestion = (): ExplainDraft => ({
  format: 'openai-chat',
  model: '',
  body: '',
  client: '',
  headers: '',
});

export const formatOf = (value: string): RequestFormat =>
  REQUEST_FORMATS.find((format) => format === value) ?? 'openai-chat';

export function explainInput({ format, model, body, client, headers }: Readonly<ExplainDraft>): ExplainInput {
  const named = headersOf(headers);
  return {
    format,
    ...(model.trim() === '' ? {} : { model: model.trim() }),
    ...(body.trim() === '' ? {} : { body }),
    ...(client.trim() === '' ? {} : { client: client.trim() }),
    ...(named.length === 0 ? {} : { headers: Object.fromEntries(named) }),
  };
}

/** Lines without a colon are none. */
function headersOf(text: string): readonly (readonly [name: string, value: string])[] {
  return text.split('\n').flatMap((line): readonly (readonly [string, string])[] => {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).trim().toLowerCase();
    return colon < 1 || name === '' ? [] : [[name, line.slice(colon + 1).trim()]];
  });
}
