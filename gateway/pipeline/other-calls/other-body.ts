/** What a call that is no chat says in its body, and the same body for another model: JSON, or a form with files. */
import { remark } from '../../../contract/rpc/remarks/remark.ts';
import type { PreparedBody } from '../../core/dialect.ts';
import type { Exchange } from '../../core/exchange.ts';
import { decodeText, isObject, parseJson, type JsonObject } from '../../core/json.ts';
import { scanBody } from '../../core/scan-body.ts';
import { splice } from '../../core/splice.ts';
import { failed } from '../../core/failed.ts';
import { dialects } from '../../dialects/index.ts';
import { bodyTexts } from '../../guards/body-texts.ts';
import { maskedBody } from '../../guards/mask-body.ts';
import type { Contents } from '../guarding.ts';
import { formContents } from './form-contents.ts';
import { formPart, formValue, readForm } from './form.ts';

export interface OtherBody {
  /** Empty where the client named none. */
  readonly model: string;
  readonly streamed: boolean;
  /** The client's own bytes with the model's name replaced. */
  withModel(model: string): PreparedBody;
  /** The parsed body. @throws GatewayError where it is a form */
  json(): JsonObject;
  /** Of a form, with its boundary; null for JSON. */
  readonly formType: string | null;
  /** How it is looked through. */
  readonly contents: Contents;
}

/** Bytes of a field that is a name or a word. */
const LONGEST_FIELD = 1_024;

export function readOtherBody(exchange: Exchange): OtherBody {
  const contentType = exchange.request.headers['content-type'] ?? '';
  return /^\s*multipart\/form-data/i.test(contentType) ? formBody(exchange, contentType) : jsonBody(exchange);
}

function jsonBody({ body, path }: Exchange): OtherBody {
  const chat = dialects['openai-chat'];
  const scanned = scanBody(body);
  const facts = chat.readRequest(scanned, { ...path, model: null });
  const json = (): JsonObject => {
    const value = parseJson(decodeText(body));
    return isObject(value) ? value : {};
  };
  // Speech says it in another member than everything else.
  const inEvents = Buffer.from(body.buffer, body.byteOffset, body.length).includes('"stream_format"');
  return {
    model: path.model ?? facts.model,
    streamed: facts.streamed || (inEvents && json()['stream_format'] === 'sse'),
    withModel: (model) => chat.prepareRequest(scanned, { model, addUsageOption: false }),
    json,
    formType: null,
    contents: { texts: bodyTexts, mask: maskedBody },
  };
}

function formBody({ body }: Exchange, contentType: string): OtherBody {
  const form = readForm(body, contentType);
  const field = (name: string): string => {
    const range = form.fields.get(name);
    if (range === undefined) return '';
    if (form.repeated.has(name)) {
      throw failed('duplicate_member', remark('form-twice', { name }), { field: name });
    }
    if (range.end - range.start > LONGEST_FIELD) {
      throw failed('invalid_request', remark('form-long', { name, most: LONGEST_FIELD }), { field: name });
    }
    return decodeText(body.subarray(range.start, range.end));
  };
  const named = field('model');
  return {
    model: named.trim(),
    streamed: field('stream') === 'true',
    withModel(model) {
      const range = form.fields.get('model');
      if (range === undefined) {
        const text = formPart(form.boundary, 'model', model);
        return splice(body, [{ start: form.insertAt, end: form.insertAt, text }]);
      }
      return splice(body, named === model ? [] : [{ ...range, text: formValue(form.boundary, model) }]);
    },
    json() {
      throw failed('unsupported_media_type', remark('form-not-taken'));
    },
    formType: contentType,
    contents: formContents(contentType),
  };
}
